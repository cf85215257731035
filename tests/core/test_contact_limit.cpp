#include "core/contact_limit.hpp"

#include <algorithm>
#include <vector>

#include "core/instant.hpp"
#include "support/catch.hpp"

using namespace egarage::core;
using Limit = NextContact::Limit;

namespace {

Instant at(const char* text) {
  const auto instant = parse_instant(text);
  REQUIRE(instant.has_value());
  return *instant;
}

std::vector<std::chrono::local_days> days_of(const std::vector<const char*>& dates) {
  std::vector<std::chrono::local_days> days;
  for (const auto* date : dates) days.emplace_back(std::chrono::local_days{parse_date(date).value()});
  return days;
}

struct Row {
  const char* zone;
  ContactLimit limit;
  std::vector<const char*> contacts;
  const char* now;
  const char* next;  ///< the same as `now`: one more is allowed
  std::optional<Limit> because = {};
};

const ContactLimit law{2, 2};  // two a week, two days apart
const ContactLimit weekly{1, 0};
const ContactLimit daily{std::nullopt, 1};
constexpr auto full = Limit::per_week, near = Limit::days_apart;

}  // namespace

TEST_CASE("the next contact is allowed when the week has room and the last one is far enough away") {
  // 2026-11-16 is a Monday; Santiago is UTC-3 then, New York UTC-5.
  const Row rows[] = {
      {"America/Santiago", law, {}, "2026-11-18T15:00:00Z", "2026-11-18T15:00:00Z"},
      // Monday, then Wednesday, not Tuesday.
      {"America/Santiago", law, {"2026-11-16"}, "2026-11-17T15:00:00Z", "2026-11-18T03:00:00Z", near},
      {"America/Santiago", law, {"2026-11-16"}, "2026-11-18T15:00:00Z", "2026-11-18T15:00:00Z"},
      {"America/Santiago", law, {"2026-11-18"}, "2026-11-18T15:00:00Z", "2026-11-20T03:00:00Z", near},
      // Any seven days, not the calendar's week: Wednesday and Friday allow the next one on Wednesday.
      {"America/Santiago", law, {"2026-11-11", "2026-11-13"}, "2026-11-16T15:00:00Z", "2026-11-18T03:00:00Z", full},
      {"America/Santiago", law, {"2026-11-11", "2026-11-13"}, "2026-11-17T15:00:00Z", "2026-11-18T03:00:00Z", full},
      {"America/Santiago", law, {"2026-11-11", "2026-11-13"}, "2026-11-18T15:00:00Z", "2026-11-18T15:00:00Z"},
      // The week has room again, but then it is too close.
      {"America/Santiago", law, {"2026-11-11", "2026-11-17"}, "2026-11-17T15:00:00Z", "2026-11-19T03:00:00Z", full},
      // More than allowed in the past: somebody lowered the limit.
      {"America/Santiago",
       law,
       {"2026-11-12", "2026-11-13", "2026-11-14"},
       "2026-11-16T15:00:00Z",
       "2026-11-20T03:00:00Z",
       full},
      // Two on the same day count as two.
      {"America/Santiago", law, {"2026-11-16", "2026-11-16"}, "2026-11-18T15:00:00Z", "2026-11-23T03:00:00Z", full},
      {"America/Santiago", weekly, {"2026-11-16"}, "2026-11-22T15:00:00Z", "2026-11-23T03:00:00Z", full},
      {"America/Santiago", weekly, {"2026-11-16"}, "2026-11-23T03:00:00Z", "2026-11-23T03:00:00Z"},
      {"America/Santiago", daily, {"2026-11-18"}, "2026-11-19T02:59:59Z", "2026-11-19T03:00:00Z", near},
      {"America/Santiago", daily, {"2026-11-18"}, "2026-11-19T03:00:00Z", "2026-11-19T03:00:00Z"},
      {"America/Santiago", ContactLimit{}, {"2026-11-18"}, "2026-11-18T15:00:00Z", "2026-11-18T15:00:00Z"},
      // The day is the company's: at 02:00 UTC it is still Tuesday in Santiago, and in New York until 05:00.
      {"America/Santiago", law, {"2026-11-16"}, "2026-11-18T02:00:00Z", "2026-11-18T03:00:00Z", near},
      {"America/New_York", law, {"2026-11-16"}, "2026-11-18T04:59:59Z", "2026-11-18T05:00:00Z", near},
      // Chile, 2026-09-06: midnight does not exist, the day begins at 01:00 (04:00 UTC).
      {"America/Santiago", daily, {"2026-09-05"}, "2026-09-05T15:00:00Z", "2026-09-06T04:00:00Z", near},
      // Chile, 2026-04-04: 23:00 happens twice; the day lasts 25 hours.
      {"America/Santiago", daily, {"2026-04-04"}, "2026-04-05T03:30:00Z", "2026-04-05T04:00:00Z", near},
      {"America/Santiago", law, {"2026-04-03"}, "2026-04-04T15:00:00Z", "2026-04-05T04:00:00Z", near},
      // New York goes back on 2026-11-01 and forward on 2026-03-08; midnight moves with it.
      {"America/New_York", law, {"2026-10-30"}, "2026-10-31T15:00:00Z", "2026-11-01T04:00:00Z", near},
      {"America/New_York", law, {"2026-10-31"}, "2026-11-01T15:00:00Z", "2026-11-02T05:00:00Z", near},
      {"America/New_York", weekly, {"2026-03-07"}, "2026-03-08T15:00:00Z", "2026-03-14T04:00:00Z", full},
      // Another run's clock may show tomorrow; what lies further ahead is the work of a wrong one.
      {"America/Santiago", daily, {"2026-11-19"}, "2026-11-18T15:00:00Z", "2026-11-19T03:00:00Z", near},
      {"America/Santiago", law, {"2027-11-19"}, "2026-11-18T15:00:00Z", "2026-11-18T15:00:00Z"},
  };
  for (const auto& row : rows) {
    INFO(row.zone << " " << row.now << " expected " << row.next);
    const auto next = next_contact(row.limit, days_of(row.contacts), TimeZone::locate(row.zone).value(), at(row.now));
    CHECK(format_instant(next.at) == row.next);
    CHECK(next.because == row.because);
  }
}

