// Random queues of random companies over three weeks, by an hourly to daily cron, some runs overlapping. Whatever
// happens: nothing goes out while the company or the event sleeps, on holidays, in a silence, or to a customer who has
// had enough. EGARAGE_HISTORIES says how many companies' histories are looked at (tests/README.md).
#include <cstdlib>
#include <random>
#include <set>

#include "core/contact_limit.hpp"
#include "store/calendar.hpp"
#include "store/silences.hpp"
#include "support/catch.hpp"
#include "support/delivery_world.hpp"

using namespace egarage;
using namespace std::chrono_literals;
using channels::Phase;
using core::Channel;
using core::Event;
using std::chrono::days;
using std::chrono::local_days;
using test::DeliveryWorld;
using test::reply;

namespace {

constexpr Event events[] = {Event::pago_pendiente, Event::pago_pendiente, Event::cliente_inactivo,
                            Event::documento_creado};
constexpr std::size_t companies_in_a_world = 10;

struct Chance {
  explicit Chance(unsigned seed) : engine(seed) {}
  int below(int bound) { return std::uniform_int_distribution<int>{0, bound - 1}(engine); }
  bool one_in(int bound) { return below(bound) == 0; }
  std::mt19937 engine;
};

core::SendingHours random_hours(Chance& chance) {
  const auto start = std::chrono::hours{chance.below(24)};
  const auto end = std::chrono::hours{1 + chance.below(24)};
  return {start, start == end ? end - 1h : end, chance.one_in(2), chance.one_in(3)};
}

core::ContactLimit random_limit(Chance& chance) {
  core::ContactLimit limit{{}, chance.below(4)};
  if (!chance.one_in(4)) limit.per_week = 1 + chance.below(3);
  return limit;
}

struct Past {
  store::CompanyId id;
  core::Company company;
  std::vector<store::Silence> silences;
  std::vector<store::NotificationId> notifications;
};

/// When somebody got something, or may have.
struct Sent {
  Event event;
  std::string occasion, customer;
  local_days day;
};

class RandomWorld : public DeliveryWorld {
 public:
  explicit RandomWorld(unsigned seed) : DeliveryWorld("2026-08-29T15:00:00Z"), chance_(seed) {
    store::Calendar calendar{database};
    for (const auto* day : {"2026-09-18", "2026-09-19", "2026-09-07", "2026-09-02"}) {
      for (const auto* country : {"CL", "US"}) {
        calendar.upsert(store::Holiday{country, core::parse_date(day).value(), "a holiday"}, now);
      }
    }
    for (std::size_t i = 0; i < companies_in_a_world; ++i) pasts_.push_back(begin("company-" + std::to_string(i)));
  }

  void live() {
    const auto end = now + days{21};
    int round = 0;
    while (now < end) {
      for (auto& past : pasts_) add_messages(past, ++round);
      run();
      now += std::chrono::minutes{20 + chance_.below(chance_.one_in(3) ? 1400 : 300)};
    }
  }

  void check_all() {
    for (const auto& past : pasts_) check(past);
  }
  std::size_t sent() const { return sent_; }

 private:
  Past begin(const std::string& slug) {
    Past past;
    past.id = add_company(slug, [&](core::Company& one) {
      const bool chile = !chance_.one_in(3);
      one.country = chile ? "CL" : "US";
      one.time_zone = chile ? "America/Santiago" : "America/New_York";
      if (!chance_.one_in(5)) one.hours = random_hours(chance_);
      if (chance_.one_in(2)) one.routes[events[chance_.below(4)]].hours = random_hours(chance_);
      if (chance_.one_in(2)) one.limits[core::EventClass::collection] = random_limit(chance_);
      if (chance_.one_in(4)) one.limits[core::EventClass::transactional] = random_limit(chance_);
      one.accounts.sms = test::example_sms(slug);
    });
    past.company = directory.company(past.id).company;
    if (chance_.one_in(3)) {
      const core::Date until{std::chrono::floor<days>(now) + days{chance_.below(15)}};
      past.silences.push_back({{}, {}, events[chance_.below(4)], until, "quiet"});
      store::Silences{database}.upsert(past.id, past.silences.back(), now);
    }
    for (const auto channel : {Channel::email, Channel::sms}) {
      provider(slug, channel).answer = [this](const auto&) { return answer(); };
    }
    return past;
  }

