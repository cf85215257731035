#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "core/enum_names.hpp"

namespace egarage::core {

/// What happened in the workshop. The codes are a public contract of the host application.
enum class Event {
  documento_creado,
  suscripcion_vence,
  suscripcion_vencida,
  mantenimiento_recordatorio,
  revision_vehiculo,
  pago_pendiente,
  cliente_inactivo,
};

/// Decides which rules of consent and which legal limits apply.
enum class EventClass {
  transactional,  ///< about something the recipient asked for; an opt-out of promotion does not silence it
  collection,     ///< about an unpaid bill
  promotional,    ///< needs a way to stop, and honours it
};

inline constexpr EnumNames<EventClass, 3> event_class_names{{{EventClass::transactional, "transactional"},
                                                             {EventClass::collection, "collection"},
                                                             {EventClass::promotional, "promotional"}}};
inline std::string_view to_string(EventClass event_class) { return name_of(event_class_names, event_class); }

enum class Audience { customer, company_admin };

struct EventTraits {
  Event event;
  std::string_view code;  ///< e.g. `DOCUMENTO_CREADO`
  EventClass event_class;
  Audience audience;  ///< notices to the company's admin go out from the platform's own account
};

inline constexpr std::array<EventTraits, 7> all_events{{
    {Event::documento_creado, "DOCUMENTO_CREADO", EventClass::transactional, Audience::customer},
    {Event::suscripcion_vence, "SUSCRIPCION_VENCE", EventClass::transactional, Audience::company_admin},
    {Event::suscripcion_vencida, "SUSCRIPCION_VENCIDA", EventClass::transactional, Audience::company_admin},
    {Event::mantenimiento_recordatorio, "MANTENIMIENTO_RECORDATORIO", EventClass::transactional, Audience::customer},
    {Event::revision_vehiculo, "REVISION_VEHICULO", EventClass::transactional, Audience::customer},
    {Event::pago_pendiente, "PAGO_PENDIENTE", EventClass::collection, Audience::customer},
    {Event::cliente_inactivo, "CLIENTE_INACTIVO", EventClass::promotional, Audience::customer},
}};

const EventTraits& traits(Event event);
inline std::string_view to_string(Event event) { return traits(event).code; }
/// Empty for a code that is none of the seven.
std::optional<Event> parse_event(std::string_view code);

}  // namespace egarage::core
