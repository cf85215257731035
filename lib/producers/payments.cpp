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
    reword(stored, reading);
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

  /// What waits says how many days are left, or over. Kept back from one day to another – by a limit of contacts, or
  /// because cron was away – it says what is true on the day on which it can be read now.
  void reword(const store::StoredCompany& stored, const ReadingTime& reading) {
    const auto today = begin_of(day_at(request_.now, reading.zone), reading.zone);
    for_each_waiting(
        [this, id = stored.id, today] { return store::waiting_about_documents(database_, id, today); },
        [this, &stored, reading](const store::WaitingNotification& one) { return wording(stored, reading, one); });
  }

  Decision wording(const store::StoredCompany& stored, const ReadingTime& reading,
                   const store::WaitingNotification& one) {
    Decision decision{stored.id, stored.company.slug};
    const auto announced = core::ladder_key_in(one.row.dedup_key);
    if (!announced || !one.row.dedup_key.starts_with(key_of(one.about))) return decision;  // the host's own
    const auto step = step_on(reading.day, announced->date, ladder_, Heard::something);
    if (!step || step->offset != announced->step) return decision;
    const auto bill = bill_of(stored, {announced->date, one.about});
    if (!bill) return decision;
    auto event = event_or_reasons(stored, matter_of(*bill), reading.day);
    auto* line = std::get_if<EventLine>(&event);
    if (line == nullptr) return decision;
    complete(*line, bill->document, *step, reading);
    const auto same_step = fmt::format("{}{}/", key_of(one.about), core::to_string(*announced));
    decisions_.add_wording(std::move(*line), tenants_, reading.at, store::keyed(database_, stored.id, same_step),
                           decision);
    return decision;
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

    const auto bill = bill_of(stored, wanted);
    if (!bill) return decision;
    auto event = event_for(stored, matter_of(*bill), reading.day);
    if (!event) return decision;
    complete(*event, bill->document, *step, reading);
    decisions_.add_event(*std::move(event), tenants_, reading.at, decision);
    supersede(decision, std::move(waiting), core::step_name(step->offset));
    decision.still_holds = [this, id = stored.id, key, due] { return !store::why_not_asked(database_, id, key, due); };
    return decision;
  }

  struct Bill {
    store::Document document;
    store::Customer customer;
  };
  /// Empty when the document is not due on that day (any more).
  std::optional<Bill> bill_of(const store::StoredCompany& stored, const store::DatedKey& wanted) const {
    auto document = documents_.find_bill(stored.id, wanted.key);
    if (!document || document->due != wanted.date) return std::nullopt;
    auto customer = customers_.find(stored.id, document->customer);
    if (!customer) return std::nullopt;
    return Bill{*std::move(document), *std::move(customer)};
  }
  static Matter matter_of(const Bill& bill) {
    return {core::Event::pago_pendiente, bill.customer, bill.document.vehicle, &bill.document};
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
