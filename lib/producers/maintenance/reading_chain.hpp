#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "producers/maintenance/odometer.hpp"

namespace egarage::producers::maintenance {

/// A reading of a chain: its place among the readings, and whether a new odometer starts with it.
struct Link {
  std::size_t place;
  bool starts_anew;
};

/// The best chain of readings that one vehicle can have had; odometer_history.hpp says what counts. `readings` are in
/// order of date and distance; empty only for none.
std::vector<Link> longest_chain(std::span<const OdometerReading> readings);

}  // namespace egarage::producers::maintenance
