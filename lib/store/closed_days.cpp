#include "store/closed_days.hpp"

#include "store/query.hpp"

namespace egarage::store {

namespace {

template <typename Change>
void for_all_hours(core::Company& company, const Change& change) {
  change(company.hours);
  for (auto& [event, route] : company.routes) {
    if (route.hours) change(*route.hours);
  }
}

}  // namespace

const std::vector<std::chrono::local_days>& ClosedDays::of(const std::string& country) {
  const auto [place, is_new] = known_.try_emplace(country);
  if (is_new) {
    Query query(database_, "SELECT day FROM holiday WHERE country = ?1 ORDER BY day", country);
    while (query.next()) place->second.emplace_back(std::chrono::local_days{query.date(0)});
  }
  return place->second;
}

void ClosedDays::fill_in(core::Company& company) {
  const auto& days = of(company.country);
  if (days.empty()) return;
  for_all_hours(company, [&](core::SendingHours& hours) {
    if (!hours.holidays) hours.closed_days = days;
  });
}

core::Company as_set(core::Company company) {
  for_all_hours(company, [](core::SendingHours& hours) { hours.closed_days.clear(); });
  return company;
}

}  // namespace egarage::store
