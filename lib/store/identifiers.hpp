#pragma once

#include <compare>
#include <cstdint>

namespace egarage::store {

/// Row numbers that cannot be mixed up.
template <typename Tag>
struct Id {
  std::int64_t value = 0;
  auto operator<=>(const Id&) const = default;
};

using CompanyId = Id<struct CompanyTag>;
using NotificationId = Id<struct NotificationTag>;
using AttemptId = Id<struct AttemptTag>;
using RunId = Id<struct RunTag>;

}  // namespace egarage::store
