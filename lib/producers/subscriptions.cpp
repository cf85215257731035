#include "producers/subscriptions.hpp"

#include <algorithm>
#include <utility>

#include "core/ladder_key.hpp"
#include "core/renewal.hpp"
#include "producers/local_day.hpp"
#include "producers/preparation.hpp"
#include "store/cancellation.hpp"
#include "store/dedup_keys.hpp"
#include "store/subscriptions.hpp"

namespace egarage::producers {

namespace {

using std::chrono::days;

/// What the keys of both events begin with.
constexpr std::string_view both_events = "SUSCRIPCION_VENC";

/// A commit costs several disk flushes, so companies share one.
constexpr std::size_t plans_per_commit = 200;

/// What is to be done for one company.
struct Plan {
  store::CompanyId company;
  std::string slug;
  std::optional<core::Date> ends;  ///< as it was when this was planned
  struct Outdated {
    store::KeyedNotification row;
    std::string reason;
  };
  std::vector<Outdated> outdated{};
  std::vector<std::vector<store::NewNotification>> chains{};

  bool empty() const { return outdated.empty() && chains.empty(); }
};

class Check {
 public:
  Check(store::Database& database, const LadderRules& rules, const ProducerRequest& request)
      : database_(database), rules_(rules), request_(request), tenants_(database), queue_(database) {}

  ProducerReport all(const std::vector<store::StoredCompany>& companies) {
    std::vector<Plan> plans;
    for (const auto& stored : companies) {
      auto plan = plan_for(stored);
      if (!plan.empty()) plans.push_back(std::move(plan));
      if (plans.size() == plans_per_commit) carry_out(std::exchange(plans, {}));
    }
    carry_out(plans);
    return std::move(report_);
  }

 private:
  Plan plan_for(const store::StoredCompany& stored) {
    const auto& [id, company] = stored;
    const auto& ends = company.subscription.ends;
    Plan plan{id, company.slug, ends};
    const auto rows = store::keyed(database_, id, both_events);
    std::optional<days> told;  ///< the latest step of this end, whatever became of it
    for (const auto& row : rows) {
      const auto announced = core::ladder_key_in(row.dedup_key);
      if (!announced) continue;
      if (announced->date == ends) told = std::max(announced->step, told.value_or(announced->step));
      if (!store::is_waiting(row.status)) continue;
      if (auto reason = core::renewal(announced->date, ends)) plan.outdated.push_back({row, *std::move(reason)});
    }
    if (!ends) return plan;

    const auto zone = zone_of(company);
    const auto at = next_opening(company, zone, request_.now);
    const auto today = day_at(at, zone);
    const auto step = step_on(today, *ends, rules_, told ? Heard::something : Heard::nothing);
    // A clock that was set back, or hours that became longer, do not bring back an earlier step.
    if (!step || (told && *told >= step->offset)) return plan;
    add(notice(company, *ends, *step, today, zone), at, plan);
    return plan;
  }

  static EventLine notice(const core::Company& company, core::Date ends, const LadderStep& step, core::Date today,
                          const core::TimeZone& zone) {
    EventLine event;
    event.event = step.offset.count() <= 0 ? core::Event::suscripcion_vence : core::Event::suscripcion_vencida;
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

  void add(EventLine event, core::Instant at, Plan& plan) {
    auto prepared = prepare(std::move(event), tenants_, at);
    if (auto* error = std::get_if<LineError>(&prepared)) {
      report_.failed.push_back({plan.slug, std::move(error->sentence)});
      return;
    }
    auto& [chains, skipped] = std::get<Prepared>(prepared);
    for (auto& reason : skipped) report_.skipped.push_back({plan.slug, std::move(reason)});
    plan.chains = std::move(chains);
  }

  void carry_out(const std::vector<Plan>& plans) {
    if (plans.empty()) return;
    if (request_.dry_run == core::DryRun::yes) {
      for (const auto& plan : plans) record(plan);
      return;
    }
    database_.transaction([&] {
      for (const auto& plan : plans) {
        if (store::subscription_end(database_, plan.company) == plan.ends) write(plan);
      }
    });
  }

  void record(const Plan& plan) {
    for (const auto& [row, reason] : plan.outdated) report_.cancelled.push_back({plan.slug, row.dedup_key, reason});
    for (const auto& chain : plan.chains) record_created(plan, chain);
  }

  void record_created(const Plan& plan, const std::vector<store::NewNotification>& chain) {
    for (const auto& one : chain) report_.created.push_back({plan.slug, one.dedup_key, one.due_at});
  }

  void write(const Plan& plan) {
    for (const auto& [row, reason] : plan.outdated) {
      if (store::cancel(database_, row.id, reason, request_.now) == store::Cancelled::no) continue;
      report_.cancelled.push_back({plan.slug, row.dedup_key, reason});
    }
    for (const auto& chain : plan.chains) {
      if (queue_.enqueue(chain, request_.now) == store::Enqueued::created) record_created(plan, chain);
    }
  }

  store::Database& database_;
  const LadderRules& rules_;
  const ProducerRequest& request_;
  Tenants tenants_;
  store::Queue queue_;
  ProducerReport report_;
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
