#include "producers/subscriptions.hpp"

#include <algorithm>

#include "core/ladder_key.hpp"
#include "core/renewal.hpp"
#include "producers/decisions.hpp"
#include "producers/local_day.hpp"
#include "store/cancellation.hpp"
#include "store/dedup_keys.hpp"
#include "store/subscriptions.hpp"

namespace egarage::producers {

namespace {

using std::chrono::days;

/// What the keys of both events begin with.
constexpr std::string_view both_events = "SUSCRIPCION_VENC";

/// Companies that are looked at against one state of the store; other processes cannot write meanwhile.
constexpr std::size_t portion_size = 100;

class Check {
 public:
  Check(store::Database& database, const LadderRules& rules, const ProducerRequest& request)
      : database_(database), rules_(rules), request_(request), tenants_(database), decisions_(database, request) {}

  ProducerReport all(const std::vector<store::StoredCompany>& companies) {
    for (std::size_t begin = 0; begin < companies.size(); begin += portion_size) {
      std::vector<Decision> made;
      database_.snapshot([&] {
        for (auto i = begin; i < std::min(begin + portion_size, companies.size()); ++i) {
          made.push_back(decide(companies[i]));
        }
      });
      for (auto& decision : made) decisions_.add(std::move(decision));
    }
    return decisions_.finish();
  }

 private:
  Decision decide(const store::StoredCompany& stored) {
    const auto& [id, company] = stored;
    const auto& ends = company.subscription.ends;
    Decision decision{id, company.slug};
    decision.still_holds = [this, id, ends] { return store::subscription_end(database_, id) == ends; };
    const auto rows = store::keyed(database_, id, both_events);
    std::vector<store::KeyedNotification> waiting;  ///< of this end
    std::optional<days> told;                       ///< the latest step of this end, whatever became of it
    for (const auto& row : rows) {
      const auto announced = core::ladder_key_in(row.dedup_key);
      if (!announced) continue;
      if (announced->date == ends) told = std::max(announced->step, told.value_or(announced->step));
      if (!store::is_waiting(row.status)) continue;
      if (announced->date == ends) waiting.push_back(row);
      if (auto reason = core::renewal(announced->date, ends)) decision.withdrawn.push_back({row, *std::move(reason)});
    }
    if (!ends) return decision;

    const auto zone = zone_of(company);
    auto at = next_opening(company, event_on(day_at(request_.now, zone), *ends), zone, request_.now);
    at = next_opening(company, event_on(day_at(at, zone), *ends), zone, at);  // it may have ended by then
    const auto today = day_at(at, zone);
    const auto step = step_on(today, *ends, rules_, told ? Heard::something : Heard::nothing);
    // A clock that was set back, or hours that became longer, do not bring back an earlier step.
    if (!step || (told && *told > step->offset)) return decision;
    if (told == step->offset) {
      // Kept back from one day to another it says how many days are left on the day on which it can be read now.
      if (!waiting.empty())
        decisions_.add_wording(notice(company, *ends, *step, today, zone), tenants_, at, waiting, decision);
      return decision;
    }
    decisions_.add_event(notice(company, *ends, *step, today, zone), tenants_, at, decision);
    return decision;
  }

  static core::Event event_on(core::Date day, core::Date ends) {
    return day <= ends ? core::Event::suscripcion_vence : core::Event::suscripcion_vencida;
  }

  static EventLine notice(const core::Company& company, core::Date ends, const LadderStep& step, core::Date today,
                          const core::TimeZone& zone) {
    EventLine event;
    event.event = event_on(today, ends);
    event.company = company.slug;
    event.key = core::to_string(core::LadderKey{ends, step.offset});
    event.recipient.phone = company.phone;
    if (step.until) event.not_after = begin_of(*step.until, zone) - std::chrono::seconds{1};
    auto& data = event.objects["datos"];
    data["dias_restantes"] = (std::chrono::sys_days{ends} - std::chrono::sys_days{today}).count();
    data["fecha_vencimiento"] = core::format_date(ends);
    if (!company.subscription.plan.empty()) data["plan"] = company.subscription.plan;
    return event;
  }

  store::Database& database_;
  const LadderRules& rules_;
  const ProducerRequest& request_;
  Tenants tenants_;
  Decisions decisions_;
};

}  // namespace

ProducerReport check_subscriptions(store::Database& database, const LadderRules& rules,
                                   const ProducerRequest& request) {
  store::Directory directory{database};
  Check check{database, rules, request};
  if (request.only) return check.all({directory.company(*request.only)});
  return check.all(directory.companies());
}

}  // namespace egarage::producers
