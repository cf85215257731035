#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
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
  static constexpr std::size_t rows_per_commit = 5000;

  Writer(store::Database& database, core::DryRun dry_run) : database_(database), joins_(dry_run == core::DryRun::yes) {}

  template <typename Row, typename Put>
  void put(const std::vector<Row>& rows, const Put& put, KindReport& report) {
    for (std::size_t begin = 0; begin < rows.size(); begin += rows_per_commit) {
      const auto portion = std::span(rows).subspan(begin, std::min(rows_per_commit, rows.size() - begin));
      atomically([&] {
        for (const auto& row : portion) report.count(put(row));
      });
    }
  }

  void atomically(const std::function<void()>& work) { joins_ ? work() : database_.transaction(work); }

  /// One transaction for all that `work` writes: for what is new and no more than a portion.
  void together(const std::function<void()>& work) {
    if (joins_) return work();
    struct Joining {
      explicit Joining(bool& joins) : joins_(joins) { joins_ = true; }
      ~Joining() { joins_ = false; }
      Joining(const Joining&) = delete;
      Joining& operator=(const Joining&) = delete;
      bool& joins_;
    };
    database_.transaction([&] {
      const Joining joining(joins_);
      work();
    });
  }

 private:
  store::Database& database_;
  bool joins_;  ///< a transaction that is open
};

}  // namespace egarage::host
