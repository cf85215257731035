#include "report/statistics.hpp"

#include <algorithm>

namespace egarage::report {
namespace {

std::size_t column(core::Status status) {
  for (std::size_t i = 0; i < core::status_names.size(); ++i) {
    if (core::status_names[i].first == status) return i;
  }
  return 0;
}

void add(std::vector<NamedCounts>& breakdown, std::string_view name, core::Status status, std::int64_t count) {
  auto row = std::find_if(breakdown.begin(), breakdown.end(), [&](const auto& known) { return known.name == name; });
  if (row == breakdown.end()) row = breakdown.insert(row, NamedCounts{std::string(name), {}});
  row->counts[column(status)] += count;
}

void sort_by_volume(std::vector<NamedCounts>& breakdown) {
  const auto created = column(core::Status::queued);
  std::sort(breakdown.begin(), breakdown.end(), [&](const auto& a, const auto& b) {
    return std::pair(-a.counts[created], a.name) < std::pair(-b.counts[created], b.name);
  });
}

}  // namespace

Statistics gather_statistics(store::Database& database, core::Instant since, core::Instant now,
                             const std::optional<store::StoredCompany>& company) {
  const store::History history(database);
  const auto only = company ? std::optional(company->id) : std::nullopt;

  Statistics statistics;
  statistics.since = std::chrono::floor<std::chrono::hours>(since);  // the store counts by full hours
  statistics.now = now;
  if (company) statistics.company = company->company.slug;
  statistics.rows = history.totals(statistics.since, only).entered;
  for (const auto& row : statistics.rows) {
    statistics.total[column(row.status)] += row.count;
    add(statistics.by_event, core::to_string(row.event), row.status, row.count);
    add(statistics.by_channel, core::to_string(row.channel), row.status, row.count);
    add(statistics.by_company, row.company, row.status, row.count);
  }
  for (auto* breakdown : {&statistics.by_event, &statistics.by_channel, &statistics.by_company}) {
    sort_by_volume(*breakdown);
  }
  for (const auto& [status, count] : history.states_now(only)) statistics.now_in[column(status)] += count;
  statistics.failures = history.failures(since, Statistics::most_failures, only);
  statistics.accounts = history.accounts_in_trouble();
  if (company) {
    std::erase_if(statistics.accounts, [&](const auto& account) { return account.company != statistics.company; });
  }
  return statistics;
}

}  // namespace egarage::report
