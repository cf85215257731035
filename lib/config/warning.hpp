#pragma once

#include <string>

namespace egarage::config {

/// Something in the configuration that works and should not stay as it is.
struct Warning {
  std::string sentence;  ///< with `FILE:LINE:`
  std::string hint;      ///< what to do
};

}  // namespace egarage::config
