#pragma once

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "store/history.hpp"

namespace egarage::report {

/// Notifications by status, in the order of core::status_names.
using Counts = std::array<std::int64_t, core::status_names.size()>;

/// A named row of a breakdown: an event code, a channel or a company's slug.
struct NamedCounts {
  std::string name;
  Counts counts{};
};

struct Statistics {
  core::Instant since, now;
  std::optional<std::string> company;  ///< slug, when asked for one only
  /// What happened since then: how many came into each state (`queued`: were created).
  Counts total{};
  std::vector<NamedCounts> by_event, by_channel, by_company;  ///< most created first
  std::vector<store::Totals::Row> rows;                       ///< the same, not summed
  Counts now_in{};                                            ///< how many are in each state now
  std::vector<store::Failure> failures;                       ///< newest first, at most `most_failures`
  std::vector<store::AccountTrouble> accounts;

  static constexpr std::size_t most_failures = 20;
};

/// Asks the store. `company` must exist.
Statistics gather_statistics(store::Database& database, core::Instant since, core::Instant now,
                             const std::optional<store::StoredCompany>& company);

/// Aligned tables for people, with a hint for what an operator should look at. Ends in a line break.
std::string statistics_text(const Statistics& statistics);
/// One object; docs/operating.md lists its keys. Times are RFC 3339 UTC.
std::string statistics_json(const Statistics& statistics);
/// RFC 4180 with a header line: company,event,channel,status,count. Cells that a spreadsheet would take for a formula
/// start with an apostrophe.
std::string statistics_csv(const Statistics& statistics);
/// A page that needs no other file.
std::string statistics_html(const Statistics& statistics);

}  // namespace egarage::report
