#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace date {
class time_zone;
}

namespace egarage::core {

using Instant = std::chrono::sys_seconds;
/// Wall-clock time of some time zone.
using LocalTime = std::chrono::local_seconds;

/// A zone of the IANA database, as installed on the system. Cheap to copy; valid for the life of the process.
/// (g++ 12 has no std::chrono::locate_zone, so Howard Hinnant's date library stands in.)
class TimeZone {
 public:
  /// Empty when the system does not know the name.
  static std::optional<TimeZone> locate(std::string_view iana_name);
  static TimeZone utc();

  LocalTime to_local(Instant instant) const;
  /// A wall-clock time that happens twice means its first occurrence; one that does not exist means the first instant
  /// after the gap.
  Instant to_instant(LocalTime local) const;
  /// The distance from UTC in force at that instant.
  std::chrono::seconds offset(Instant instant) const;
  /// What the zone is called at that instant: `-03`, `EST`.
  std::string abbreviation(Instant instant) const;
  bool is_summer_time(Instant instant) const;
  const std::string& name() const;

 private:
  explicit TimeZone(const date::time_zone* zone) : zone_(zone) {}
  const date::time_zone* zone_;
};

}  // namespace egarage::core
