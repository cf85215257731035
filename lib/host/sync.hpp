#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <set>
#include <string>

#include "core/company.hpp"
#include "core/dry_run.hpp"
#include "core/instant.hpp"
#include "host/database.hpp"
#include "host/sync_report.hpp"
#include "store/database.hpp"

namespace egarage::host {

/// How much is read, and believed.
enum class Extent {
  recent,  ///< documents that are new or dated in the last days
  full,    ///< all documents; and that most of a company's rows are gone, where they are
};

/// What the configuration has to say.
struct SyncOrder {
  std::chrono::days recheck{30};  ///< documents dated within so many days are read again
  Extent extent = Extent::recent;
  core::DryRun dry_run = core::DryRun::no;
  /// Companies that the configuration declares as the host's: host id to slug.
  std::map<std::string, std::string> declared;
  /// Slugs of its companies of which it does not say whether they are the host's.
  std::set<std::string> unexplained;
  /// What the configuration says of the company with that slug, put over what the host says.
  std::function<core::Company(core::Company)> overlay = [](core::Company company) { return company; };
};

/// Brings the directory in line with the host's database: companies, customers, vehicles, documents, reminders. Keys
/// are the host's ids. A company's rows are read in one snapshot and written in transactions of 5,000 rows; only rows
/// that differ are written, and a run that finds nothing new writes nothing. Interrupted anywhere, the next run goes
/// on.
///
/// Rows of the store belong to the host when their key is digits alone. Those that it has no longer: reminders are
/// cancelled, vehicles count as sold, customers lose their addresses, so that nothing reaches them; documents and
/// companies stay. Of a company that loses more than half of 20 rows or more, or is gone itself, this is done in a full
/// sync only.
SyncReport sync(Database& host, store::Database& store, const SyncOrder& order, core::Instant now);

}  // namespace egarage::host
