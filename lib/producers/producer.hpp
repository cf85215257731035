#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/dry_run.hpp"
#include "core/instant.hpp"
#include "store/identifiers.hpp"

namespace egarage::producers {

/// What every producer is asked.
struct ProducerRequest {
  core::Instant now;
  std::optional<store::CompanyId> only{};  ///< this company; empty: all
  core::DryRun dry_run = core::DryRun::no;
};

/// What a producer did, or would do. What it had done before is not in it: a run that finds nothing new has an empty
/// one.
struct ProducerReport {
  struct Created {
    std::string company;  ///< slug
    std::string dedup_key;
    core::Instant due_at;
  };
  struct Cancelled {
    std::string company, dedup_key, reason;
  };
  /// A message that was due and could not be made.
  struct Missing {
    std::string company, reason;
  };
  std::vector<Created> created;
  std::vector<Cancelled> cancelled;  ///< their reason is gone
  std::vector<Missing> skipped;      ///< nobody to reach: `no e-mail address`, `no sms account`, …
  std::vector<Missing> failed;       ///< a text that cannot be rendered
};

}  // namespace egarage::producers
