#include <algorithm>
#include <array>

#include "exchange/kind.hpp"

namespace egarage::exchange {

std::span<const Kind> all_kinds() {
  static const std::array kinds{companies(), customers(),    vehicles(), odometer(), documents(),        plans(),
                                reminders(), appointments(), silences(), holidays(), inspection_months()};
  return kinds;
}

const Kind* find_kind(std::string_view name) {
  const auto kinds = all_kinds();
  const auto found = std::ranges::find(kinds, name, &Kind::name);
  return found == kinds.end() ? nullptr : &*found;
}

}  // namespace egarage::exchange
