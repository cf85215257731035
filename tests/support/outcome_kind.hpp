#pragma once

#include <string>

#include "channels/outcome.hpp"

namespace egarage::test {

/// `accepted`, `rejected:address`, …
inline std::string kind_of(const channels::Outcome& outcome) {
  if (const auto* rejected = std::get_if<channels::Rejected>(&outcome)) {
    static constexpr const char* reasons[] = {"message", "address", "opt_out", "promotion_opt_out"};
    return std::string("rejected:") + reasons[static_cast<std::size_t>(rejected->reason)];
  }
  static constexpr const char* names[] = {"accepted",  "deferred", "rejected",
                                          "uncertain", "returned", "template_refused"};
  return names[outcome.index()];
}

}  // namespace egarage::test
