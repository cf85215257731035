#include "core/thousands.hpp"

namespace egarage::core {

std::string with_thousands(std::int64_t number) {
  auto digits = std::to_string(number);
  const std::size_t sign = number < 0 ? 1 : 0;
  for (auto i = digits.size(); i > sign + 3;) digits.insert(i -= 3, 1, ',');
  return digits;
}

}  // namespace egarage::core
