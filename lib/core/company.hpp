#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/account.hpp"
#include "core/contact_limit.hpp"
#include "core/event.hpp"
#include "core/instant.hpp"
#include "core/language.hpp"
#include "core/route.hpp"
#include "core/sending_hours.hpp"

namespace egarage::core {

/// The person who runs the workshop; notices about the subscription go to them.
struct Administrator {
  std::string name;
  std::string email;  ///< as configured; may be empty
  bool operator==(const Administrator&) const = default;
};

struct Subscription {
  std::optional<Date> ends;
  std::string plan;
  bool active = true;
  bool operator==(const Subscription&) const = default;
};

/// A workshop, a tenant of the SaaS. Template variables `empresa.*` come from here.
struct Company {
  std::string slug;        ///< `[a-z0-9-]{1,64}`; how everything outside refers to it
  std::string name;        ///< nombre_taller: the name customers know
  std::string legal_name;  ///< empresa
  std::string country;     ///< ISO 3166-1 alpha-2: `CL`, `US`
  std::string time_zone;   ///< IANA name
  std::string currency;    ///< ISO 4217: `CLP`, `USD`
  Language language = Language::es;
  std::string email, phone, address;  ///< contact data shown to customers; may be empty
  std::string colour;                 ///< `#rrggbb`, the accent of its e-mails; empty means the default
  std::string logo;                   ///< https URL of a logo; empty means the name as text
  Administrator admin;
  Subscription subscription;
  SendingHours hours;
  std::map<Event, Route> routes;  ///< an event without entry uses e-mail
  ContactLimits limits;           ///< what it says itself; contact_limit() tells what is in force
  Accounts accounts;              ///< its own

  /// How messages of the event travel.
  const Route& route(Event event) const;
  /// When messages of the event may go out: its own hours, else the company's.
  const SendingHours& hours_of(Event event) const;

  bool operator==(const Company&) const = default;
};

/// What a country implies where a company says nothing: language, currency, time zone.
struct CountryDefaults {
  Language language;
  std::string currency;
  std::string time_zone;
};
/// Empty for a country the product does not serve.
std::optional<CountryDefaults> country_defaults(std::string_view country);

}  // namespace egarage::core
