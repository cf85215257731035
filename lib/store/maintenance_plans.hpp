#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/distance_unit.hpp"
#include "core/enum_names.hpp"
#include "core/instant.hpp"
#include "core/maintenance_type.hpp"
#include "store/database.hpp"
#include "store/directory.hpp"
#include "store/identifiers.hpp"
#include "store/vehicles.hpp"

namespace egarage::store {

/// What the next service is counted from: the dates and mileages of the plan, or the last service.
enum class PlanMode { fixed, floating };
inline constexpr core::EnumNames<PlanMode, 2> plan_mode_names{
    {{PlanMode::fixed, "fixed"}, {PlanMode::floating, "floating"}}};

struct PlanDistance {
  std::int64_t length = 0;
  core::DistanceUnit unit = core::DistanceUnit::km;
  bool operator==(const PlanDistance&) const = default;
};

/// How often a type of maintenance is due; whichever comes first where both intervals stand.
struct MaintenancePlan {
  core::MaintenanceType type{};
  std::optional<std::string> vehicle;  ///< key: for that vehicle only
  std::string make, model;             ///< else for those of a make (and model), or, both empty, for all
  std::optional<int> months;
  std::optional<PlanDistance> distance;
  PlanMode mode = PlanMode::floating;
  std::optional<int> days_before;               ///< how early its reminders go out; absent: the company's choice
  std::optional<std::int64_t> distance_before;  ///< the same by mileage, in the unit of `distance`
  bool operator==(const MaintenancePlan&) const = default;
};

/// A company's plans: at most one per type and group of vehicles. There are few; lists are complete.
class MaintenancePlans {
 public:
  explicit MaintenancePlans(Database& database) : database_(database) {}

  /// Creates the plan or makes the one for the same type and vehicles equal to it. Audited; all vehicles that it may
  /// be for are to be planned anew.
  Upsert upsert(CompanyId company, const MaintenancePlan& plan, core::Instant now);
  /// The plan for exactly that type and group of vehicles, which `like` names.
  std::optional<MaintenancePlan> find(CompanyId company, const MaintenancePlan& like) const;
  std::vector<MaintenancePlan> list(CompanyId company) const;  ///< by type, vehicle, make, model

 private:
  Database& database_;
};

/// The plans for a vehicle among its company's, one a type: the most particular one, which is its own, then that of its
/// model, of its make, of all. Makes and models are compared without regard to ASCII case.
std::vector<MaintenancePlan> plans_for(const Vehicle& vehicle, const std::vector<MaintenancePlan>& plans);

}  // namespace egarage::store
