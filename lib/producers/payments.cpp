#include "producers/payments.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/key_part.hpp"
#include "core/ladder_key.hpp"
#include "producers/ladder.hpp"
#include "producers/local_day.hpp"
#include "producers/sweep.hpp"
#include "store/cancellation.hpp"
#include "store/reasons.hpp"
#include "store/untold.hpp"

namespace egarage::producers {

namespace {

using std::chrono::days;
using std::chrono::sys_days;

LadderRules ladder_of(const PaymentRules& rules) {
  LadderRules ladder{rules.steps, days{0}};
  for (const auto step : rules.steps) ladder.first_notice_within = std::max(ladder.first_notice_within, step);
  return ladder;
}

/// What the dedup keys of a document's notices begin with.
std::string key_of(std::string_view document) {
  return fmt::format("{}/{}/", core::to_string(core::Event::pago_pendiente), core::key_part(document));
}

class Check : public Sweep {
 public:
  Check(store::Database& database, const PaymentRules& rules, const ProducerRequest& request)
      : Sweep(database, request), ladder_(ladder_of(rules)), stretches_(stretches(ladder_, last_step_within)) {}

 private:
  void look_at(const store::StoredCompany& stored) override {
    withdraw_settled(stored);
    const auto reading = reading_time(stored.company, core::Event::pago_pendiente, request_.now);
    for (const auto& stretch : stretches_) {
      const auto last_first = ladder_.first_notice_within;
      if (stretch.last > last_first) {
        const Stretch late{stretch.step, std::max(stretch.first, last_first + days{1}), stretch.last};
        look_at_stretch(stored, reading, late, store::spoken_of_unpaid);
      }
      if (stretch.first <= last_first) {
        const Stretch early{stretch.step, stretch.first, std::min(stretch.last, last_first)};
        look_at_stretch(stored, reading, early, store::untold_unpaid);
      }
    }
  }

  template <typename Unpaid>
  void look_at_stretch(const store::StoredCompany& stored, const ReadingTime& reading, const Stretch& stretch,
                       Unpaid unpaid) {
    for_each_untold(
        [this, id = stored.id, today = sys_days{reading.day}, stretch, unpaid](const auto& after, std::size_t count) {
          const auto step = core::step_name(stretch.step);
          const store::DaysAndStep wanted{core::Date{today - stretch.last}, core::Date{today - stretch.first}, step};
          return unpaid(database_, id, wanted, after, count);
        },
        [this, &stored, reading](const store::DatedKey& due) { return decide(stored, reading, due); });
  }

  void withdraw_settled(const store::StoredCompany& stored) {
    withdraw(
        stored, [this, id = stored.id] { return store::waiting_for_settled_documents(database_, id); },
        [this, id = stored.id](const store::WaitingNotification& one) -> std::optional<std::string> {
          const auto announced = core::ladder_key_in(one.row.dedup_key);
          if (!announced || !one.row.dedup_key.starts_with(key_of(one.about))) return {};  // the host's own
          return store::why_not_asked(database_, id, one.about, announced->date);
        });
  }

  Decision decide(const store::StoredCompany& stored, const ReadingTime& reading, const store::DatedKey& wanted) {
    const auto& [due, key] = wanted;
    Decision decision{stored.id, stored.company.slug};
    std::optional<days> told;  ///< the latest step of this due date, whatever became of it
    std::vector<store::KeyedNotification> waiting;
    for (auto& row : store::keyed(database_, stored.id, fmt::format("{}{}/", key_of(key), core::format_date(due)))) {
      const auto announced = core::ladder_key_in(row.dedup_key);
      if (!announced) continue;
      told = std::max(announced->step, told.value_or(announced->step));
      if (store::is_waiting(row.status)) waiting.push_back(std::move(row));
    }
    const auto step = step_on(reading.day, due, ladder_, told ? Heard::something : Heard::nothing);
    // A clock that was set back does not bring back an earlier step.
    if (!step || (told && *told >= step->offset)) return decision;

    const auto document = documents_.find_bill(stored.id, key);
    if (!document || document->due != due) return decision;
    const auto customer = customers_.find(stored.id, document->customer);
    if (!customer) return decision;
    auto event =
        event_for(stored, {core::Event::pago_pendiente, *customer, document->vehicle, &*document}, reading.day);
    if (!event) return decision;
    complete(*event, *document, *step, reading);
    decisions_.add_event(*std::move(event), tenants_, reading.at, decision);
    supersede(decision, std::move(waiting), core::step_name(step->offset));
    decision.still_holds = [this, id = stored.id, key, due] { return !store::why_not_asked(database_, id, key, due); };
    return decision;
  }

  void complete(EventLine& event, const store::Document& document, const LadderStep& step,
                const ReadingTime& reading) const {
    const auto due = *document.due;
    event.key = fmt::format("{}/{}", core::key_part(document.key), core::to_string(core::LadderKey{due, step.offset}));
    const core::Date end = step.until.value_or(core::Date{sys_days{due} + step.offset + last_step_within + days{1}});
    event.not_after = begin_of(end, reading.zone) - std::chrono::seconds{1};
    const auto left = (sys_days{due} - sys_days{reading.day}).count();
    auto& data = event.objects["datos"];
    data["dias_restantes"] = left;
    data["dias_atraso"] = std::max<decltype(left)>(-left, 0);
    data["fecha_vencimiento"] = core::format_date(due);
    if (document.total) data["total"] = core::format_money(*document.total);
  }

  LadderRules ladder_;
  std::vector<Stretch> stretches_;
};

}  // namespace

ProducerReport check_payments(store::Database& database, const PaymentRules& rules, const ProducerRequest& request) {
  return Check{database, rules, request}.all();
}

}  // namespace egarage::producers
