#pragma once

#include <cstddef>
#include <functional>
#include <istream>
#include <optional>
#include <string>

#include "core/dry_run.hpp"
#include "core/instant.hpp"
#include "exchange/kind.hpp"
#include "store/database.hpp"
#include "store/upsert_counts.hpp"

namespace egarage::exchange {

/// What became of the rows of a file.
struct ImportReport : store::UpsertCounts {
  std::size_t rows = 0;  ///< refused ones among them
  std::size_t refused = 0;
};

struct RefusedRow {
  std::size_t line;  ///< from 1; where the row begins
  std::string sentence;
};

struct ImportOrder {
  const Kind& kind;
  std::string company;  ///< slug of the company whose rows they are; empty: each row says it
  core::DryRun dry_run = core::DryRun::no;
};

/// Takes the rows of CSV or JSON Lines (exchange/record.hpp) into the store: new ones are created, those whose key is
/// known are made equal to what the row says; columns that the input does not have stay as they are. A bad row never
/// keeps the others out. Where a key stands twice, the later row wins. Commits every 5,000 rows, so that the store is
/// locked for moments only and what was counted is on disk; a dry run takes each such portion back, so that a key
/// that comes again much later counts as created twice.
///
/// `refused` is told of each bad row in order, `progress` of the sums after each portion. Throws core::Error{usage} for
/// a header that fits the kind not, and when the input cannot be read to its end; core::Error{store} when the store
/// fails. Both say up to which line everything is in.
ImportReport import(store::Database& database, std::istream& input, const ImportOrder& order, core::Instant now,
                    const std::function<void(const RefusedRow&)>& refused,
                    const std::function<void(const ImportReport&)>& progress = {});

}  // namespace egarage::exchange
