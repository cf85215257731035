#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

#include "core/dry_run.hpp"
#include "host/sync_report.hpp"
#include "store/database.hpp"
#include "store/directory.hpp"

namespace egarage::host {

/// Writes rows in portions, so that the store is locked for moments only. In a dry run the transaction around it is
/// open already, and ends in nothing.
class Writer {
 public:
  Writer(store::Database& database, core::DryRun dry_run) : database_(database), dry_run_(dry_run) {}

  template <typename Row, typename Put>
  void put(const std::vector<Row>& rows, const Put& put, KindReport& report) {
    constexpr std::size_t rows_per_commit = 5000;
    for (std::size_t begin = 0; begin < rows.size(); begin += rows_per_commit) {
      const auto portion = std::span(rows).subspan(begin, std::min(rows_per_commit, rows.size() - begin));
      atomically([&] {
        for (const auto& row : portion) count(put(row), report);
      });
    }
  }

  void atomically(const std::function<void()>& work) {
    dry_run_ == core::DryRun::yes ? work() : database_.transaction(work);
  }

  static void count(store::Upsert result, KindReport& report) {
    switch (result) {
      case store::Upsert::created:
        ++report.created;
        break;
      case store::Upsert::changed:
        ++report.changed;
        break;
      case store::Upsert::unchanged:
        ++report.unchanged;
        break;
    }
  }

 private:
  store::Database& database_;
  core::DryRun dry_run_;
};

}  // namespace egarage::host
