#include "delivery/resolvers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/key_part.hpp"
#include "core/ladder_key.hpp"
#include "core/period_key.hpp"
#include "core/renewal.hpp"
#include "delivery/resolvers_maintenance.hpp"
#include "store/dedup_keys.hpp"
#include "store/reasons.hpp"
#include "store/subjects.hpp"
#include "store/subscriptions.hpp"

namespace egarage::delivery {

namespace {

bool is_about(std::string_view dedup_key, core::Event event, std::string_view thing) {
  return dedup_key.starts_with(fmt::format("{}/{}/", core::to_string(event), core::key_part(thing)));
}

/// Its key says which end it announces. The host's own keys say nothing, and stay the host's business.
std::optional<std::string> subscription_moved(store::Database& database, const Reason& reason) {
  const auto announced = core::ladder_key_in(store::dedup_key(database, reason.notification));
  if (!announced) return std::nullopt;
  return core::renewal(announced->date, store::subscription_end(database, reason.company));
}

/// The host may write about its documents under keys of its own: only ours begin with the document and a due date.
std::optional<std::string> document_settled(store::Database& database, const Reason& reason) {
  const auto key = store::dedup_key(database, reason.notification);
  const auto announced = core::ladder_key_in(key);
  if (!announced) return std::nullopt;
  for (const auto& [kind, thing] : store::subjects_of(database, reason.notification)) {
    if (kind != store::SubjectKind::document || !is_about(key, core::Event::pago_pendiente, thing)) continue;
    return store::why_not_asked(database, reason.company, thing, announced->date);
  }
  return std::nullopt;
}

/// In UTC, today is at most a day off, which makes no difference to a reminder that comes within a month.
std::optional<std::string> customer_came_back(store::Database& database, const Reason& reason) {
  const auto key = store::dedup_key(database, reason.notification);
  const auto period = core::period_key_in(key);
  const auto customer = store::customer_of(database, reason.notification);
  if (!period || !customer || !is_about(key, core::Event::cliente_inactivo, *customer)) return std::nullopt;
  const core::Date today{std::chrono::floor<std::chrono::days>(reason.now)};
  return store::why_not_invited(database, reason.company, {*customer, period->since, today});
}

}  // namespace

std::span<const ResolverRow> resolvers() {
  static constexpr std::array<ResolverRow, 6> rows{{
      {core::Event::suscripcion_vence, subscription_moved},
      {core::Event::suscripcion_vencida, subscription_moved},
      {core::Event::pago_pendiente, document_settled},
      {core::Event::cliente_inactivo, customer_came_back},
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
