#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "core/company.hpp"
#include "core/event.hpp"
#include "core/time_zone.hpp"

namespace egarage::content {

/// E-Garage itself, as messages name it: `plataforma.*`.
struct PlatformIdentity {
  std::string name;
  std::string email;  ///< where administrators write to; may be empty
};

/// `PATENTE - MODELO`, or the one of the two that is known: what printing `vehiculo` gives.
std::string vehicle_name(std::string_view plate, std::string_view model);

/// The variables that a message's template sees. `objects` holds what came with the event: `recipient` (nombre,
/// apellido, email, telefono), `documento`, `vehiculo`, `datos`; each may be absent. Added are
/// - `empresa` and `plataforma`,
/// - `cliente` (or `usuario`, the administrator, for notices to the company), made of `recipient`,
/// - what printing `vehiculo` gives: `PATENTE - MODELO`, or the one of the two that is known,
/// - `documento.fecha` and `documento.fecha_documento`, each from the other,
/// - `fecha_actual`: today where the company is.
nlohmann::json make_context(nlohmann::json objects, const core::Company& company, const PlatformIdentity& platform,
                            core::Audience audience, const core::TimeZone& zone, core::Instant now);

}  // namespace egarage::content
