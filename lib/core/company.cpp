#include "core/company.hpp"

namespace egarage::core {

const Route& Company::route(Event event) const {
  static const Route by_email;
  const auto own = routes.find(event);
  return own == routes.end() ? by_email : own->second;
}

const SendingHours& Company::hours_of(Event event) const {
  const auto& own = route(event).hours;
  return own ? *own : hours;
}

std::optional<CountryDefaults> country_defaults(std::string_view country) {
  if (country == "CL") return CountryDefaults{Language::es, "CLP", "America/Santiago"};
  if (country == "US") return CountryDefaults{Language::en, "USD", "America/New_York"};
  return std::nullopt;
}

}  // namespace egarage::core
