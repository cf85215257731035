#pragma once

#include "content/context.hpp"
#include "content/message.hpp"
#include "core/company.hpp"

namespace egarage::test {

inline core::Company chilean_company() {
  core::Company company;
  company.slug = "taller-sur";
  company.name = "Taller Sur";
  company.legal_name = "Taller Sur SpA";
  company.country = "CL";
  company.time_zone = "America/Santiago";
  company.currency = "CLP";
  company.language = core::Language::es;
  company.email = "contacto@sur.example";
  company.phone = "+56 2 2555 0101";
  company.address = "Av. Matta 10, Santiago";
  company.colour = "#b3261e";
  return company;
}

inline core::Company american_company() {
  auto company = chilean_company();
  company.slug = "sunshine";
  company.name = "Sunshine Auto Care";
  company.country = "US";
  company.time_zone = "America/New_York";
  company.currency = "USD";
  company.language = core::Language::en;
  return company;
}

inline const content::PlatformIdentity platform_identity{"E-Garage", "ayuda@egarage.example"};

inline nlohmann::json context_for(const core::Company& company, core::Event event, nlohmann::json objects) {
  return content::make_context(std::move(objects), company, platform_identity, core::traits(event).audience,
                               *core::TimeZone::locate(company.time_zone),
                               *core::parse_instant("2026-11-23T01:30:00Z"));
}

/// The message as enqueue would make it for a recipient of that language.
inline content::RenderedMessage rendered(const content::Catalogue& catalogue, core::Event event, core::Channel channel,
                                         core::Language language, const core::Company& company,
                                         const nlohmann::json& context) {
  return catalogue.render(
      event, channel, content::languages_for(language, company), context,
      {company.currency, *core::TimeZone::locate(company.time_zone), *core::parse_instant("2026-11-23T01:30:00Z")});
}

}  // namespace egarage::test
