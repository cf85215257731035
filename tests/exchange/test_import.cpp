#include "exchange_world.hpp"

using namespace egarage;
using namespace egarage::exchange;

TEST_CASE("rows are created, changed or left as they are, and bad ones keep nobody out") {
  ExchangeWorld world;
  const auto first = world.import("customers", "key,name,email\nana,Ana,ana@example.cl\n,Nobody,\nluis,Luis,\n");
  CHECK(first.report.rows == 3);
  CHECK(first.report.created == 2);
  CHECK(first.report.refused == 1);
  CHECK(first.refusals == "3: has no \"key\"\n");
  const auto second = world.import("customers", "key,name,email\nana,Ana,ana@example.cl\nluis,Luis,luis@example.cl\n");
  CHECK(second.report.created == 0);
  CHECK(second.report.changed == 1);
  CHECK(second.report.unchanged == 1);
}

TEST_CASE("a column that is absent leaves what is there, an empty cell takes it away") {
  ExchangeWorld world;
  world.fill("customers", "key,name,surname,email,phone,promotional\nana,Ana,Soto,ana@example.cl,961234567,none\n");
  world.fill("customers", "key,surname\nana,Núñez\n");
  CHECK(world.exported("customers") ==
        "company,key,name,surname,language,email,phone,transactional,collection,promotional\n"
        "sur,ana,Ana,Núñez,,ana@example.cl,+56961234567,,,none\n");
  world.fill("customers", "key,email,promotional\nana,,\n");
  CHECK(world.exported("customers") ==
        "company,key,name,surname,language,email,phone,transactional,collection,promotional\n"
        "sur,ana,Ana,Núñez,,,+56961234567,,,\n");
  world.fill("customers", "{\"key\":\"ana\",\"phone\":null,\"promotional\":[]}\n");
  CHECK(world.exported("customers", Format::json_lines) ==
        "{\"company\":\"sur\",\"key\":\"ana\",\"name\":\"Ana\",\"surname\":\"Núñez\",\"language\":null,\"email\":null,"
        "\"phone\":null,\"transactional\":null,\"collection\":null,\"promotional\":[]}\n");
}

TEST_CASE("whose a row is, the row says or the order, and both must agree") {
  ExchangeWorld world;
  struct Row {
    const char *company, *text, *refusals;
  };
  for (const auto& row :
       {Row{"sur", "key,name\na,Ana\n", ""}, Row{"", "company,key,name\nnorte,a,Ana\n", ""},
        Row{"sur", "company,key,name\nsur,a,Ana\n,b,Eva\n", ""},
        Row{"sur", "company,key,name\nnorte,a,Ana\n", "2: is of norte, not of sur\n"},
        Row{"", "company,key,name\n,a,Ana\n", "2: has no \"company\", and --company does not say whose it is\n"},
        Row{"", "{\"key\":\"a\",\"name\":\"Ana\"}", "1: has no \"company\"\n"},
        Row{"", "company,key,name\nnrte,a,Ana\n",
            "2: \"company\" is \"nrte\", which is no known company; did you mean \"norte\"?\n"},
        Row{"", "company,key,name\nelsewhere,a,Ana\n",
            "2: \"company\" is \"elsewhere\", which is no known company\n"}}) {
    INFO(row.text);
    CHECK(world.import("customers", row.text, row.company).refusals == row.refusals);
  }
}

TEST_CASE("a header that lacks the company is one error, not one a row") {
  ExchangeWorld world;
  const auto error = store::error_of([&] { world.import("customers", "key,name\na,Ana\nb,Eva\n", ""); });
  CHECK(error.code() == core::ExitCode::usage);
  CHECK(std::string(error.what()) == "line 1, the header: the column \"company\" is missing");
  CHECK(error.hint().find("--company") != std::string::npos);
}

TEST_CASE("companies have their own rows under the same key") {
  ExchangeWorld world;
  world.import("customers", "company,key,name\nnorte,ana,Ana\nsur,ana,Anita\n", "");
  CHECK(world.exported("customers") ==
        "company,key,name,surname,language,email,phone,transactional,collection,promotional\n"
        "norte,ana,Ana,,,,,,,\nsur,ana,Anita,,,,,,,\n");
}

