#pragma once

#include <memory>

#include "delivery/company_book.hpp"
#include "delivery/compose.hpp"
#include "delivery/group_commit.hpp"
#include "delivery/pacing.hpp"
#include "delivery/process_queue.hpp"
#include "delivery/run_log.hpp"
#include "delivery/store_worker.hpp"
#include "store/wire_log.hpp"

namespace egarage::delivery {

struct LimitedStart;

/// What the parts of one run share.
struct RunContext {
  store::Database& database;
  store::Queue& queue;          ///< while the worker is busy, the worker's: see rest_store()
  store::Directory& directory;  ///< likewise
  store::Paces& paces;          ///< likewise
  const ProcessQueueOptions& options;
  const Surroundings& surroundings;
  RunLog log;
  CompanyBook companies;
  content::Brand platform_brand;
  content::EmailComposer composer;  ///< the worker's
  GroupCommit commits;
  RunSummary summary;
  store::RunId run;
  StoreWorker& worker;
  WallClock clock;
  std::vector<LimitedStart> limited{};     ///< among the starts of the next commit
  std::unique_ptr<store::WireLog> wire{};  ///< the loop's; empty where there can be none, and before the first account

  /// Call before touching the store from the loop: waits for the commit under way.
  void rest_store() { worker.wait(); }
};

}  // namespace egarage::delivery
