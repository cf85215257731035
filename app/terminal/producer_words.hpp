#pragma once

#include "app/commands/step.hpp"
#include "producers/producer.hpp"

namespace egarage::app {

/// What a producer did, for people and as data. A dry run names every notification; otherwise only sums, and companies
/// that something is wrong with, equal ones counted. A text that cannot be rendered is exit code 1.
StepResult in_words(const producers::ProducerReport& report, core::DryRun dry_run);

}  // namespace egarage::app
