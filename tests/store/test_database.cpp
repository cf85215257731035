#include <fstream>
#include <random>

#include "core/platform/files.hpp"
#include "store/migrations.hpp"
#include "store/query.hpp"
#include "store_fixture.hpp"

using namespace egarage;
using namespace egarage::store;
using core::ExitCode;

namespace {

void write(const std::filesystem::path& path, const std::string& content) {
  std::ofstream(path, std::ios::binary) << content;
}
std::string read(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_CASE("setup creates a store that only its owner may read, and runs again without harm") {
  ScratchFolder folder;
  const auto file = folder / "notify.db";
  { const auto created = Database::create_or_upgrade(file, noon); }
  CHECK_FALSE(core::platform::is_readable_by_others(file));
  const auto key = scalar(file, "SELECT value FROM setting WHERE name = 'message_id_key'");
  CHECK(key.size() == 64);
  { const auto again = Database::create_or_upgrade(file, noon); }
  CHECK(scalar(file, "SELECT value FROM setting WHERE name = 'message_id_key'") == key);
  CHECK(scalar(file, "PRAGMA user_version") == std::to_string(Database::schema_version_of_program()));
  std::string versions = "version 1";
  for (int version = 2; version <= Database::schema_version_of_program(); ++version)
    versions += fmt::format(",version {}", version);
  CHECK(scalar(file, "SELECT group_concat(to_state) FROM audit WHERE about = 'schema'") == versions);
  CHECK(scalar(file, "PRAGMA journal_mode") != "wal");
}

TEST_CASE("a store that cannot be used is refused with what is wrong and what to do") {
  ScratchFolder folder;
  const auto file = folder / "notify.db";
  const auto refusal = [&] { return error_of([&] { Database::open(file); }); };
  const auto check = [&](const core::Error& error, const std::string& what, const std::string& hint) {
    CAPTURE(error.what(), error.hint());
    CHECK(error.code() == ExitCode::store);
    CHECK(std::string(error.what()).find("notify.db") != std::string::npos);
    CHECK(std::string(error.what()).find(what) != std::string::npos);
    CHECK(error.hint().find(hint) != std::string::npos);
  };
  SECTION("missing") { check(refusal(), "there is no store", "setup"); }
  SECTION("empty") {
    write(file, "");
    check(refusal(), "empty", "setup");
    { const auto created = Database::create_or_upgrade(file, noon); }
    CHECK(refusal().code() == ExitCode::ok);
  }
  SECTION("a folder") {
    std::filesystem::create_directory(file);
    check(refusal(), "cannot be opened", "check");
  }
  SECTION("not a database") {
    write(file, std::string(8192, 'x'));
    check(refusal(), "not a store", "path");
    check(error_of([&] { Database::create_or_upgrade(file, noon); }), "not a store", "path");
    CHECK(read(file) == std::string(8192, 'x'));
  }
  SECTION("another program's database") {
    SQLite::Database(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE).exec("CREATE TABLE t (x)");
    check(refusal(), "not a store of egarage-notify", "path");
    check(error_of([&] { Database::create_or_upgrade(file, noon); }), "not a store of egarage-notify", "path");
  }
  SECTION("of a newer schema") {
    { const auto created = Database::create_or_upgrade(file, noon); }
    SQLite::Database(file.string(), SQLite::OPEN_READWRITE).exec("PRAGMA user_version = 700");
    check(
        refusal(),
        fmt::format("schema version 700 is newer than this program knows ({})", Database::schema_version_of_program()),
        "install the newer");
    check(error_of([&] { Database::create_or_upgrade(file, noon); }), "newer", "install the newer");
    check(error_of([&] { Database::open_read_only(file); }), "newer", "install the newer");
  }
}

TEST_CASE("a store of the first schema is refused until setup has brought it up to date, and keeps its rows") {
  ScratchFolder folder;
  const auto file = folder / "notify.db";
  {
    SQLite::Database first(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    first.exec(std::string(embedded_files()[0].text));
    first.exec("PRAGMA user_version = 1");
    first.exec("INSERT INTO platform (id, name, serves_companies, updated_at) VALUES (1, 'E-Garage', 0, 5)");
  }
  const auto error = error_of([&] { Database::open(file); });
  CHECK(error.code() == ExitCode::store);
  CHECK(error.hint().find("setup") != std::string::npos);
  { const auto upgraded = Database::create_or_upgrade(file, noon); }
  auto database = Database::open(file);
  CHECK(Directory(database).platform().name == "E-Garage");
  CHECK(scalar(file, "SELECT count(*) FROM template") == "0");
}

TEST_CASE("a migration that fails leaves the store as the last complete one left it") {
  StoreFixture store;
  std::vector<EmbeddedFile> migrations(embedded_files().begin(), embedded_files().end());
  migrations.push_back({"fine.sql", "CREATE TABLE second (x INTEGER) STRICT;"});
  migrations.push_back({"broken.sql", "CREATE TABLE third (x INTEGER) STRICT; INSERT INTO nowhere VALUES (1);"});
  CHECK(error_of([&] { migrate(store.database, migrations, noon); }).code() == ExitCode::store);
  CHECK(schema_version(store.database) == Database::schema_version_of_program() + 1);
  CHECK(scalar(store.file, "SELECT count(*) FROM sqlite_schema WHERE name IN ('second', 'third')") == "1");
}

TEST_CASE("what throws inside a transaction undoes all of it and is passed on") {
  StoreFixture store;
  struct Stop {};
  const auto enqueue_then_stop = [&] {
    store.queue.enqueue(store.make("doc-1"), noon);
    throw Stop{};
  };
  CHECK_THROWS_AS(store.database.transaction(enqueue_then_stop), Stop);
  CHECK(scalar(store.file, "SELECT count(*) FROM notification") == "0");
  const auto nested = [&] { store.database.transaction([&] { store.database.transaction([] {}); }); };
  CHECK(error_of(nested).code() == ExitCode::internal);
  store.enqueue("doc-1");
  CHECK(scalar(store.file, "SELECT count(*) FROM notification") == "1");
}

TEST_CASE("a commit that fails on a broken reference undoes everything") {
  StoreFixture store;
  auto row = store.make("doc-1", CompanyId{99});
  const auto error = error_of([&] { store.database.transaction([&] { store.queue.enqueue(row, noon); }); });
  CHECK(error.code() == ExitCode::internal);
  CHECK(scalar(store.file, "SELECT count(*) FROM notification") == "0");
  store.enqueue("doc-1");
}

TEST_CASE("a store that was removed or replaced while in use stops the run") {
  StoreFixture store;
  CHECK(error_of([&] { store.database.check_still_in_place(); }).code() == ExitCode::ok);
  std::filesystem::rename(store.file, store.folder / "moved.db");
  CHECK(error_of([&] { store.database.check_still_in_place(); }).code() == ExitCode::store);
  std::filesystem::copy_file(store.folder / "moved.db", store.file);
  const auto error = error_of([&] { store.database.transaction([] {}); });
  CHECK(error.code() == ExitCode::store);
  CHECK(std::string(error.what()).find("replaced") != std::string::npos);
}

TEST_CASE("a full disk is an error that says so, and nothing is half done") {
  StoreFixture store;
  const auto id = store.enqueue("doc-1");
  // A limit on this connection's pages stands for the end of the disk.
  const auto pages = std::stoi(scalar(store.file, "PRAGMA page_count"));
  store.database.implementation().execute(fmt::format("PRAGMA max_page_count = {}", pages).c_str());
  const auto fill = [&] {
    store.database.transaction([&] {
      auto row = store.make("");
      row.body = std::string(3000, 'x');
      for (int i = 0; i < 100; ++i) {
        row.dedup_key = fmt::format("more-{}", i);
        store.queue.enqueue(row, noon);
      }
    });
  };
  const auto error = error_of(fill);
  CHECK(error.code() == ExitCode::store);
  CHECK(std::string(error.what()).find("disk is full") != std::string::npos);
  CHECK(scalar(store.file, "SELECT count(*) FROM notification") == "1");
  CHECK(scalar(store.file, "PRAGMA integrity_check") == "ok");
  CHECK(store.record(id).status == core::Status::queued);
}

TEST_CASE("a read-only connection answers questions and refuses changes") {
  StoreFixture store;
  const auto id = store.enqueue("doc-1");
  auto reader = Database::open_read_only(store.file);
  CHECK(History(reader).notification(id));
  Queue queue(reader);
  const auto error = error_of([&] { queue.begin_run("process-queue", noon); });
  CHECK(error.code() == ExitCode::store);
  CHECK(std::string(error.what()).find("cannot be written") != std::string::npos);
}

TEST_CASE("a damaged store ends in an error that names it, never in a crash") {
  StoreFixture store;
  store.database.transaction([&] {
    for (int i = 0; i < 200; ++i) store.queue.enqueue(store.make(fmt::format("doc-{}", i)), noon);
  });
  const auto intact = read(store.file);
  REQUIRE(intact.size() > 50'000);
  std::mt19937 random(20261123);
  const auto below = [&](std::size_t limit) { return random() % limit; };
  int refused = 0;
  for (int round = 0; round < 200; ++round) {
    auto bytes = intact;
    switch (round % 4) {
      case 0:
        bytes.resize(below(intact.size()));
        break;
      case 1:
        bytes.replace(below(bytes.size() - 4096), 4096, std::string(4096, '\0'));
        break;
      case 2:
        for (int flip = 0; flip < 40; ++flip) bytes[below(bytes.size())] ^= static_cast<char>(1 << below(8));
        break;
      default:  // the beginning, where the header and the schema are
        for (int flip = 0; flip < 3; ++flip) bytes[below(4096)] ^= static_cast<char>(1 << below(8));
    }
    const auto file = store.folder / "damaged.db";
    write(file, bytes);
    try {
      auto database = Database::open(file);
      Queue queue(database);
      const auto run = queue.begin_run("process-queue", noon);
      queue.recover(run, noon, lease, [](const auto&) { return Queue::AfterUncertain{core::Status::held, noon, ""}; });
      for (const auto& lane : queue.lanes_due(noon)) {
        Queue::Changes changes;
        std::vector<NotificationId> ids;
        for (const auto& row : queue.claim_due(lane, run, noon, noon + lease, 500)) ids.push_back(row.id);
        queue.contents(ids);
        changes.starts = ids;
        queue.commit(changes, run, noon, noon + lease);
      }
      History history(database);
      history.states_now();
      history.totals(noon);
      history.failures(noon, 10);
      Directory(database).companies();
    } catch (const core::Error& error) {
      CAPTURE(round, error.what());
      CHECK((error.code() == ExitCode::store || error.code() == ExitCode::internal));
      CHECK(std::string(error.what()).find("damaged.db") != std::string::npos);
      ++refused;
    }
    std::filesystem::remove(file);
    std::filesystem::remove(store.folder / "damaged.db-journal");
  }
  CHECK(refused > 100);
}
