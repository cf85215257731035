#include "producers/sweep.hpp"

#include <map>

#include "payments_world.hpp"
#include "producers/preparation.hpp"
#include "store/silences.hpp"

using namespace egarage;
using namespace egarage::test;

namespace {

/// Several companies that are looked at together.
struct Street : PaymentsWorld {
  store::Silences silences{database};

  /// Everything that follows is about a company of that name.
  void move_to(const std::string& slug) {
    company = put_company([&](auto& one) { one.slug = slug; });
    put_customer("ana");
  }
  using Key = std::optional<std::string>;
  void silence(const Key& customer, const Key& vehicle, std::string_view until, const std::string& reason) {
    silences.upsert(company, {customer, vehicle, std::nullopt, the_day(until), reason}, start);
  }
  void owe_many(int count) {
    for (int i = 0; i < count; ++i) owe(fmt::format("F-{:03}", i), "2026-12-01");
  }
};

std::map<std::string, int> by_company(const std::vector<producers::ProducerReport::Created>& created) {
  std::map<std::string, int> counts;
  for (const auto& one : created) ++counts[one.company];
  return counts;
}

std::string skipped(const producers::ProducerReport& report) {
  std::string all;
  for (const auto& one : report.skipped) all += fmt::format("{}: {}\n", one.company, one.reason);
  return all;
}

}  // namespace

TEST_CASE("everything of every company is looked at once, also what does not fit into one look") {
  Street street;
  const std::map<std::string, int> owed{{"a", 1}, {"b", 450}, {"c", 199}, {"d", 200}, {"e", 0}, {"f", 3}};
  std::map<std::string, int> expected;
  for (const auto& [slug, count] : owed) {
    street.move_to(slug);
    street.owe_many(count);
    if (count > 0) expected[slug] = count;
  }
  const auto first = street.check("2026-12-01T15:00:00Z");
  CHECK(by_company(first.created) == expected);
  CHECK(first.skipped.empty());
  CHECK(street.check("2026-12-01T16:00:00Z").created.empty());

  // A later step makes all of them give way, and a payment withdraws what waits.
  const auto later = street.check("2026-12-04T15:00:00Z");
  CHECK(by_company(later.created) == expected);
  CHECK(later.cancelled.size() == first.created.size());
  for (int i = 0; i < 3; ++i) street.pay(fmt::format("F-{:03}", i), "2026-12-04");
  CHECK(street.check("2026-12-04T16:00:00Z").cancelled.size() == 3);
}

TEST_CASE("those who cannot be reached are counted in every look, and once in each") {
  Street street;
  street.put_customer("mute", [](auto& one) { one.email.reset(); });
  for (int i = 0; i < 450; ++i) street.owe(fmt::format("F-{:03}", i), "2026-12-01", i % 2 == 0 ? "mute" : "ana");
  CHECK(street.check("2026-12-01T15:00:00Z").skipped.size() == 225);
  const auto again = street.check("2026-12-01T16:00:00Z");
  CHECK(again.created.empty());
  CHECK(again.skipped.size() == 225);
}

TEST_CASE("one company's silence says nothing of the next one's customers") {
  Street street;
  for (const auto* slug : {"a", "b", "c"}) {
    street.move_to(slug);
    street.put_vehicle("yaris", "ana");
    street.owe("F-1", "2026-12-01", "ana", [](auto& one) { one.vehicle = "yaris"; });
    street.owe("F-2", "2026-12-01");
    if (*slug == 'b') {
      street.silence({}, "yaris", "2026-12-05", "in court");
      street.put_customer("luis");
      street.silence("luis", {}, "2027-01-05", "away");
    }
  }
  const auto report = street.check("2026-12-01T15:00:00Z");
  CHECK(by_company(report.created) == std::map<std::string, int>{{"a", 2}, {"b", 1}, {"c", 2}});
  CHECK(skipped(report) == "b: silent until 2026-12-05: in court\n");
  CHECK(keys(street.check("2026-12-04T15:00:00Z")).find("F-1/2026-12-01/T+3") != std::string::npos);
}

