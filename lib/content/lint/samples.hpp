#pragma once

#include <nlohmann/json.hpp>
#include <vector>

#include "content/lint/lint.hpp"
#include "content/variables.hpp"
#include "core/time_zone.hpp"

namespace egarage::content {

/// One message as a sample: which, for whom, with how much data.
struct Sample {
  core::Event event;
  core::Channel channel;
  core::Language language;
  const core::Company& company;
  Detail detail;

  /// The sample's language first, then all others: what is missing in it falls back.
  std::vector<core::Language> languages() const;
  nlohmann::json context(const LintSurroundings& surroundings) const;
  Locality locality(const LintSurroundings& surroundings) const;
};

}  // namespace egarage::content