TEST_CASE("what a company says about a class outranks the platform, and that the default") {
  const ContactLimits none;
  const ContactLimits platform{{EventClass::collection, {1, 0}}, {EventClass::transactional, {5, 0}}};
  const ContactLimits company{{EventClass::collection, {}}};
  CHECK(contact_limit(EventClass::collection, none, none) == law);
  CHECK(contact_limit(EventClass::promotional, none, none) == weekly);
  CHECK(contact_limit(EventClass::transactional, none, none).is_unlimited());
  CHECK(contact_limit(EventClass::collection, none, platform) == ContactLimit{1, 0});
  CHECK(contact_limit(EventClass::collection, company, platform).is_unlimited());
  CHECK(contact_limit(EventClass::transactional, company, platform) == ContactLimit{5, 0});
}

TEST_CASE("no two weeks of a year ever hold more than the limit, whenever somebody tries") {
  const auto zone = TimeZone::locate("America/Santiago").value();
  for (const auto& limit : {law, weekly, daily, ContactLimit{3, 1}, ContactLimit{2, 5}}) {
    std::vector<std::chrono::local_days> sent;
    for (auto now = at("2026-03-01T00:17:00Z"); now < at("2026-11-01T00:00:00Z"); now += std::chrono::hours{7}) {
      const auto next = next_contact(limit, sent, zone, now);
      CHECK((next.at >= now));
      if (next.because) continue;
      const auto today = std::chrono::floor<std::chrono::days>(zone.to_local(now));
      for (const auto day : sent) CHECK((today - day).count() >= limit.days_apart);
      sent.push_back(today);
      const auto week = std::ranges::count_if(sent, [&](auto day) { return (today - day).count() < 7; });
      if (limit.per_week) CHECK(week <= *limit.per_week);
    }
    CHECK(sent.size() > 20);
  }
}
