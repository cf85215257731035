#include <fmt/format.h>

#include <cstdlib>
#include <map>
#include <random>
#include <set>

#include "core/ladder_key.hpp"
#include "core/period_key.hpp"
#include "directory_world.hpp"
#include "producers/inactivity.hpp"
#include "producers/local_day.hpp"
#include "producers/month_arithmetic.hpp"
#include "producers/payments.hpp"
#include "store/cancellation.hpp"
#include "store/dedup_keys.hpp"

using namespace egarage;
using std::chrono::days;
using std::chrono::months;
using std::chrono::sys_days;

namespace {

int histories() {
  const auto* wanted = std::getenv("EGARAGE_HISTORIES");  // NOLINT(concurrency-mt-unsafe): one thread
  return wanted ? std::max(1, std::atoi(wanted)) : 60;
}

/// A workshop in which things happen by chance, the producers run by chance, and what they do is checked against what
/// this class itself knows of documents and customers.
class History {
 public:
  History(test::DirectoryWorld& world, unsigned seed) : world_(world), chance_(seed) {
    slug_ = fmt::format("taller-{}", seed);
    const std::vector<std::string> zones{"America/Santiago", "America/New_York", "America/Phoenix", "Pacific/Honolulu",
                                         "Mars/Olympus"};
    world.company = world.put_company([&](auto& one) {
      one.slug = slug_;
      one.time_zone = zones[pick(zones.size())];
      if (pick(2) == 0) one.hours = {std::chrono::hours{8}, std::chrono::hours{20}, pick(2) == 0};
    });
    const std::vector<std::vector<days>> ladders{
        {days{-3}, days{0}, days{3}, days{10}, days{30}}, {days{-7}, days{-1}}, {days{1}, days{2}, days{45}}};
    payments_.steps = ladders[pick(ladders.size())];
    inactivity_ = {months{pick(3) == 0 ? 1 : 6}, 1 + static_cast<int>(pick(3)), days{pick(2) == 0 ? 90 : 20}};
    for (const auto* customer : {"ana", "b/ea"}) {
      world.put_customer(customer);
      bill(customer);
    }
  }

  void live(int events) {
    for (int i = 0; i < events; ++i) {
      now_ += std::chrono::minutes{pick(3) == 0 ? pick(90 * 24 * 60) : pick(2 * 24 * 60)};
      if (pick(20) == 0) now_ -= days{pick(30)};  // somebody sets the clock back
      happen();
      if (pick(4) != 0) run();
    }
  }

 private:
  struct Bill {
    std::string customer;
    core::Date issued;
    std::optional<core::Date> due, paid;
  };

  std::size_t pick(std::size_t below) { return std::uniform_int_distribution<std::size_t>{0, below - 1}(chance_); }
  core::Date some_day(int first, int last) {
    const auto today = std::chrono::floor<days>(now_);
    return core::Date{today + days{first + static_cast<int>(pick(static_cast<std::size_t>(last - first + 1)))}};
  }

  void put(const std::string& key) {
    const auto& one = bills_.at(key);
    world_.put_document(key, one.customer, core::format_date(one.issued), [&](auto& document) {
      document.due = one.due;
      document.paid = one.paid;
    });
  }
  void bill(const std::string& customer) {
    const auto key = fmt::format("d/{}", bills_.size());
    bills_[key] = {customer, some_day(-20, 0), {}, {}};
    if (pick(3) != 0) bills_[key].due = some_day(-40, 40);
    put(key);
  }

  void happen() {
    auto& [key, one] = *std::next(bills_.begin(), static_cast<std::ptrdiff_t>(pick(bills_.size())));
    switch (pick(8)) {
      case 0:
        bill(one.customer);
        return;
      case 1:
        one.due = some_day(-10, 40);
        break;
      case 2:
        one.paid.reset();  // the cheque bounced
        break;
      case 3:
        refuses_.insert(one.customer);
        world_.put_customer(one.customer, [](auto& customer) { customer.promotional.emplace(); });
        return;
      case 4:
        refuses_.erase(one.customer);
        world_.put_customer(one.customer);
        return;
      default:
        one.paid = some_day(-3, 0);
    }
    put(key);
  }

  void run() {
    const auto check = [&] {
      auto made = producers::check_payments(world_.database, payments_, {.now = now_, .only = world_.company});
      for (const auto& one : made.created) judge_payment(one);
      auto invited = producers::check_inactive(world_.database, inactivity_, {.now = now_, .only = world_.company});
      for (const auto& one : invited.created) judge_invitation(one);
      return made.created.size() + made.cancelled.size() + invited.created.size() + invited.cancelled.size();
    };
    INFO(slug_ << " at " << core::format_instant(now_));
    check();
    judge_waiting();
    REQUIRE(check() == 0);
  }

