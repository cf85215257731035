#pragma once

#include "core/enum_names.hpp"

namespace egarage::core {

/// What an odometer counts.
enum class DistanceUnit { km, mi };

inline constexpr EnumNames<DistanceUnit, 2> distance_unit_names{{{DistanceUnit::km, "km"}, {DistanceUnit::mi, "mi"}}};

}  // namespace egarage::core
