#pragma once

#include "delivery/resolvers.hpp"

namespace egarage::delivery {

/// MANTENIMIENTO_RECORDATORIO: gone when each of its reminders is done, cancelled or moved, or its vehicle sold or
/// another's. What the host enqueued without saying what it is about is its own business.
std::optional<std::string> serviced(store::Database& database, const Reason& reason);

/// REVISION_VEHICULO: gone when its appointment is done, cancelled or moved, when the inspection was made otherwise, or
/// the vehicle is sold or another's.
std::optional<std::string> inspected(store::Database& database, const Reason& reason);

}  // namespace egarage::delivery
