#include "config/configuration.hpp"

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "config/configuration_file.hpp"
#include "core/error.hpp"
#include "core/platform/files.hpp"
#include "support/catch.hpp"
#include "support/temporary_folder.hpp"

using egarage::config::load;
using egarage::test::complaint;
using egarage::test::TemporaryFolder;
using egarage::test::write;

namespace {

const std::string store = "[store]\npath = \"s.db\"\n";
const std::string company = store + "[[company]]\nslug = \"sur\"\n";
const std::string account = company + "[company.email]\nfrom = \"a@example.cl\"\n";

struct Row {
  std::string text, begins, hint_has;
};

}  // namespace

TEST_CASE("a bad configuration is refused with its line, a sentence and what to do") {
  const std::vector<Row> rows{
      {"", "1: [store] path is missing", "path = "},
      {"[store]\n", "1: [store] has no path", "path = "},
      {"[store\n", "1: this is not valid TOML", "brackets"},
      {"[store]\npath = s.db\n", "2: this is not valid TOML", "double quotes"},
      {"[store]\npath = \"a\"\npath = \"b\"\n", "3: this is not valid TOML", "twice"},
      {"[stroe]\npath = \"s.db\"\n", "1: [stroe] is not a known key", "\"store\""},
      {"store = 3\n", "1: [store] must be a section", "[section]"},
      {"[store]\npath = \"\"\n", "2: [store] path is empty", ""},
      {"[store]\npath = 5\n", "2: [store] path must be a text", "quotes"},
      {store + "[delivery]\nconcurency = 3\n", "4: [delivery] concurency is not a known key", "\"concurrency\""},
      {store + "[delivery]\nzzzzzz = 3\n", "4: [delivery] zzzzzz is not a known key", "max_attempts"},
      {store + "[delivery]\nconcurrency = 0\n", "4: [delivery] concurrency is out of range", "1 to 256"},
      {store + "[delivery]\nconcurrency = \"8\"\n", "4: [delivery] concurrency must be a whole number",
       "without quotes"},
      {store + "[delivery]\ndeadline = \"10 minutes\"\n", "4: [delivery] deadline is not a duration", "10m"},
      {store + "[producers.subscription]\n", "3: [producers.subscription] is not a known key", "\"subscriptions\""},
      {store + "[producers.subscriptions]\nbefore = 7\n", "4: [producers.subscriptions] before must be a list", ""},
      {store + "[producers.subscriptions]\nbefore = [7, -1]\n", "4: [producers.subscriptions] before is out of range",
       "0 to 3660"},
      {store + "[producers.subscriptions]\nafter = [0]\n", "4: [producers.subscriptions] after is out of range",
       "1 to 3660"},
      {store + "[log]\nlevel = \"loud\"\n", "4: [log] level cannot be \"loud\"", "error, warning, info, debug"},
      {store + "[log]\nformat = \"xml\"\n", "4: [log] format cannot be \"xml\"", "text, json"},
      {store + "[platform]\nserves_companies = \"yes\"\n", "4: [platform] serves_companies must be true or false",
       "true"},
      {store + "[platform]\nname = \"a\\nb\"\n", "4: [platform] name has a line break", "one line"},
      {store + "[channels.fax]\n", "3: [channels.fax] is not a known key", "file"},
      {store + "[[company]]\npais = \"CL\"\n", "3: [company] has no slug", "slug = "},
      {store + "[company]\nslug = \"sur\"\n", "3: [company] must be a list", ""},
      {store + "[[company]]\nslug = \"Taller Sur\"\n", "4: [company] slug cannot be \"Taller Sur\"", "taller-sur"},
      {store + "[[company]]\nslug = \"\"\n", "4: [company] slug cannot be \"\"", ""},
      {company + "[[company]]\nslug = \"sur\"\n", "6: [company] slug \"sur\" is already the slug", "of its own"},
      {company + "pais = \"AR\"\n", "5: [company] pais cannot be \"AR\"", "\"CL\" or \"US\""},
      {company + "zona_horaria = \"America/Santigo\"\n", "5: [company] zona_horaria is not a known time zone", "IANA"},
      {company + "zona_horaria = \"../../etc/passwd\"\n", "5: [company] zona_horaria is not a known time zone", "IANA"},
      {company + "moneda = \"pesos\"\n", "5: [company] moneda is not a currency", "CLP"},
      {company + "idioma = \"fr\"\n", "5: [company] idioma cannot be \"fr\"", "es, en"},
      {company + "color = \"verde\"\n", "5: [company] color is not a colour", "#rrggbb"},
      {company + "color = \"#12345g\"\n", "5: [company] color is not a colour", "#rrggbb"},
      {company + "logo = \"http://example.cl/l.png\"\n", "5: [company] logo is not an https link", "https://"},
      {company + "email_contacto = \"ana@\"\n", "5: [company] email_contacto is not an e-mail address", "user@host"},
      {company + "admin = { nombre = \"M\", mail = \"m@example.cl\" }\n", "5: [company.admin] mail is not a known key",
       "\"email\""},
      {company + "admin = { email = \"m@example.cl\\r\\nBcc: x@example.cl\" }\n",
       "5: [company.admin] email has a line break", "one line"},
      {company + "subscription = { ends = \"2026-02-30\" }\n", "5: [company.subscription] ends is not a date",
       "2026-12-01"},
      {company + "hours = { start = \"8:00\" }\n", "5: [company.hours] start is not a time of day", "24:00"},
      {company + "hours = { start = \"08:60\" }\n", "5: [company.hours] start is not a time of day", "24:00"},
      {company + "hours = { end = \"24:01\" }\n", "5: [company.hours] end is not a time of day", "24:00"},
      {company + "hours = { start = \"24:00\" }\n", "5: [company.hours] start cannot be \"24:00\"", "00:00"},
      {company + "hours = { start = \"09:00\", end = \"09:00\" }\n",
       "5: [company.hours] start and end at the same time", "24:00"},
      {company + "events.DOCUMENTO_CREDO.channels = [\"email\"]\n",
       "5: [company.events.DOCUMENTO_CREDO] is not a known key", "DOCUMENTO_CREADO"},
      {company + "events.DOCUMENTO_CREADO.channels = [\"fax\"]\n",
       "5: [company.events.DOCUMENTO_CREADO] channels cannot be \"fax\"", "email, whatsapp, sms"},
      {company + "events.DOCUMENTO_CREADO.channels = \"email\"\n",
       "5: [company.events.DOCUMENTO_CREADO] channels must be a list", "brackets"},
      {company + "[company.email]\nhost = \"smtp.example.cl\"\n", "5: [company.email] has no from", "from = "},
      {company + "[company.email]\nfrom = \"Ana\"\n", "6: [company.email] from is not an e-mail address", "user@host"},
      {account, "5: [company.email] has no host", "transport = \"file\""},
      {account + "transport = \"smpt\"\n", "7: [company.email] transport cannot be \"smpt\"", "smtp, file"},
      {account + "host = \"smtp://example.cl\"\n", "7: [company.email] host is not a host name", "name alone"},
      {account + "host = \"smtp.example.cl:587\"\n", "7: [company.email] host is not a host name", "port"},
      {account + "host = \"smtp.example.cl\"\nport = 0\n", "8: [company.email] port is out of range", "65535"},
      {account + "host = \"smtp.example.cl\"\nport = 6379\n", "8: [company.email] port cannot be 6379",
       "25, 465, 587, 2525"},
      {account + "host = \"smtp.example.cl\"\ntls = \"ssl\"\n", "8: [company.email] tls cannot be \"ssl\"", "implicit"},
      {account + "host = \"smtp.example.cl\"\ntls = \"none\"\n", "8: [company.email] tls is \"none\"",
       "allow_plaintext"},
      {account + "host = \"127.0.0.1\"\ntls = \"none\"\nuser = \"a\"\npassword = \"env:P\"\n",
       "8: [company.email] tls is \"none\", but there is a user", "starttls"},
      {account + "host = \"smtp.example.cl\"\nuser = \"a\"\n", "5: [company.email] has a user but no password",
       "neither"},
      {account + "host = \"smtp.example.cl\"\npassword = \"env:P\"\n", "5: [company.email] has a password but no user",
       "neither"},
      {account + "host = \"smtp.example.cl\"\npassword = \"env:\"\n",
       "8: [company.email] password names no environment variable", "env:NAME"},
      {account + "host = \"smtp.example.cl\"\nca_file = \"missing.pem\"\n",
       "8: [company.email] ca_file names a file that is not there", "PEM"},
      {account + "host = \"smtp.example.cl\"\nunsubscribe = \"http://example.cl\"\n",
       "8: [company.email] unsubscribe is not a link", "mailto:"},
      {account + "host = \"smtp.example.cl\"\nauth = \"cram-md5\"\n", "8: [company.email] auth cannot be \"cram-md5\"",
       "xoauth2"},
  };
  for (const auto& row : rows) {
    INFO(row.text);
    const auto said = complaint(row.text);
    INFO(said);
    CHECK(said.rfind(row.begins, 0) == 0);
    CHECK(said.substr(said.find(" | ") == std::string::npos ? 0 : said.find(" | ")).find(row.hint_has) !=
          std::string::npos);
  }
}

