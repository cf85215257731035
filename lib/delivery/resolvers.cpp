#include "delivery/resolvers.hpp"

#include <algorithm>
#include <array>

#include "core/ladder_key.hpp"
#include "core/renewal.hpp"
#include "delivery/resolvers_maintenance.hpp"
#include "store/dedup_keys.hpp"
#include "store/subscriptions.hpp"

namespace egarage::delivery {

namespace {

/// Its key says which end it announces. The host's own keys say nothing, and stay the host's business.
std::optional<std::string> subscription_moved(store::Database& database, const Reason& reason) {
  const auto announced = core::ladder_key_in(store::dedup_key(database, reason.notification));
  if (!announced) return std::nullopt;
  return core::renewal(announced->date, store::subscription_end(database, reason.company));
}

}  // namespace

std::span<const ResolverRow> resolvers() {
  static constexpr std::array<ResolverRow, 4> rows{{
      {core::Event::suscripcion_vence, subscription_moved},
      {core::Event::suscripcion_vencida, subscription_moved},
      {core::Event::mantenimiento_recordatorio, serviced},
      {core::Event::revision_vehiculo, inspected},
  }};
  return rows;
}

std::optional<std::string> gone(store::Database& database, core::Event event, const Reason& reason) {
  const auto row = std::ranges::find(resolvers(), event, &ResolverRow::event);
  return row == resolvers().end() ? std::nullopt : row->resolve(database, reason);
}

}  // namespace egarage::delivery
