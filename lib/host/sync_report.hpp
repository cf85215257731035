#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "store/upsert_counts.hpp"

namespace egarage::host {

/// Sentences about rows, and how many rows each is about. They name no person and repeat no value.
using Notes = std::map<std::string, std::size_t>;

struct KindReport : store::UpsertCounts {
  std::size_t refused = 0;  ///< rows that could not be kept
  std::size_t gone = 0;     ///< rows that the host has no longer, and that were closed
  Notes notes;              ///< why rows were refused, and what was left out of others
};

/// A company that was not taken, or not whole: somebody has to decide.
struct OpenQuestion {
  std::string host_id, sentence, hint;
};

struct SyncReport {
  KindReport companies, customers, vehicles, documents, reminders;
  std::vector<OpenQuestion> questions;
};

}  // namespace egarage::host
