#include "store/maintenance_plans.hpp"

#include <algorithm>
#include <array>

#include "core/ascii.hpp"
#include "store/upsert.hpp"

namespace egarage::store {
namespace {

#define EGARAGE_SELECT_PLAN                                                                                       \
  "SELECT type, vehicle_key, make, model, every_months, every_distance, unit, mode, days_before, distance_before" \
  " FROM maintenance_plan WHERE company_id = ?1"

MaintenancePlan read(const Query& row) {
  MaintenancePlan plan;
  plan.type = row.name(0, core::maintenance_type_names);
  plan.vehicle = row.optional_text(1);
  plan.make = row.text(2);
  plan.model = row.text(3);
  if (!row.is_null(4)) plan.months = static_cast<int>(row.integer(4));
  if (!row.is_null(5)) plan.distance = PlanDistance{row.integer(5), row.name(6, core::distance_unit_names)};
  plan.mode = row.name(7, plan_mode_names);
  if (!row.is_null(8)) plan.days_before = static_cast<int>(row.integer(8));
  plan.distance_before = row.optional_integer(9);
  return plan;
}

bool same_word(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, core::lower, core::lower);
}

/// How closely a plan fits: 3 for the vehicle itself, 0 for all vehicles; empty when it is for others.
std::optional<int> closeness(const MaintenancePlan& plan, const Vehicle& vehicle) {
  if (plan.vehicle) return *plan.vehicle == vehicle.key ? std::optional(3) : std::nullopt;
  if (plan.make.empty()) return 0;
  if (!same_word(plan.make, vehicle.make)) return std::nullopt;
  if (plan.model.empty()) return 1;
  return same_word(plan.model, vehicle.model) ? std::optional(2) : std::nullopt;
}

}  // namespace

Upsert MaintenancePlans::upsert(CompanyId company, const MaintenancePlan& plan, core::Instant now) {
  std::optional<std::int64_t> length;
  std::optional<std::string_view> unit;
  if (plan.distance) {
    length = plan.distance->length;
    unit = core::name_of(core::distance_unit_names, plan.distance->unit);
  }
  return store::upsert(
      database_,
      "INSERT INTO maintenance_plan (company_id, type, vehicle_key, make, model, every_months, every_distance, unit,"
      " mode, days_before, distance_before, updated_at)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12) ON CONFLICT DO NOTHING",
      "UPDATE maintenance_plan SET make = ?4, model = ?5, every_months = ?6, every_distance = ?7, unit = ?8, mode = ?9,"
      " days_before = ?10, distance_before = ?11, updated_at = ?12 WHERE company_id = ?1 AND type = ?2"
      " AND coalesce(vehicle_key, '') = coalesce(?3, '') AND make = ?4 AND model = ?5"
      " AND (make COLLATE BINARY, model COLLATE BINARY, every_months, every_distance, unit, mode, days_before,"
      " distance_before) IS NOT (?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
      company, core::name_of(core::maintenance_type_names, plan.type), plan.vehicle, plan.make, plan.model, plan.months,
      length, unit, core::name_of(plan_mode_names, plan.mode), plan.days_before, plan.distance_before, now);
}

std::optional<MaintenancePlan> MaintenancePlans::find(CompanyId company, const MaintenancePlan& like) const {
  Query query(database_,
              EGARAGE_SELECT_PLAN
              " AND type = ?2 AND coalesce(vehicle_key, '') = coalesce(?3, '') AND make = ?4 AND model = ?5",
              company, core::name_of(core::maintenance_type_names, like.type), like.vehicle, like.make, like.model);
  if (!query.next()) return std::nullopt;
  return read(query);
}

std::vector<MaintenancePlan> MaintenancePlans::list(CompanyId company) const {
  std::vector<MaintenancePlan> result;
  Query query(database_, EGARAGE_SELECT_PLAN " ORDER BY type, coalesce(vehicle_key, ''), make, model", company);
  while (query.next()) result.push_back(read(query));
  return result;
}

#undef EGARAGE_SELECT_PLAN

std::vector<MaintenancePlan> plans_for(const Vehicle& vehicle, const std::vector<MaintenancePlan>& plans) {
  std::array<std::pair<int, const MaintenancePlan*>, core::maintenance_type_names.size()> closest{};
  for (const auto& plan : plans) {
    auto& [best, chosen] = closest.at(static_cast<std::size_t>(plan.type));
    const auto fit = closeness(plan, vehicle);
    if (!fit || (chosen && *fit <= best)) continue;
    best = *fit;
    chosen = &plan;
  }
  std::vector<MaintenancePlan> result;
  for (const auto& [fit, plan] : closest) {
    if (plan) result.push_back(*plan);
  }
  return result;
}

}  // namespace egarage::store