TEST_CASE("the ladder of subscription notices is as written, else the standard one") {
  using std::chrono::days;
  const TemporaryFolder folder;
  const auto standard = load(write(folder, store)).producers.subscriptions;
  CHECK(standard.before == std::vector{days(30), days(7), days(5), days(1), days(0)});
  CHECK(standard.after == std::vector{days(1), days(7)});
  CHECK(standard.first_notice_within == days(30));
  const auto own = load(write(folder, store + "[producers.subscriptions]\nbefore = [14, 0]\nafter = []\n"
                                              "first_notice_within = 0\n"))
                       .producers.subscriptions;
  CHECK(own.before == std::vector{days(14), days(0)});
  CHECK(own.after.empty());
  CHECK(own.first_notice_within == days(0));
}

TEST_CASE("when customers are told of unpaid documents and invited back is as written, else the standard") {
  using std::chrono::days;
  using std::chrono::months;
  const TemporaryFolder folder;
  const auto standard = load(write(folder, store)).producers;
  CHECK(standard.payments.steps == std::vector{days(-3), days(0), days(3), days(10), days(30)});
  CHECK(standard.inactive.months == months(12));
  CHECK(standard.inactive.max_notices == 2);
  CHECK(standard.inactive.first_notice_within == days(90));
  const auto own = load(write(folder, store + "[producers.payments]\nsteps = [7, -1]\n[producers.inactive]\n"
                                              "months = 6\nmax_notices = 0\nfirst_notice_within = 14\n"))
                       .producers;
  CHECK(own.payments.steps == std::vector{days(7), days(-1)});
  CHECK(own.inactive.months == months(6));
  CHECK(own.inactive.max_notices == 0);
  CHECK(own.inactive.first_notice_within == days(14));
  for (const auto* bad : {"[producers.inactive]\nmonths = 0\n", "[producers.inactive]\nfirst_notice_within = 0\n",
                          "[producers.payments]\nsteps = [4000]\n", "[producers.payments]\nbefore = [3]\n"}) {
    INFO(bad);
    CHECK(complaint(store + bad).find("4: [producers.") == 0);
  }
}

