#pragma once

#include <string>
#include <vector>

#include "report/statistics.hpp"
#include "report/table.hpp"

namespace egarage::report {

/// A part of the statistics as people read it, whether in a terminal or on a page.
struct Section {
  std::string heading;
  Table table;
  std::string note;  ///< shown below the table; for an empty one, instead of it
};

/// `Notifications since 2026-11-21 15:00 UTC (24 h)`.
std::string title(const Statistics& statistics);
std::vector<Section> sections(const Statistics& statistics);

/// What a status is called where it counts what happened: `queued` is `created`.
std::string_view period_name(core::Status status);

/// What an operator should do about the account, in one sentence.
std::string advice(const store::AccountTrouble& account);

}  // namespace egarage::report
