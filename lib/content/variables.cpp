#include "content/variables.hpp"

#include <algorithm>
#include <string>

namespace egarage::content {
namespace {

using core::Event;
using nlohmann::json;

constexpr EventSet all{
    Event::documento_creado,  Event::suscripcion_vence, Event::suscripcion_vencida, Event::mantenimiento_recordatorio,
    Event::revision_vehiculo, Event::pago_pendiente,    Event::cliente_inactivo};
constexpr EventSet to_customers{Event::documento_creado, Event::mantenimiento_recordatorio, Event::revision_vehiculo,
                                Event::pago_pendiente, Event::cliente_inactivo};
constexpr EventSet to_administrators{Event::suscripcion_vence, Event::suscripcion_vencida};
constexpr EventSet with_document{Event::documento_creado, Event::mantenimiento_recordatorio, Event::pago_pendiente};
constexpr EventSet with_estimate{Event::documento_creado, Event::mantenimiento_recordatorio};
constexpr EventSet payment{Event::pago_pendiente};
constexpr EventSet with_bill{Event::documento_creado, Event::pago_pendiente};
constexpr EventSet with_end{Event::suscripcion_vence, Event::suscripcion_vencida, Event::pago_pendiente};
constexpr EventSet scheduled{Event::mantenimiento_recordatorio, Event::revision_vehiculo};
constexpr EventSet maintenance{Event::mantenimiento_recordatorio};

constexpr auto text = VariableType::text;
constexpr auto number = VariableType::number;
constexpr auto amount = VariableType::amount;
constexpr auto date = VariableType::date;

constexpr Variable rows[] = {
    {"empresa.nombre_taller", text, all, "Taller Los Andes", "Sunshine Auto Care",
     "the workshop, as its customers know it"},
    {"empresa.empresa", text, all, "Servicios Los Andes SpA", "Sunshine Auto Care LLC", "its legal name"},
    {"empresa.email", text, all, "contacto@losandes.example", "hello@sunshine.example", "where it reads e-mail"},
    {"empresa.telefono", text, all, "+56 2 2555 0101", "+1 305 555 0142", "its phone number"},
    {"empresa.direccion", text, all, "Av. Matta 1010, Santiago", "1200 Palm Ave, Miami, FL", "where it is"},
    {"empresa.pais", text, all, "CL", "US", "its country, ISO 3166-1"},
    {"empresa.moneda", text, all, "CLP", "USD", "its currency, ISO 4217"},
    {"plataforma.nombre", text, all, "E-Garage", "E-Garage", "the SaaS itself"},
    {"plataforma.email", text, all, "ayuda@egarage.example", "help@egarage.example", "where it reads e-mail"},
    {"fecha_actual", date, all, "2026-11-22", "2026-11-22", "today, where the company is"},
    {"cliente.nombre", text, to_customers, "Ana", "Emily", "the customer's first name"},
    {"cliente.apellido", text, to_customers, "Soto", "Carter", "the customer's last name"},
    {"cliente.email", text, to_customers, "ana.soto@example.cl", "emily@example.com", "the customer's e-mail address"},
    {"cliente.telefono", text, to_customers, "+56 9 6123 4567", "+1 786 555 0177", "the customer's phone number"},
    {"cliente.idioma", text, to_customers, "es", "en", "the customer's language"},
    {"usuario.nombre", text, to_administrators, "Marta", "Robert", "the company's administrator"},
    {"usuario.apellido", text, to_administrators, "Ríos", "Hill", "the administrator's last name"},
    {"usuario.email", text, to_administrators, "marta@losandes.example", "rob@sunshine.example",
     "the administrator's e-mail address"},
    {"usuario.telefono", text, to_administrators, "+56 9 7234 5678", "+1 305 555 0199",
     "the administrator's phone number"},
    {"usuario.idioma", text, to_administrators, "es", "en", "the administrator's language"},
    {"vehiculo.patente", text, to_customers, "BB-CL-45", "7ABC123", "its plate"},
    {"vehiculo.marca", text, to_customers, "Toyota", "Ford", "its make"},
    {"vehiculo.modelo", text, to_customers, "Corolla", "Escape", "its model"},
    {"vehiculo.anio", number, to_customers, "2018", "2019", "its model year"},
    {"vehiculo.vin", text, to_customers, "JTDBR32E720012345", "1FMCU0F70JUA12345", "its identification number"},
    {"documento.id", number, with_document, "1042", "1042", "its number in the host application"},
    {"documento.numero_documento", text, with_estimate, "P-1042", "E-1042", "its number, as printed on it"},
    {"documento.numero_documento", text, payment, "7998", "19016", "its number, as printed on it"},
    {"documento.tipo_documento", text, with_estimate, "Presupuesto", "Presupuesto",
     "`Presupuesto`, `Orden de trabajo` or `Factura`"},
    {"documento.tipo_documento", text, payment, "Factura", "Factura", "`Presupuesto`, `Orden de trabajo` or `Factura`"},
    {"documento.fecha", date, with_document, "2026-11-20", "2026-11-20", "its date"},
    {"documento.fecha_documento", date, with_document, "2026-11-20", "2026-11-20",
     "the same, as old templates call it"},
    {"documento.kilometraje", number, with_document, "84500", "52400", "the odometer on that day"},
    {"documento.observaciones", text, with_document, "Revisar frenos en la próxima visita",
     "Check the brakes at the next visit", "remarks"},
    {"documento.total", amount, with_document, "189990", "348.5", "its total"},
    {"datos.total", amount, with_bill, "189990", "348.5", "the amount that the message is about"},
    {"datos.total", amount, to_administrators, "29990", "49", "the price of a renewal"},
    {"datos.dias_restantes", number, with_end, "5", "5",
     "days left until the date that the message is about; 0 is today"},
    {"datos.dias_atraso", number, payment, "0", "0", "days since the payment was due; 0 when it is not overdue"},
    {"datos.dias_atraso", number, maintenance, "0", "0",
     "days since the service was due; absent when it is not overdue"},
    {"datos.fecha_vencimiento", date, with_end, "2026-11-27", "2026-11-27",
     "when the subscription ends, or the payment is due"},
    {"datos.plan", text, to_administrators, "premium", "premium", "the plan subscribed to"},
    {"datos.tipo_mantenimiento", text, maintenance, "ACEITE", "ACEITE", "one of the ten types, e.g. `FRENOS`"},
    {"datos.fecha_programada", date, scheduled, "2026-12-04", "2026-12-04", "the day it is due or booked for"},
    {"datos.hora", VariableType::time, EventSet{Event::revision_vehiculo}, "09:30", "09:30",
     "the time of a booked inspection"},
    {"datos.kilometraje_programado", number, maintenance, "90000", "55000", "the odometer at which it is due"},
    {"datos.descripcion", text, maintenance, "Aceite sintético 5W-30 y filtro", "Synthetic 5W-30 and filter",
     "details, in the workshop's words"},
    {"datos.descripcion", text, EventSet{Event::revision_vehiculo}, "La revisión toma unos 40 minutos.",
     "The inspection takes about 40 minutes.", "what to know beforehand, in the workshop's words"},
    {"datos.descripcion", text, EventSet{Event::cliente_inactivo}, "Este mes la revisión de frenos es gratis.",
     "This month the brake check is free.", "an offer or a remark, in the workshop's words"},
    {"datos.tipo_revision", text, EventSet{Event::revision_vehiculo}, "", "",
     "`tecnica`: the yearly technical inspection that the law demands"},
    {"datos.fecha_limite", date, EventSet{Event::revision_vehiculo}, "", "",
     "the day by which such an inspection must be passed, where more than its month is known"},
    {"datos.ultima_visita", date, EventSet{Event::cliente_inactivo}, "2025-10-14", "2025-10-14",
     "the customer's latest visit"},
    {"datos.meses", number, EventSet{Event::cliente_inactivo}, "13", "13", "whole months since the latest visit"},
    {"datos.vehiculo", text, to_customers, "BB-CL-45 - Corolla", "7ABC123 - Escape",
     "the vehicle in one line, as old templates call it"},
    {"datos.recordatorios", VariableType::list, maintenance, "", "",
     "several reminders in one message; absent when there is one"},
    {"datos.recordatorios.*.tipo_mantenimiento", text, maintenance, "ACEITE|FRENOS", "ACEITE|FRENOS",
     "as in `datos`, for each of them"},
    {"datos.recordatorios.*.descripcion", text, maintenance, "Aceite sintético 5W-30|", "Synthetic 5W-30|",
     "as in `datos`"},
    {"datos.recordatorios.*.fecha_programada", date, maintenance, "2026-12-04|2026-12-10", "2026-12-04|2026-12-10",
     "as in `datos`"},
    {"datos.recordatorios.*.kilometraje_programado", number, maintenance, "90000|92000", "55000|56000",
     "as in `datos`"},
    {"datos.recordatorios.*.dias_atraso", number, maintenance, "0|0", "0|0", "as in `datos`"},
    {"datos.recordatorios.*.vehiculo", text, maintenance, "BB-CL-45 - Corolla|BB-CL-45 - Corolla",
     "7ABC123 - Escape|7ABC123 - Escape", "the vehicle in one line"},
};

json value_of(VariableType type, std::string_view example) {
  if (type == VariableType::number || type == VariableType::amount) return json::parse(example);
  return std::string{example};
}

/// Puts the value where its path says: `vehiculo.marca` into the object `vehiculo`.
void put(json& objects, std::string_view path, json value) {
  const auto dot = path.find('.');
  if (dot == std::string_view::npos) {
    objects[std::string{path}] = std::move(value);
  } else {
    put(objects[std::string{path.substr(0, dot)}], path.substr(dot + 1), std::move(value));
  }
}

/// `a|b` for the member of a list: one value for each item.
void put_members(json& list, std::string_view member, VariableType type, std::string_view examples) {
  for (std::size_t item = 0;; ++item) {
    const auto end = examples.find('|');
    const auto example = examples.substr(0, end);
    if (!example.empty()) list[item][std::string{member}] = value_of(type, example);
    if (end == std::string_view::npos) return;
    examples.remove_prefix(end + 1);
  }
}

/// What the program adds by itself, whatever the event says.
bool is_added(std::string_view path) {
  return path.starts_with("empresa.") || path.starts_with("plataforma.") || path == "fecha_actual" ||
         path == "documento.fecha_documento";
}

/// The event's line calls both of them `recipient`.
std::string as_in_event(std::string_view path) {
  for (const std::string_view person : {"cliente.", "usuario."}) {
    if (path.starts_with(person)) return "recipient." + std::string{path.substr(person.size())};
  }
  return std::string{path};
}

}  // namespace

std::span<const Variable> variables() { return rows; }

json sample_objects(Event event, Place place, Detail detail) {
  json objects = json::object();
  for (const auto& variable : rows) {
    if (!variable.events.contains(event) || is_added(variable.path)) continue;
    const auto path = as_in_event(variable.path);
    if (detail == Detail::minimal && path != "recipient.email") continue;
    const auto example = place == Place::chile ? variable.chilean : variable.american;
    constexpr std::string_view every_item = ".*.";
    if (const auto star = path.find(every_item); star != std::string::npos) {
      if (detail != Detail::combined) continue;
      std::string pointer = "/" + path.substr(0, star);
      std::ranges::replace(pointer, '.', '/');
      put_members(objects[json::json_pointer(pointer)], path.substr(star + every_item.size()), variable.type, example);
    } else if (!example.empty()) {
      put(objects, path, value_of(variable.type, example));
    }
  }
  return objects;
}

}  // namespace egarage::content
