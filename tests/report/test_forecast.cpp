#include "report/forecast.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>

#include "producers/subscriptions.hpp"
#include "report/forecast_formats.hpp"
#include "support/catch.hpp"
#include "support/delivery_world.hpp"

using namespace egarage;
using namespace std::chrono_literals;
using core::Status;
using std::chrono::days;

namespace {

const producers::LadderRules ladder{{days{-7}, days{-5}, days{-1}, days{0}, days{1}}, days{30}};

producers::ProducerReport subscriptions(store::Database& database, const producers::ProducerRequest& request) {
  return producers::check_subscriptions(database, ladder, request);
}

/// Two companies whose subscriptions end within the fortnight, by day only, and a document that waits for Monday.
struct World : test::DeliveryWorld {
  store::CompanyId sur, york;

  World() : DeliveryWorld("2026-11-20T15:00:00Z") {
    const auto by_day = [](core::Company& company, std::string_view ends) {
      company.hours = {8h, 20h, false};
      company.admin = {"Marta Ríos", "marta@example.cl"};
      company.subscription = {core::parse_date(ends), "premium", true};
    };
    sur = add_company("taller-sur", [&](auto& company) { by_day(company, "2026-11-27"); });
    york = add_company("taller-york", [&](auto& company) {
      by_day(company, "2026-12-01");
      company.country = "US";
      company.time_zone = "America/New_York";
    });
    enqueue(sur, "doc-1", [&](auto& one) { one.due_at = now + days{2}; });
  }

  report::ForecastOrder order(days ahead) {
    report::ForecastOrder result;
    result.from = now;
    result.until = now + ahead;
    result.producers = {subscriptions};
    return result;
  }
  report::Forecast foresee(const report::ForecastOrder& what) {
    auto copy = database.scratch_copy(folder.path() / ("copy-" + std::to_string(++copies) + ".db"));
    return report::foresee(copy, what, log);
  }
  int copies = 0;
};

using Line = std::pair<std::string, core::Instant>;
std::set<Line> sent(const std::vector<store::Watched>& messages) {
  std::set<Line> lines;
  for (const auto& one : messages) {
    if (one.status == Status::accepted) lines.emplace(one.dedup_key, one.changed_at);
  }
  return lines;
}

std::string octets_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_CASE("A forecast is what then happens, to the quarter of an hour") {
  World world;
  const auto order = world.order(days{14});
  const auto foreseen = sent(world.foresee(order).messages);
  REQUIRE(foreseen.size() == 1 + 5 + 5);

  const store::Watch watch(world.database);
  for (auto at = order.from; at <= order.until; at += 15min) {
    world.now = at;
    if ((at - order.from) % 1h == 0s) subscriptions(world.database, {.now = at});
    world.run();
  }
  CHECK(sent(watch.now()) == foreseen);
}

TEST_CASE("A forecast changes nothing") {
  World world;
  const auto before = octets_of(world.database.path());
  world.foresee(world.order(days{14}));
  CHECK(octets_of(world.database.path()) == before);
  CHECK(world.provider("taller-sur").received.empty());
}

TEST_CASE("Nothing is foreseen outside the company's hours") {
  World world;
  for (const auto& one : world.foresee(world.order(days{14})).messages) {
    INFO(one.dedup_key);
    const auto zone = *core::TimeZone::locate(one.company == "taller-york" ? "America/New_York" : "America/Santiago");
    const auto opening = core::opening_at({8h, 20h, false}, zone, one.changed_at);
    CHECK(opening.open);
  }
}

TEST_CASE("A forecast of one company leaves the others out") {
  World world;
  auto order = world.order(days{14});
  order.delivery.only = world.york;
  const auto messages = world.foresee(order).messages;
  CHECK(std::ranges::count(messages, "taller-york", &store::Watched::company) == 5);
  for (const auto& [key, at] : sent(messages)) CHECK(key.starts_with("SUSCRIPCION_"));
}

TEST_CASE("What would not go out is foreseen with its reason") {
  World world;
  world.directory.suppress(world.sur, core::Channel::email, "doc-1@example.cl", store::SuppressionScope::all,
                           "told us so", world.now);
  const auto messages = world.foresee(world.order(days{5})).messages;
  const auto document = std::ranges::find(messages, "doc-1", &store::Watched::dedup_key);
  REQUIRE(document != messages.end());
  CHECK(document->status == Status::suppressed);
  CHECK_THAT(document->reason, Catch::Contains("told us so"));
}

TEST_CASE("A pace that a run cannot keep up with goes on in the next one") {
  World world;
  world.directory.upsert_company(
      [&] {
        auto company = world.directory.company(world.sur).company;
        company.hours = {0h, 24h, true};
        company.accounts.email->pace.per_second = 1;
        return company;
      }(),
      world.now);
  world.enqueue_many(world.sur, "bulk-", 1500);
  const auto lines = sent(world.foresee(world.order(days{1})).messages);
  CHECK(std::ranges::count_if(lines, [](const Line& line) { return line.first.starts_with("bulk-"); }) == 1500);
  const auto last = std::ranges::max(lines, {}, &Line::second).second;
  CHECK(last - world.now > 20min);
}

TEST_CASE("A forecast is told by days of the companies' own calendars, with sums and reasons") {
  World world;
  const auto order = world.order(days{14});
  const auto forecast = world.foresee(order);
  const report::Zones zones(world.directory.companies());
  const auto text = report::forecast_text(forecast, order, zones, report::Privacy::masked);
  CHECK_THAT(text, Catch::Contains("2026-11-23  taller-sur   DOCUMENTO_CREADO     email"));
  CHECK_THAT(text, Catch::Contains("in all"));
  CHECK_THAT(text, !Catch::Contains("marta@example.cl"));
  CHECK_THAT(report::forecast_text(forecast, order, zones, report::Privacy::full),
             Catch::Contains("2026-11-23 08:00  taller-sur"));
  const auto csv = report::forecast_csv(forecast, zones, report::Privacy::full);
  CHECK_THAT(csv, Catch::StartsWith("time,company,event,channel,status,recipient,key,reason\r\n"));
  CHECK_THAT(csv, Catch::Contains(",taller-sur,DOCUMENTO_CREADO,email,accepted,doc-1@example.cl,doc-1,\r\n"));
}
