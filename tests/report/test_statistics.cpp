#include "report/statistics.hpp"

#include <nlohmann/json.hpp>

#include "report/table.hpp"
#include "report/wording.hpp"
#include "store/store_fixture.hpp"
#include "support/catch.hpp"

using namespace egarage;
using report::statistics_csv;
using report::statistics_html;
using report::statistics_json;
using report::statistics_text;

namespace {

constexpr std::chrono::hours day{24};

/// Three notifications: one accepted, one refused for good, one waiting; and a blocked account.
class Workshop : public store::StoreFixture {
 public:
  Workshop() {
    const auto run = queue.begin_run("process-queue", store::noon);
    enqueue("a");
    enqueue("b");
    const auto started = start_all(run);
    settle(settlement(started.at(0), store::AttemptOutcome::accepted, core::Status::accepted), run);
    settle(settlement(started.at(1), store::AttemptOutcome::rejected, core::Status::failed, store::noon,
                      "550 5.1.1 <ana@example.cl>: no such <b>mailbox</b>"),
           run);
    enqueue("c");
    store::Directory(database).set_account_health({.company = sur},
                                                  {.state = store::AccountState::blocked,
                                                   .retry_at = store::noon + std::chrono::hours(1),
                                                   .failures = 3,
                                                   .reason = "535 5.7.8 authentication failed"},
                                                  run, store::noon);
  }