TEST_CASE("where a key stands twice the later row wins") {
  ExchangeWorld world;
  const auto done = world.import("customers", "key,name\nana,Ana\nana,Anita\n");
  CHECK(done.report.created == 1);
  CHECK(done.report.changed == 1);
  CHECK(store::scalar(world.file, "SELECT name FROM customer") == "Anita");
}

TEST_CASE("a dry run says what would happen and writes nothing") {
  ExchangeWorld world;
  world.fill("customers", "key,name\nana,Ana\n");
  const auto before = store::scalar(world.file, "SELECT count(*) || ' ' || (SELECT count(*) FROM audit) FROM customer");
  const auto done = world.import("customers", "key,name\nana,Anita\nluis,Luis\nzoe,\n", "sur", core::DryRun::yes);
  CHECK(done.report.created == 1);
  CHECK(done.report.changed == 1);
  CHECK(done.refusals == "4: has no \"name\"\n");
  CHECK(store::scalar(world.file, "SELECT count(*) || ' ' || (SELECT count(*) FROM audit) FROM customer") == before);
  CHECK(store::scalar(world.file, "SELECT name FROM customer") == "Ana");
}

TEST_CASE("more rows than one commit holds go in, each refusal with its own line") {
  ExchangeWorld world;
  std::string text = "key,name\n";
  for (int i = 2; i <= 12'001; ++i) text += i % 4000 == 0 ? ",bad\n" : fmt::format("k{},N\n", i);
  std::size_t portions = 0;
  std::istringstream input(text);
  std::string lines;
  const auto report = import(
      world.database, input, {*find_kind("customers"), "sur", core::DryRun::no}, store::noon,
      [&](const RefusedRow& row) { lines += fmt::format("{} ", row.line); }, [&](const ImportReport&) { ++portions; });
  CHECK(report.created == 11'997);
  CHECK(lines == "4000 8000 12000 ");
  CHECK(portions == 3);
  CHECK(store::scalar(world.file, "SELECT count(*) FROM customer") == "11997");
}

TEST_CASE("an input that breaks off says how far it is in") {
  class Breaking : public std::streambuf {
   public:
    explicit Breaking(std::string text) : text_(std::move(text)) {
      setg(text_.data(), text_.data(), text_.data() + text_.size());
    }
    int_type underflow() override { throw std::runtime_error("the disk is gone"); }

   private:
    std::string text_;
  };
  ExchangeWorld world;
  std::string rows = "key,name\n";
  while (rows.size() < 300'000) rows += fmt::format("k{},Ana\n", rows.size());
  Breaking broken(rows);
  std::istream input(&broken);
  const auto error = store::error_of([&] {
    import(world.database, input, {*find_kind("customers"), "sur", core::DryRun::no}, store::noon,
           [](const RefusedRow&){});
  });
  CHECK(error.code() == core::ExitCode::usage);
  const std::string what = error.what();
  CHECK(what.find("the input cannot be read to its end; the input is in up to line ") == 0);
  CHECK(what.substr(what.find_last_of(' ') + 1) == store::scalar(world.file, "SELECT count(*) + 1 FROM customer"));
}

TEST_CASE("a store that fails says how far the input is in") {
  ExchangeWorld world;
  world.furnish();
  SQLite::Database(world.file.string(), SQLite::OPEN_READWRITE)
      .exec(
          "CREATE TRIGGER broken BEFORE INSERT ON customer WHEN NEW.key = 'k6000' BEGIN SELECT RAISE(ABORT, 'no'); "
          "END");
  std::string text = "key,name\n";
  for (int i = 1; i <= 7'000; ++i) text += fmt::format("k{},N\n", i);
  std::istringstream input(text);
  const auto error = store::error_of([&] {
    import(world.database, input, {*find_kind("customers"), "sur", core::DryRun::no}, store::noon,
           [](const RefusedRow&){});
  });
  CHECK(std::string(error.what()).find("; the input is in up to line 5001") != std::string::npos);
  CHECK(store::scalar(world.file, "SELECT count(*) FROM customer WHERE key LIKE 'k%'") == "5000");
}
