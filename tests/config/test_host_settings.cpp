#include "config/configuration_file.hpp"
#include "config/overlay.hpp"

using namespace egarage;
using std::chrono::days;
using test::complaint;

namespace {

const std::string store = "[store]\npath = \"s.db\"\n";

config::Configuration load(const std::string& text) {
  const test::TemporaryFolder folder;
  return config::load(test::write(folder, store + text));
}

}  // namespace

TEST_CASE("host and retention have defaults, and what is written wins") {
  const auto plain = load("");
  CHECK(plain.host.database.empty());
  CHECK(plain.host.recheck == days{30});
  CHECK(plain.retention.finished == days{400});
  CHECK(plain.retention.audit == days{1095});
  const auto written = load(
      "[host]\ndatabase = \"/srv/egarage/db.sqlite3\"\nrecheck_days = 0\n"
      "[retention]\nfinished = \"120d\"\naudit = \"480d\"\n");
  CHECK(written.host.database == "/srv/egarage/db.sqlite3");
  CHECK(written.host.recheck == days{0});
  CHECK(written.retention.finished == days{120});
  CHECK(written.retention.audit == days{480});
}

TEST_CASE("a bad setting of host or retention is refused with its line and what to do") {
  struct Row {
    std::string text, begins, hint_has;
  };
  const Row row = GENERATE(values<Row>({
      {"[host]\nrecheck_days = 3\n", "3: [host] has no database", "leave the section out"},
      {"[host]\ndatabase = \"x\"\nrecheck_days = -1\n", "5: [host] recheck_days", ""},
      {"[host]\nurl = \"postgres://\"\n", "4: [host] url is not a known key", "database"},
      {"[retention]\nfinished = \"36h\"\n", "4: [retention] finished is not a number of days", "400d"},
      {"[retention]\nfinished = \"4000d\"\n", "4: [retention] finished is not a number of days", "ten years"},
      {"[retention]\naudit = \"100d\"\n", "4: [retention] audit is shorter than \"finished\"", "explained"},
      {"[[company]]\nslug = \"sur\"\nhost_id = \"\"\n", "5: [company] host_id", ""},
      {"[[company]]\nslug = \"sur\"\nhost_id = \"3\"\n[[company]]\nslug = \"norte\"\nhost_id = \"3\"\n",
       "8: [company] host_id \"3\" is already the host_id of another company", "one company"},
  }));
  INFO(row.text);
  const auto said = complaint(store + row.text);
  INFO(said);
  CHECK(said.rfind(row.begins, 0) == 0);
  CHECK(said.find(row.hint_has, said.find(" | ")) != std::string::npos);
}

TEST_CASE("what a company of the configuration says is put over what the host says, key by key") {
  const auto configuration = load(
      "[[company]]\nslug = \"sur\"\nhost_id = \"3\"\ntelefono = \"+56 2 2123 4567\"\nhours = { start = \"09:00\" }\n"
      "[[company]]\nslug = \"norte\"\nhost_id = \"none\"\n[[company]]\nslug = \"este\"\nhost_id = \"none\"\n");
  const auto& declaration = configuration.declarations.at("sur");
  CHECK(declaration.host_id == "3");
  core::Company host;
  host.slug = "sur";
  host.name = "Taller Sur";
  host.country = "US";
  host.phone = "1";
  host.email = "hola@sur.example";
  host.subscription.plan = "trial";
  const auto company = config::overlay(host, configuration.companies.at(0), declaration);
  CHECK(company.name == "Taller Sur");
  CHECK(company.country == "US");
  CHECK(company.phone == "+56 2 2123 4567");
  CHECK(company.email == "hola@sur.example");
  CHECK(company.subscription.plan == "trial");
  CHECK(company.hours.start == std::chrono::hours{9});
}