TEST_CASE("a good configuration comes back as it was written") {
  const TemporaryFolder folder;
  const auto file = write(folder, R"(
[store]
path = "data/../s.db"
[delivery]
concurrency = 4
max_attempts = 6
deadline = "90s"
[log]
file = "log/e.log"
format = "json"
[platform]
name = "E-Garage"
serves_companies = true
[platform.email]
from = "E-Garage <avisos@egarage.example>"
host = "smtp.egarage.example"
tls = "implicit"
user = "avisos@egarage.example"
password = "env:EGARAGE_SMTP_PASSWORD"
[[company]]
slug = "taller-sur"
nombre_taller = "Taller Sur 🚗"
pais = "CL"
admin = { nombre = "Marta Ríos", email = "marta@Example.CL" }
subscription = { ends = 2026-12-01, plan = "premium", active = false }
hours = { start = "22:00", end = "24:00", weekends = true }
events.DOCUMENTO_CREADO.channels = ["email", "whatsapp", "email"]
email_contacto = "contacto@example.cl"
[company.email]
transport = "file"
from = "Taller <taller@example.cl>"
[[company]]
slug = "o-higgins"
pais = "US"
email = "info@example.com"
)");
  const auto configuration = load(file);
  CHECK(configuration.store.path == folder.path() / "s.db");
  CHECK(configuration.key_file == folder.path() / "egarage-notify.key");
  CHECK(configuration.outbox == folder.path() / "outbox");
  CHECK(configuration.delivery.concurrency == 4);
  CHECK(configuration.delivery.max_connections == 64);
  CHECK(configuration.delivery.max_attempts == 6);
  CHECK(configuration.delivery.deadline == std::chrono::seconds(90));
  CHECK(configuration.log.file == folder.path() / "log" / "e.log");
  CHECK(configuration.log.level == egarage::core::LogLevel::info);
  CHECK(configuration.platform.serves_companies);
  REQUIRE(configuration.platform.accounts.email);
  CHECK(configuration.platform.accounts.email->port == 465);
  CHECK(configuration.platform.accounts.email->from.name == "E-Garage");
  CHECK(configuration.platform.accounts.email->password.text == "env:EGARAGE_SMTP_PASSWORD");

  REQUIRE(configuration.companies.size() == 2);
  const auto& sur = configuration.companies[0];
  CHECK(sur.name == "Taller Sur 🚗");
  CHECK(sur.legal_name == sur.name);
  CHECK(sur.admin.email == "marta@example.cl");
  CHECK(sur.subscription.ends == std::chrono::year(2026) / 12 / 1);
  CHECK_FALSE(sur.subscription.active);
  CHECK(sur.hours.start == std::chrono::hours(22));
  CHECK(sur.hours.end == std::chrono::hours(24));
  CHECK(sur.route(egarage::core::Event::documento_creado).channels ==
        std::vector{egarage::core::Channel::email, egarage::core::Channel::whatsapp});
  CHECK(sur.email == "contacto@example.cl");
  REQUIRE(sur.accounts.email);
  CHECK(sur.accounts.email->transport == "file");

  const auto& us = configuration.companies[1];
  CHECK(us.name == "o-higgins");
  CHECK(us.time_zone == "America/New_York");
  CHECK(us.currency == "USD");
  CHECK(us.language == egarage::core::Language::en);
  CHECK(us.email == "info@example.com");
  CHECK_FALSE(us.accounts.email);
}