  /// The parts between the event and what a key of either kind ends in.
  static std::string thing_of(std::string_view dedup_key) {
    auto part = std::string{dedup_key.substr(dedup_key.find('/') + 1)};
    part.resize(part.find('/'));
    for (auto at = part.find("%2F"); at != std::string::npos; at = part.find("%2F")) part.replace(at, 3, "/");
    return part;
  }

  core::Date judge_time(const producers::ProducerReport::Created& created) {
    INFO(created.dedup_key);
    REQUIRE(told_.insert(created.dedup_key).second);
    const auto company = world_.directory.company(world_.company).company;
    const auto zone = producers::zone_of(company);
    REQUIRE(core::opening_at(company.hours, zone, created.due_at).open);
    REQUIRE(created.due_at >= now_);
    REQUIRE(world_.found(created.dedup_key).not_after.value() >= created.due_at);
    return producers::day_at(created.due_at, zone);
  }

  bool is_owed(const std::string& key, core::Date due) const {
    const auto& one = bills_.at(key);
    return one.due == due && !one.paid;
  }

  void judge_payment(const producers::ProducerReport::Created& created) {
    const auto day = judge_time(created);
    const auto key = core::ladder_key_in(created.dedup_key).value();
    const auto document = thing_of(created.dedup_key);
    INFO(created.dedup_key << " read on " << core::format_date(day));
    REQUIRE(is_owed(document, key.date));
    const auto reached = sys_days{day} - sys_days{key.date};
    for (const auto step : payments_.steps) REQUIRE((step <= key.step || step > reached));
    REQUIRE(key.step <= reached);
    if (key.step <= days{0}) REQUIRE(reached <= days{0});
    auto& latest = steps_.try_emplace({document, key.date}, days{-9999}).first->second;
    REQUIRE(latest < key.step);
    latest = key.step;
  }

  bool may_be_invited(const std::string& customer, core::Date last) const {
    std::optional<core::Date> newest;
    for (const auto& [key, one] : bills_) {
      if (one.customer != customer) continue;
      if (one.due && !one.paid) return false;
      newest = std::max(one.issued, newest.value_or(one.issued));
    }
    return newest == last && !refuses_.contains(customer);
  }

  void judge_invitation(const producers::ProducerReport::Created& created) {
    const auto day = judge_time(created);
    const auto key = core::period_key_in(created.dedup_key).value();
    INFO(created.dedup_key << " read on " << core::format_date(day));
    REQUIRE(may_be_invited(thing_of(created.dedup_key), key.since));
    const auto ended = producers::add_months(key.since, key.months);
    REQUIRE(ended <= day);
    REQUIRE(sys_days{day} - sys_days{ended} <= inactivity_.first_notice_within);
    REQUIRE(key.months <= inactivity_.months * inactivity_.max_notices);
    auto& latest = periods_.try_emplace({thing_of(created.dedup_key), key.since}, months{0}).first->second;
    REQUIRE(latest < key.months);
    latest = key.months;
  }

  void judge_waiting() {
    for (const auto& row : store::keyed(world_.database, world_.company, "PAGO_PENDIENTE/")) {
      if (!store::is_waiting(row.status)) continue;
      INFO(row.dedup_key << " waits");
      REQUIRE(is_owed(thing_of(row.dedup_key), core::ladder_key_in(row.dedup_key)->date));
    }
    for (const auto& row : store::keyed(world_.database, world_.company, "CLIENTE_INACTIVO/")) {
      if (!store::is_waiting(row.status)) continue;
      INFO(row.dedup_key << " waits");
      REQUIRE(may_be_invited(thing_of(row.dedup_key), core::period_key_in(row.dedup_key)->since));
    }
  }

  test::DirectoryWorld& world_;
  std::mt19937 chance_;
  std::string slug_;
  core::Instant now_ = test::instant("2026-01-15T12:00:00Z");
  producers::PaymentRules payments_;
  producers::InactivityRules inactivity_;
  std::map<std::string, Bill> bills_;
  std::set<std::string> refuses_, told_;
  std::map<std::pair<std::string, core::Date>, days> steps_;
  std::map<std::pair<std::string, core::Date>, months> periods_;
};

}  // namespace

TEST_CASE("whatever happens: no step twice, none out of order, none made or left waiting after its reason is gone",
          "[histories]") {
  std::optional<test::DirectoryWorld> world;
  const int count = histories();
  for (int seed = 0; seed < count; ++seed) {
    if (seed % 500 == 0) world.emplace();  // a store of its own for every five hundred
    History{*world, static_cast<unsigned>(seed)}.live(40);
  }
}
