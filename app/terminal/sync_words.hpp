#pragma once

#include "app/commands/step.hpp"
#include "host/sync_report.hpp"

namespace egarage::app {

/// What a sync did, or would do: for people, as JSON, and as exit code 1 when somebody has to decide something.
StepResult in_words(const host::SyncReport& report, core::DryRun dry_run);

}  // namespace egarage::app
