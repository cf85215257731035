#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/instant.hpp"
#include "store/database.hpp"
#include "store/directory.hpp"

namespace egarage::store {

struct Holiday {
  std::string country;  ///< ISO 3166-1 alpha-2
  core::Date day;
  std::string name;
  bool operator==(const Holiday&) const = default;
};

/// That plates with a last digit are inspected in a month.
struct InspectionMonth {
  std::string country;  ///< ISO 3166-1 alpha-2
  int digit = 0;
  std::chrono::month month{};
  bool operator==(const InspectionMonth&) const = default;
};

/// What countries decide, as data: holidays and the months of statutory inspections.
class Calendar {
 public:
  explicit Calendar(Database& database) : database_(database) {}

  Upsert upsert(const Holiday& holiday, core::Instant now);
  /// The day is a working day from now on: `changed`, or `unchanged` when it was one.
  Upsert remove(std::string_view country, core::Date day);
  std::optional<Holiday> holiday(std::string_view country, core::Date day) const;
  std::vector<Holiday> holidays(std::string_view country) const;  ///< by day
  std::vector<Holiday> holidays() const;                          ///< of all countries, by country and day

  Upsert upsert(const InspectionMonth& month, core::Instant now);
  std::optional<InspectionMonth> inspection_month(std::string_view country, int digit) const;
  std::vector<InspectionMonth> inspection_months() const;  ///< by country and digit

 private:
  Database& database_;
};

}  // namespace egarage::store
