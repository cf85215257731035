#include "core/company.hpp"

namespace egarage::core {

std::optional<CountryDefaults> country_defaults(std::string_view country) {
  if (country == "CL") return CountryDefaults{Language::es, "CLP", "America/Santiago"};
  if (country == "US") return CountryDefaults{Language::en, "USD", "America/New_York"};
  return std::nullopt;
}

}  // namespace egarage::core
