#include "delivery/dry_run.hpp"

#include <algorithm>

#include "delivery/company_book.hpp"
#include "delivery/guards.hpp"
#include "store/due_events.hpp"

namespace egarage::delivery {

namespace {

/// Some of a lane's due messages, and when they may go.
struct Share {
  std::size_t due;
  core::Opening opening;

  bool goes_with(const core::Opening& other) const {
    return opening.open == other.open && (other.open || opening.change == other.change);
  }
};

/// One share, unless events have hours of their own.
std::vector<Share> shares_of(store::Database& database, const store::Queue& queue, const store::Lane& lane,
                             CompanyFacts& company, core::Instant now) {
  if (company.event_hours.empty()) return {{queue.count_due_in(lane, now), company.opening_now(now)}};
  std::vector<Share> shares;
  for (const auto& [event, due] : store::due_by_event(database, lane, now)) {
    const auto& opening = company.opening_of(event, now);
    const auto same = std::ranges::find_if(shares, [&](const Share& share) { return share.goes_with(opening); });
    if (same != shares.end()) {
      same->due += due;
    } else {
      shares.push_back({due, opening});
    }
  }
  return shares;
}

}  // namespace

std::vector<PlannedLane> plan_queue(store::Database& database, core::Instant now,
                                    std::optional<store::CompanyId> only) {
  store::Queue queue{database};
  store::Directory directory{database};
  CompanyBook companies{directory};
  std::vector<PlannedLane> plan;
  for (const auto& lane : queue.lanes_due(now, only)) {
    PlannedLane row{directory.company(lane.company).company.slug, lane.channel, lane.sent_by, 0, std::nullopt, {}};
    auto* company = companies.find(lane.company);
    const auto health = directory.account_health(store::account_of(lane));
    if (company == nullptr || health.rests_at(now)) {
      row.due = queue.count_due_in(lane, now);
      row.postponed_until = company == nullptr ? core::Instant::max() : health.retry_at;
      row.reason = company == nullptr ? "its time zone is unknown on this system" : health.reason;
      plan.push_back(std::move(row));
      continue;
    }
    for (const auto& [due, opening] : shares_of(database, queue, lane, *company, now)) {
      row.due = due;
      row.postponed_until = opening.open ? std::nullopt : std::optional(opening.change);
      row.reason = opening.open ? std::string_view{} : outside_hours;
      plan.push_back(row);
    }
  }
  std::ranges::stable_sort(plan, {}, &PlannedLane::company);
  return plan;
}

}  // namespace egarage::delivery
