#pragma once

#include <optional>
#include <string>
#include <variant>

#include "core/instant.hpp"
#include "producers/event_line.hpp"
#include "producers/tenants.hpp"
#include "store/customers.hpp"
#include "store/database.hpp"
#include "store/documents.hpp"
#include "store/vehicles.hpp"

namespace egarage::producers {

/// Why a customer is not written to now: `wants no promotional messages`, `silent until 2027-01-31: travelling`.
struct Withheld {
  std::string reason;
};

/// What the directory knows of whom and what an event is about.
struct CustomerCase {
  core::Event event{};
  const store::Customer& customer;
  const store::Vehicle* vehicle = nullptr;    ///< null: about none in particular
  const store::Document* document = nullptr;  ///< likewise
};

/// An event for a customer of the directory, with `recipient`, `vehiculo` and `documento` as templates know them, in
/// the customer's language and on the channels that the customer wishes for its class (the company's choice where
/// nothing is wished), its amounts in the document's currency. Key, times and `datos` are the producer's to add.
/// Withheld when the customer wants no messages of the class, and while a silence on `today`, the company's, covers it.
std::variant<EventLine, Withheld> customer_event(store::Database& database, const Tenant& tenant,
                                                 const CustomerCase& about, core::Date today);

/// The same in parts, for those who look at many customers of whom most are not written to. First: withheld when the
/// customer wants no messages of the class. It says nothing of silences.
std::optional<Withheld> unwanted(const store::Customer& customer, core::Event event);
/// Whom the event is for and on which channels, without a word of what it is about.
EventLine addressed_event(const Tenant& tenant, const store::Customer& customer, core::Event event);
/// Adds what it is about.
void describe(EventLine& event, const CustomerCase& about);

/// The vehicle as templates know it: patente, marca, modelo, anio.
nlohmann::json vehicle_object(const store::Vehicle& vehicle);
/// `BB-CL-45 - Corolla`: the vehicle in one line, `datos.vehiculo`.
std::string vehicle_line(const store::Vehicle& vehicle);

}  // namespace egarage::producers
