#pragma once

#include <chrono>
#include <map>
#include <string>
#include <vector>

#include "core/company.hpp"
#include "store/database.hpp"

namespace egarage::store {

/// The days on which sending hours do not open, as the table of holidays has them. Each country is read once.
class ClosedDays {
 public:
  explicit ClosedDays(Database& database) : database_(database) {}

  /// Fills them into the hours of the company and of its events, those that are not open on holidays.
  void fill_in(core::Company& company);

 private:
  const std::vector<std::chrono::local_days>& of(const std::string& country);

  Database& database_;
  std::map<std::string, std::vector<std::chrono::local_days>> known_;
};

/// The company without what fill_in() has added: what somebody has set.
core::Company as_set(core::Company company);

}  // namespace egarage::store
