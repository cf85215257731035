#pragma once

#include <cstddef>
#include <string>

#include "store/identifiers.hpp"

namespace egarage::exchange {

inline constexpr std::size_t portion = 1000;  ///< rows read at a time

/// Gives `take` every row of a store class that lists a company's rows by key, without holding more than a portion.
template <typename Rows, typename Take>
void each_row(const Rows& rows, store::CompanyId company, const Take& take) {
  std::string after;
  for (;;) {
    const auto listed = rows.list(company, after, portion);
    for (const auto& row : listed) take(row);
    if (listed.size() < portion) return;
    after = listed.back().key;
  }
}

}  // namespace egarage::exchange
