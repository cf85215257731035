#include "producers/inactivity.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/key_part.hpp"
#include "core/period_key.hpp"
#include "producers/local_day.hpp"
#include "producers/month_arithmetic.hpp"
#include "producers/period.hpp"
#include "producers/sweep.hpp"
#include "store/cancellation.hpp"
#include "store/reasons.hpp"
#include "store/untold.hpp"

namespace egarage::producers {

namespace {

using std::chrono::days;
using std::chrono::months;
using std::chrono::sys_days;

/// What the dedup keys of a customer's invitations begin with.
std::string key_of(std::string_view customer) {
  return fmt::format("{}/{}/", core::to_string(core::Event::cliente_inactivo), core::key_part(customer));
}

class Check : public Sweep {
 public:
  Check(store::Database& database, const InactivityRules& rules, const ProducerRequest& request)
      : Sweep(database, request), rules_(rules) {}

 private:
  void look_at(const store::StoredCompany& stored) override {
    const auto reading = reading_time(stored.company, core::Event::cliente_inactivo, request_.now);
    withdraw_refused(stored, reading.day);
    for (int notice = rules_.max_notices; notice >= 1; --notice) {
      const auto range = last_visits(reading.day, notice);
      const auto period = rules_.months * notice;
      for_each_untold(
          [this, id = stored.id, today = reading.day, range, period](const auto& after, std::size_t count) {
            const auto step = core::period_name(period);
            return store::untold_inactive(database_, id, {range.first, range.last, step}, today, after, count);
          },
          [this, &stored, reading, period](const store::AbsentCustomer& absent) {
            return decide(stored, reading, absent, period);
          });
    }
  }

  /// Whoever was last here on one of these days may hear of that period today, and of no later one.
  DayRange last_visits(core::Date today, int notice) const {
    const auto period = rules_.months * notice;
    auto range = days_before(core::Date{sys_days{today} - rules_.first_notice_within}, today, period);
    if (notice < rules_.max_notices) {
      const auto later = days_before(today, today, period + rules_.months).last;
      range.first = std::max(range.first, core::Date{sys_days{later} + days{1}});
    }
    return range;
  }

  void withdraw_refused(const store::StoredCompany& stored, core::Date today) {
    const auto waiting = [this, id = stored.id] {
      return store::waiting_for_customers(database_, id, core::Event::cliente_inactivo);
    };
    withdraw(stored, waiting,
             [this, id = stored.id, today](const store::WaitingNotification& one) -> std::optional<std::string> {
               const auto period = core::period_key_in(one.row.dedup_key);
               if (!period || !one.row.dedup_key.starts_with(key_of(one.about))) return {};  // the host's own
               return store::why_not_invited(database_, id, {one.about, period->since, today});
             });
  }

  Decision decide(const store::StoredCompany& stored, const ReadingTime& reading, const store::AbsentCustomer& absent,
                  months period) {
    Decision decision{stored.id, stored.company.slug};
    if (absent.why_not) {
      decisions_.note_skipped(stored.company.slug, *absent.why_not);
      return decision;
    }
    const store::DatedKey& last = absent;
    std::vector<store::KeyedNotification> waiting;
    const auto prefix = fmt::format("{}{}/", key_of(last.key), core::format_date(last.date));
    for (auto& row : store::keyed(database_, stored.id, prefix)) {
      const auto told = core::period_key_in(row.dedup_key);
      if (!told) continue;
      if (told->months >= period) return decision;  // a clock that was set back
      if (store::is_waiting(row.status)) waiting.push_back(std::move(row));
    }
    const auto customer = customers_.find(stored.id, last.key);
    if (!customer) return decision;
    auto event = event_for(
        stored, {core::Event::cliente_inactivo, *customer, documents_.vehicle_on(stored.id, last.key, last.date)},
        reading.day);
    if (!event) return decision;
    complete(*event, last, period, reading);
    decisions_.add_event(*std::move(event), tenants_, reading.at, decision);
    supersede(decision, std::move(waiting), core::period_name(period));
    decision.still_holds = [this, id = stored.id, last = last, today = reading.day] {
      return !store::why_not_invited(database_, id, {last.key, last.date, today});
    };
    return decision;
  }

  void complete(EventLine& event, const store::DatedKey& last, months period, const ReadingTime& reading) const {
    event.key = fmt::format("{}/{}", core::key_part(last.key), core::to_string(core::PeriodKey{last.date, period}));
    const auto ended = add_months(last.date, period);
    core::Date end{std::max(sys_days{ended} + rules_.first_notice_within, sys_days{reading.day}) + days{1}};
    if (period < rules_.months * rules_.max_notices) end = std::min(end, add_months(last.date, period + rules_.months));
    event.not_after = begin_of(end, reading.zone) - std::chrono::seconds{1};
    auto& data = event.objects["datos"];
    data["ultima_visita"] = core::format_date(last.date);
    data["meses"] = whole_months(last.date, reading.day).count();
  }

  const InactivityRules& rules_;
};

}  // namespace

ProducerReport check_inactive(store::Database& database, const InactivityRules& rules, const ProducerRequest& request) {
  return Check{database, rules, request}.all();
}

}  // namespace egarage::producers
