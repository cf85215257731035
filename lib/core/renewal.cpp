#include "core/renewal.hpp"

namespace egarage::core {

std::optional<std::string> renewal(Date announced, const std::optional<Date>& ends) {
  if (!ends) return "the subscription has no end any more";
  if (*ends == announced) return std::nullopt;
  return (*ends > announced ? "renewed until " : "the subscription now ends on ") + format_date(*ends);
}

}  // namespace egarage::core