  report::Statistics statistics(const std::string& only = "") {
    std::optional<store::StoredCompany> company;
    if (!only.empty()) company = store::Directory(database).find_company(only);
    return report::gather_statistics(database, store::noon - day, store::noon, company);
  }
};

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("the statistics are tables that a person can read") {
  Workshop workshop;
  CHECK(statistics_text(workshop.statistics()) ==
        "Notifications since 2026-11-22 12:00 UTC (24 h)\n"
        "\n"
        "In the store now\n"
        "  queued    1  wait for their time\n"
        "  accepted  1  were taken by the provider\n"
        "  failed    1  were refused for good\n"
        "\n"
        "By event\n"
        "  event             created  accepted  failed\n"
        "  DOCUMENTO_CREADO        3         1       1\n"
        "\n"
        "By channel\n"
        "  channel  created  accepted  failed\n"
        "  email          3         1       1\n"
        "\n"
        "By company\n"
        "  company  created  accepted  failed\n"
        "  sur            3         1       1\n"
        "\n"
        "Not sent\n"
        "  id  when (UTC)        company  event             channel  state   reason\n"
        "   2  2026-11-23 12:00  sur      DOCUMENTO_CREADO  email    failed  550 5.1.1 <a…@example.cl>: no such "
        "<b>mailbox</b>\n"
        "  The whole story of one: egarage-notify explain 2. Once the cause is gone: egarage-notify requeue --id 2\n"
        "\n"
        "Accounts in trouble\n"
        "  account  channel  state    next try (UTC)    reason\n"
        "  sur      email    blocked  2026-11-23 13:00  535 5.7.8 authentication failed\n"
        "  Check [company.email] of sur in the configuration and run egarage-notify setup; until then its messages "
        "wait.\n");
}

TEST_CASE("one company's statistics leave the others out") {
  Workshop workshop;
  const auto other = workshop.statistics("norte");
  CHECK(has(statistics_text(other), "Notifications of norte since"));
  CHECK(has(statistics_text(other), "No notification yet"));
  CHECK_FALSE(has(statistics_text(other), "Accounts in trouble"));
  CHECK(has(statistics_text(workshop.statistics("sur")), "Accounts in trouble"));
}

TEST_CASE("programs get the statistics as JSON") {
  Workshop workshop;
  const auto json = nlohmann::json::parse(statistics_json(workshop.statistics()));
  CHECK(json["since"] == "2026-11-22T12:00:00Z");
  CHECK(json["company"].is_null());
  CHECK(json["now"] == nlohmann::json{{"queued", 1}, {"accepted", 1}, {"failed", 1}});
  CHECK(json["by_company"]["sur"] == nlohmann::json{{"created", 3}, {"accepted", 1}, {"failed", 1}});
  CHECK(json["failures"][0]["id"] == 2);
  CHECK(json["accounts"][0]["retry_at"] == "2026-11-23T13:00:00Z");
  CHECK_FALSE(has(json.dump(), "ana@"));
}

TEST_CASE("a spreadsheet gets CSV, and never a formula") {
  report::Statistics statistics;
  for (const std::string company :
       {"sur", "=cmd|' /C calc'!A0", "+1", "-1", "@x", "\tx", "a,b", "say \"hi\"", "two\nlines"}) {
    statistics.rows.push_back({company, core::Event::pago_pendiente, core::Channel::email, core::Status::queued, 7});
  }
  const std::string rest = ",PAGO_PENDIENTE,email,created,7\r\n";
  CHECK(statistics_csv(statistics) ==
        "company,event,channel,status,count\r\n"
        "sur" +
            rest + "'=cmd|' /C calc'!A0" + rest + "'+1" + rest + "'-1" + rest + "'@x" + rest + "'\tx" + rest +
            "\"a,b\"" + rest + "\"say \"\"hi\"\"\"" + rest + "\"two\nlines\"" + rest);
}

TEST_CASE("a browser gets a page in which nothing from outside is markup") {
  Workshop workshop;
  const auto page = statistics_html(workshop.statistics());
  CHECK(page.rfind("<!DOCTYPE html>", 0) == 0);
  CHECK(has(page, "no such &lt;b&gt;mailbox&lt;/b&gt;"));
  CHECK_FALSE(has(page, "<b>"));
  CHECK_FALSE(has(page, "ana@"));
}

TEST_CASE("columns stay aligned under accents, emoji and wide characters") {
  report::Table table({{"name"}, {"n", report::Align::right}});
  table.add_row({"Ñuñoa", "1"});
  table.add_row({"🚗 Sur", "12"});
  table.add_row({"東京", "3"});
  table.add_row({"e\xCC\x81xito", "4"});
  CHECK(table.text() ==
        "  name     n\n"
        "  Ñuñoa    1\n"
        "  🚗 Sur  12\n"
        "  東京     3\n"
        "  e\xCC\x81xito    4\n");
}

TEST_CASE("a cell can neither move the cursor nor start a line of its own") {
  report::Table table({{""}, {""}});
  table.add_row({"red \x1b[31malert", "two\r\nlines\x07"});
  const auto text = table.text();
  CHECK_FALSE(has(text, "\x1b"));
  CHECK_FALSE(has(text, "\r"));
  CHECK(text.find('\n') == text.size() - 1);
}

TEST_CASE("text is cut to a width with an ellipsis") {
  CHECK(report::cut_to_width("short", 5) == "short");
  CHECK(report::cut_to_width("longer", 5) == "long…");
  CHECK(report::cut_to_width("東京都", 5) == "東京…");
  CHECK(report::cut_to_width("東京都", 4) == "東…");
}

TEST_CASE("numbers, names and addresses are worded for people") {
  CHECK(report::with_thousands(0) == "0");
  CHECK(report::with_thousands(999) == "999");
  CHECK(report::with_thousands(1234567) == "1,234,567");
  CHECK(report::with_thousands(-1234) == "-1,234");
  CHECK(report::mask_name("Ana Soto") == "A… S…");
  CHECK(report::mask_name("  Ñandú  ") == "Ñ…");
  CHECK(report::mask_name("").empty());
  CHECK(report::without_addresses("550 <ana@example.cl>, or pedro@example.com. no") ==
        "550 <a…@example.cl>, or p…@example.com. no");
  CHECK(report::without_addresses("no address @ all") == "no address @ all");
  CHECK(report::without_addresses("21211 'To' number whatsapp:+56961234567.") ==
        "21211 'To' number whatsapp:+56 9 ••• 4567.");
  CHECK(report::without_addresses("56961234567 barred") == "56 9 ••• 4567 barred");
}
