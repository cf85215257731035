#pragma once

#include <compare>
#include <cstdint>
#include <string>

#include "core/distance_unit.hpp"

namespace egarage::producers::maintenance {

using core::DistanceUnit;

/// A length of road, or what an odometer shows. Whole millimetres, so that kilometres and miles are both exact:
/// 1 mi = 1.609344 km (international mile; NIST Special Publication 811, appendix B.8).
class Distance {
 public:
  constexpr Distance() = default;
  /// Amounts beyond ±1,000,000,000 count as that: no vehicle gets there, and sums cannot overflow.
  static constexpr Distance of(std::int64_t amount, DistanceUnit unit) {
    constexpr std::int64_t most = 1'000'000'000;
    const auto bounded = amount > most ? most : amount < -most ? -most : amount;
    return Distance{bounded * (unit == DistanceUnit::km ? mm_per_km : mm_per_mile)};
  }
  static constexpr Distance km(std::int64_t amount) { return of(amount, DistanceUnit::km); }
  static constexpr Distance miles(std::int64_t amount) { return of(amount, DistanceUnit::mi); }
  /// To the nearest millimetre; the bounds of `of`.
  static Distance from_km(double km);

  constexpr double in_km() const { return static_cast<double>(millimetres_) / mm_per_km; }
  /// Whole units, the nearest.
  std::int64_t rounded(DistanceUnit unit) const;

  constexpr Distance operator+(Distance other) const { return Distance{millimetres_ + other.millimetres_}; }
  constexpr Distance operator-(Distance other) const { return Distance{millimetres_ - other.millimetres_}; }
  constexpr Distance operator/(int parts) const { return Distance{millimetres_ / parts}; }
  /// How many whole `other` fit into it, towards zero; `other` is not zero.
  constexpr std::int64_t operator/(Distance other) const { return millimetres_ / other.millimetres_; }
  constexpr Distance operator*(std::int64_t times) const { return Distance{millimetres_ * times}; }
  constexpr auto operator<=>(const Distance&) const = default;

 private:
  static constexpr std::int64_t mm_per_km = 1'000'000;
  static constexpr std::int64_t mm_per_mile = 1'609'344;
  constexpr explicit Distance(std::int64_t millimetres) : millimetres_(millimetres) {}
  std::int64_t millimetres_ = 0;
};

/// `12,400 km`, `7,705 mi`.
std::string format_distance(Distance distance, DistanceUnit unit);

}  // namespace egarage::producers::maintenance