  channels::Outcome answer() {
    if (!std::exchange(beside_, true)) {
      if (chance_.one_in(10)) run_beside();
      beside_ = false;
    }
    const auto what = chance_.below(10);
    if (what < 6) return channels::Accepted{reply(Phase::end_of_data, 250), ""};
    if (what == 6) return channels::Rejected{reply(Phase::recipient, 550), {}};
    if (what == 7) return channels::Uncertain{reply(Phase::end_of_data, 0)};
    return channels::Deferred{reply(Phase::recipient, 450), {}};
  }

  void add_messages(Past& past, int round) {
    for (auto count = chance_.below(3); count > 0; --count) {
      const auto event = events[chance_.below(4)];
      const auto who = "c-" + std::to_string(chance_.below(2));
      const auto stem = std::string{core::to_string(event)} + "/" + std::to_string(round) + "-" + std::to_string(count);
      const auto make = [&](store::NewNotification& one) {
        one.event = event;
        one.customer = who;
        if (chance_.one_in(4)) one.not_after = now + days{chance_.below(6)};
      };
      const bool both = chance_.one_in(3);
      if (both || chance_.one_in(2)) past.notifications.push_back(enqueue(past.id, stem + "/email", make));
      if (both || chance_.one_in(2)) {
        const auto number = "+5696123456" + who.substr(2);
        past.notifications.push_back(enqueue_phone(past.id, Channel::sms, stem + "/sms", number, make));
      }
    }
  }

  void check(const Past& past) {
    const auto zone = core::TimeZone::locate(past.company.time_zone).value();
    std::vector<Sent> all;
    for (const auto id : past.notifications) {
      const auto found = record(id);
      for (const auto& attempt : found.attempt_records) {
        const auto day = std::chrono::floor<days>(zone.to_local(attempt.started_at));
        INFO(past.company.slug << " " << found.dedup_key << " at " << core::format_instant(attempt.started_at));
        const auto& hours = past.company.hours_of(found.event);
        if (!core::opening_at(hours, zone, attempt.started_at).open) FAIL("outside sending hours");
        for (const auto& silence : past.silences) {
          if (silence.event == found.event && local_days{silence.until} >= day) FAIL("in a silence");
        }
        if (found.not_after && attempt.started_at > *found.not_after) FAIL("too late");
        const auto outcome = attempt.result.value().outcome;
        if (outcome != store::AttemptOutcome::accepted && outcome != store::AttemptOutcome::uncertain) continue;
        const auto occasion = found.dedup_key.substr(0, found.dedup_key.rfind('/'));
        all.push_back({found.event, occasion, customer_of(found), day});
      }
    }
    sent_ += all.size();
    for (const auto& [event_class, name] : core::event_class_names) {
      const auto& limit = core::contact_limit(event_class, past.company.limits, {});
      for (const auto* customer : {"c-0", "c-1"}) {
        std::set<std::pair<std::string, local_days>> contacts;
        for (const auto& one : all) {
          if (one.customer == customer && core::traits(one.event).event_class == event_class) {
            contacts.emplace(one.occasion, one.day);
          }
        }
        INFO(past.company.slug << " " << customer << " " << name);
        check(contacts, limit);
      }
    }
  }

  static void check(const std::set<std::pair<std::string, local_days>>& contacts, const core::ContactLimit& limit) {
    for (const auto& last : contacts) {
      int in_week = 0;
      for (const auto& other : contacts) {
        const auto distance = last.second - other.second;
        if (other != last && std::chrono::abs(distance) < days{limit.days_apart}) FAIL("too close");
        if (distance >= days{0} && distance < days{7}) ++in_week;
      }
      if (limit.per_week && in_week > *limit.per_week) FAIL("too many in a week");
    }
  }

  std::string customer_of(const store::NotificationRecord& found) {
    return store::customer_of(database, found.id).value();
  }

  Chance chance_;
  std::vector<Past> pasts_;
  bool beside_ = false;
  std::size_t sent_ = 0;
};

}  // namespace

TEST_CASE("random queues: nothing outside hours, holidays and silences are quiet, caps are kept") {
  const char* asked = std::getenv("EGARAGE_HISTORIES");
  const auto histories = asked == nullptr ? std::size_t{20} : std::strtoul(asked, nullptr, 10);
  std::size_t sent = 0;
  for (unsigned seed = 1; (seed - 1) * companies_in_a_world < histories; ++seed) {
    INFO("seed " << seed);
    RandomWorld world{seed};
    world.live();
    world.check_all();
    sent += world.sent();
  }
  CHECK(sent > histories * 10);
}
