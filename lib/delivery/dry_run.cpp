#include "delivery/dry_run.hpp"

#include <algorithm>

#include "delivery/company_book.hpp"
#include "delivery/guards.hpp"

namespace egarage::delivery {

std::vector<PlannedLane> plan_queue(store::Database& database, core::Instant now,
                                    std::optional<store::CompanyId> only) {
  store::Queue queue{database};
  store::Directory directory{database};
  CompanyBook companies{directory};
  std::vector<PlannedLane> plan;
  for (const auto& lane : queue.lanes_due(now, only)) {
    PlannedLane row{directory.company(lane.company).company.slug,
                    lane.channel,
                    lane.sent_by,
                    queue.count_due_in(lane, now),
                    std::nullopt,
                    {}};
    auto* company = companies.find(lane.company);
    const auto health = directory.account_health(store::account_of(lane));
    if (company == nullptr) {
      row.postponed_until = core::Instant::max();
      row.reason = "its time zone is unknown on this system";
    } else if (health.rests_at(now)) {
      row.postponed_until = health.retry_at;
      row.reason = health.reason;
    } else if (const auto& opening = company->opening_now(now); !opening.open) {
      row.postponed_until = opening.change;
      row.reason = outside_hours;
    }
    plan.push_back(std::move(row));
  }
  std::ranges::stable_sort(plan, {}, &PlannedLane::company);
  return plan;
}

}  // namespace egarage::delivery
