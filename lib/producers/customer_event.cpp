#include "producers/customer_event.hpp"

#include <fmt/format.h>

#include "content/context.hpp"
#include "core/utf8.hpp"
#include "store/silences.hpp"

namespace egarage::producers {
namespace {

using nlohmann::json;

std::optional<Withheld> silence(store::Database& database, const Tenant& tenant, const CustomerCase& about,
                                core::Date today) {
  store::SilenceSubject subject{about.customer.key, std::nullopt, about.event};
  if (about.vehicle) subject.vehicle = about.vehicle->key;
  const auto covering = store::Silences{database}.covering(tenant.id, subject, today);
  if (!covering) return std::nullopt;
  return Withheld{store::describe(*covering)};
}

json recipient_object(const store::Customer& customer) {
  json object{{"nombre", customer.name}};
  if (!customer.surname.empty()) object["apellido"] = customer.surname;
  if (customer.email) object["email"] = *customer.email;
  if (customer.phone) object["telefono"] = *customer.phone;
  return object;
}

json document_object(const store::Document& document) {
  json object{{"id", document.key},
              {"tipo_documento", document.type},
              {"numero_documento", document.number},
              {"fecha", core::format_date(document.date)}};
  if (document.odometer) object["kilometraje"] = *document.odometer;
  if (document.total) object["total"] = core::format_money(*document.total);
  return object;
}

}  // namespace

json vehicle_object(const store::Vehicle& vehicle) {
  json object{{"patente", vehicle.plate}, {"marca", vehicle.make}, {"modelo", vehicle.model}};
  if (vehicle.year) object["anio"] = *vehicle.year;
  return object;
}

std::string vehicle_line(const store::Vehicle& vehicle) { return content::vehicle_name(vehicle.plate, vehicle.model); }

std::variant<EventLine, Withheld> customer_event(store::Database& database, const Tenant& tenant,
                                                 const CustomerCase& about, core::Date today) {
  if (auto no = unwanted(about.customer, about.event)) return *std::move(no);
  if (auto silent = silence(database, tenant, about, today)) return *std::move(silent);
  auto event = addressed_event(tenant, about.customer, about.event);
  describe(event, about);
  return event;
}

std::optional<Withheld> unwanted(const store::Customer& customer, core::Event event) {
  const auto event_class = core::traits(event).event_class;
  const auto& wish = customer.wish(event_class);
  if (!wish || !wish->empty()) return std::nullopt;
  return Withheld{fmt::format("wants no {} messages", core::to_string(event_class))};
}

EventLine addressed_event(const Tenant& tenant, const store::Customer& customer, core::Event code) {
  EventLine event;
  event.event = code;
  event.company = tenant.company.slug;
  event.customer = customer.key;
  event.recipient.name = core::one_line(fmt::format("{} {}", customer.name, customer.surname));
  if (customer.email) event.recipient.email = core::EmailAddress::parse(*customer.email);
  event.recipient.phone = customer.phone.value_or("");
  event.recipient.language = customer.language;
  if (const auto& wish = customer.wish(core::traits(code).event_class)) event.channels = *wish;
  return event;
}

void describe(EventLine& event, const CustomerCase& about) {
  event.objects = {{"recipient", recipient_object(about.customer)}};
  if (about.vehicle) {
    event.objects["vehiculo"] = vehicle_object(*about.vehicle);
    event.subjects.push_back({store::SubjectKind::vehicle, about.vehicle->key});
  }
  if (about.document) {
    event.objects["documento"] = document_object(*about.document);
    if (about.document->total) event.currency = about.document->total->currency;
    event.subjects.push_back({store::SubjectKind::document, about.document->key});
  }
}

}  // namespace egarage::producers
