#pragma once

#include <initializer_list>
#include <vector>

#include "core/instant.hpp"
#include "producers/maintenance/odometer.hpp"

namespace egarage::test {

inline core::Date day(const char* text) { return core::parse_date(text).value(); }

struct Typed {
  const char* date;
  std::int64_t amount;
  core::DistanceUnit unit = core::DistanceUnit::km;
};

inline std::vector<producers::maintenance::OdometerReading> readings(std::initializer_list<Typed> typed) {
  std::vector<producers::maintenance::OdometerReading> result;
  for (const auto& [date, amount, unit] : typed) result.push_back({day(date), amount, unit, "document"});
  return result;
}

}  // namespace egarage::test
