#pragma once

#include <string>
#include <vector>

#include "core/enum_names.hpp"

namespace egarage::app {

enum class Health {
  ok,
  warning,  ///< works, and should be looked at
  failed,   ///< does not work
};
inline constexpr core::EnumNames<Health, 3> health_names{
    {{Health::ok, "ok"}, {Health::warning, "warning"}, {Health::failed, "FAILED"}}};

/// What `doctor` found out about one thing.
struct Finding {
  std::string subject;  ///< `store`, `taller-sur/whatsapp`
  std::string check;    ///< `login`
  Health health = Health::ok;
  std::string detail;  ///< what was found, one line; may be empty
  std::string advice;  ///< what to do, one sentence; not empty unless ok
};
using Findings = std::vector<Finding>;

}  // namespace egarage::app
