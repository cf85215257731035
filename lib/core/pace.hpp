#pragma once

#include <chrono>
#include <optional>

namespace egarage::core {

/// How fast an account may send. What is absent is not limited by us.
struct Pace {
  std::optional<double> per_second{};                   ///< messages, on average; > 0
  std::optional<int> per_day{};                         ///< messages within any 24 hours from the first; > 0
  std::optional<std::chrono::seconds> per_recipient{};  ///< the least time between two messages to one address

  bool operator==(const Pace&) const = default;
};

}  // namespace egarage::core