TEST_CASE("without a log file only warnings are written, to keep cron quiet") {
  const TemporaryFolder folder;
  CHECK(load(write(folder, store)).log.level == egarage::core::LogLevel::warning);
  CHECK(load(write(folder, store + "[log]\nlevel = \"debug\"\n")).log.level == egarage::core::LogLevel::debug);
}

TEST_CASE("a local test server may listen on any port, without TLS") {
  for (const std::string host : {"127.0.0.1", "localhost", "::1"}) {
    INFO(host);
    CHECK(complaint(account + "host = \"" + host + "\"\nport = 3025\ntls = \"none\"\n").empty());
  }
}

TEST_CASE("a password in clear is refused where other users can read it") {
  const TemporaryFolder folder;
  const auto text = account + "host = \"smtp.example.cl\"\nuser = \"a\"\npassword = \"canary-5f0c\"\n";
  const auto file = write(folder, text);
  CHECK(load(file).companies[0].accounts.email->password.text == "plain:canary-5f0c");

  std::filesystem::permissions(file, std::filesystem::perms::group_read, std::filesystem::perm_options::add);
  try {
    load(file);
    FAIL("was not refused");
  } catch (const egarage::core::Error& error) {
    CHECK(std::string(error.what()).find("can be read by other users") != std::string::npos);
    CHECK(error.hint().find("chmod 600") != std::string::npos);
  }
}

