#pragma once

#include "config/configuration.hpp"
#include "content/lint/finding.hpp"
#include "core/instant.hpp"
#include "store/database.hpp"

namespace egarage::app {

/// What is to be said of the mappings, once companies and platform are in the store.
content::Findings lint_mappings(const config::Configuration& configuration, store::Database& database,
                                core::Instant now);

}  // namespace egarage::app