TEST_CASE("a silence is the reason before an address that is missing, as long as it lasts") {
  Street street;
  street.put_customer("ana", [](auto& one) { one.email.reset(); });
  street.owe("F-1", "2026-12-01");
  street.silence("ana", {}, "2026-12-01", "");
  CHECK(skipped(street.check("2026-12-01T15:00:00Z")) == "taller-sur: silent until 2026-12-01\n");
  CHECK(skipped(street.check("2026-12-02T15:00:00Z")).empty());  // between two steps
  CHECK(skipped(street.check("2026-12-04T15:00:00Z")) == "taller-sur: no e-mail address\n");
  street.put_customer("ana", [](auto& one) { one.collection.emplace(); });
  CHECK(skipped(street.check("2026-12-04T16:00:00Z")) == "taller-sur: wants no collection messages\n");
}

TEST_CASE("long after its date only a document that was spoken of is told of") {
  Street street;
  street.owe("F-told", "2026-12-01");
  street.owe("F-told-too", "2026-12-20");
  street.check("2026-12-30T15:00:00Z");
  for (const auto* due : {"2026-12-01", "2026-12-20", "2026-12-21"}) street.owe(fmt::format("F-new-{}", due), due);
  CHECK(keys(street.check("2027-01-20T15:00:00Z")) ==
        "F-told/2026-12-01/T+30 F-told-too/2026-12-20/T+30 F-new-2026-12-21/2026-12-21/T+30");
  CHECK(keys(street.check("2027-01-21T15:00:00Z")).empty());
}

TEST_CASE("what prepare() would skip on every channel is known before anything is written") {
  using core::Channel;
  const std::vector<std::vector<Channel>> routes{{Channel::email},
                                                 {Channel::sms},
                                                 {Channel::whatsapp, Channel::email},
                                                 {Channel::sms, Channel::email, Channel::whatsapp}};
  const auto order = GENERATE(core::ChannelOrder::first, core::ChannelOrder::all);
  const bool has_sms = GENERATE(true, false);
  const bool serves = GENERATE(true, false);
  int unreachable = 0;
  Street street;
  store::Platform platform;
  platform.name = "E-Garage";
  platform.serves_companies = serves;
  platform.accounts.email = example_account();
  street.directory.set_platform(platform, street.start);
  for (const auto& route : routes) {
    street.put_company([&](auto& one) {
      one.routes[core::Event::pago_pendiente] = {route, order, {}};
      one.accounts.email.reset();
      if (has_sms) one.accounts.sms.emplace().from = "+56221234567";
    });
    producers::Tenants tenants{street.database};
    const auto& tenant = *tenants.find("taller-sur");
    for (const auto* phone : {"", "+56961234567", "+56221234567", "letters"}) {
      for (const bool mail : {true, false}) {
        for (const auto& wish : {std::vector<Channel>{}, std::vector{Channel::email}, std::vector{Channel::sms}}) {
          producers::EventLine event;
          event.event = core::Event::pago_pendiente;
          event.company = "taller-sur";
          event.key = "1";
          event.recipient.name = "Ana";
          event.recipient.phone = phone;
          if (mail) event.recipient.email = core::EmailAddress::parse("ana@example.cl");
          event.channels = wish;
          const auto before = producers::obstacles(event, tenant, tenants);
          event.objects = {{"recipient", {{"nombre", "Ana"}}}, {"datos", {{"total", 45990}}}};
          const auto prepared = std::get<producers::Prepared>(producers::prepare(event, tenants, street.start));
          CHECK(before.empty() == !prepared.chains.empty());
          if (!before.empty()) CHECK(before == prepared.skipped);
          unreachable += before.empty() ? 0 : 1;
        }
      }
    }
  }
  CHECK(unreachable > 10);
}