TEST_CASE("no error repeats a password") {
  const std::string canary = "canary5f0c";
  const std::string rows[] = {
      account + "host = \"smtp.example.cl\"\nuser = \"a\"\npassword = " + canary + "\n",
      account + "host = \"smtp.example.cl\"\nuser = \"a\"\npassword = \"" + canary + "\n",
      account + "host = \"smtp.example.cl\"\nuser = \"a\"\npassword = \"\\u0007" + canary + "\"\n",
      account + "host = \"smtp.example.cl\"\nuser = \"a\"\npassword = [\"" + canary + "\"]\n",
      account + "host = \"smtp.example.cl\"\nuser = \"a\"\npasword = \"" + canary + "\"\n",
      account + "host = \"smtp.example.cl\"\npassword = \"" + canary + "\"\n",
      account + "host = \"smtp.example.cl\"\npassword = '" + canary + "' '" + canary + "'\n",
  };
  for (const auto& row : rows) {
    INFO(row);
    const auto said = complaint(row);
    CHECK_FALSE(said.empty());
    CHECK(said.find(canary) == std::string::npos);
  }
}

TEST_CASE("a configuration that is not there says how to make one") {
  const TemporaryFolder folder;
  for (const auto& file : {folder.path() / "missing.toml", folder.path()}) {
    try {
      load(file);
      FAIL("was not refused");
    } catch (const egarage::core::Error& error) {
      CHECK(std::string(error.what()).find("cannot be read") != std::string::npos);
      CHECK(error.hint().find("setup") != std::string::npos);
    }
  }
}

TEST_CASE("how fast an account may send is the same for every channel") {
  const TemporaryFolder folder;
  const auto mail = account + "transport = \"file\"\n";
  const auto pace = load(write(folder, mail + "pace = { per_second = 0.5, per_day = 2000, per_recipient = \"10m\" }\n"))
                        .companies[0]
                        .accounts.email->pace;
  CHECK(pace.per_second == 0.5);
  CHECK(pace.per_day == 2000);
  CHECK(pace.per_recipient == std::chrono::minutes{10});
  CHECK(load(write(folder, mail)).companies[0].accounts.email->pace == egarage::core::Pace{});
  const std::vector<Row> rows{
      {mail + "pace = 5\n", "8: [company.email] pace must be a section", "{ and }"},
      {mail + "pace = { per_second = 0 }\n", "8: [company.email.pace] per_second is out of range", "above 0"},
      {mail + "pace = { per_second = -1.5 }\n", "8: [company.email.pace] per_second is out of range", "above 0"},
      {mail + "pace = { per_second = nan }\n", "8: [company.email.pace] per_second is out of range", "above 0"},
      {mail + "pace = { per_second = \"5\" }\n", "8: [company.email.pace] per_second must be a number", "quotes"},
      {mail + "pace = { per_second = true }\n", "8: [company.email.pace] per_second must be a number", "quotes"},
      {mail + "pace = { per_day = 1.5 }\n", "8: [company.email.pace] per_day must be a whole number", "1 to"},
      {mail + "pace = { per_minute = 5 }\n", "8: [company.email.pace] per_minute is not a known key", "per_"},
      {mail + "pace = { per_recipient = 6 }\n", "8: [company.email.pace] per_recipient must be a text", "quotes"},
  };
  for (const auto& row : rows) {
    INFO(row.text);
    const auto said = complaint(row.text);
    INFO(said);
    CHECK(said.rfind(row.begins, 0) == 0);
    CHECK(said.find(row.hint_has, said.find(" | ")) != std::string::npos);
  }
}

TEST_CASE("the reference configuration is valid, and so is every example in its comments") {
  std::ifstream stream(EGARAGE_SOURCE_DIR "/examples/egarage-notify.toml");
  std::string as_it_is, uncommented;
  for (std::string line; std::getline(stream, line);) {
    as_it_is += line + "\n";
    // An example is `# key = …` or `# [section]`; a ca_file would have to exist.
    const bool example = line.rfind("# ", 0) == 0 && line.find("ca_file") == std::string::npos &&
                         (line.find(" = ") != std::string::npos || line.rfind("# [", 0) == 0);
    if (line.rfind('#', 0) != 0) uncommented += line + "\n";
    if (example) uncommented += line.substr(2) + "\n";
  }
  CHECK(complaint(as_it_is).empty());
  CHECK(complaint(uncommented) == "");
}
