#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "producers/maintenance/reminder_steps.hpp"
#include "store/database.hpp"
#include "store/directory.hpp"

namespace egarage::producers::maintenance {

/// What there is to say of one type of maintenance of a vehicle.
struct TypeStory {
  core::MaintenanceType type{};
  std::string plan;          ///< `every 12 months or 10,000 km after the last service`; empty: none applies
  std::string last_service;  ///< `2025-12-01, 125,000 km (document doc-1042)`; empty: none is known
  struct Reminder {
    std::string key;
    store::ReminderState state{};
    std::string due;               ///< `2026-12-01 or 135,000 km, whichever comes first`
    std::vector<std::string> why;  ///< find_due's sentences: where it stands today, with the forecast and its inputs
    std::string next;              ///< `to be announced on 2026-11-01`, or why nothing is to come
  };
  std::vector<Reminder> reminders;  ///< open ones, and the one that was closed last
  std::string missing;              ///< why a plan makes no reminder: `nothing to count from: …`; empty: it makes one
};

/// Why a vehicle is reminded of what it is, or of nothing.
struct VehicleStory {
  store::Vehicle vehicle;
  std::string mileage;  ///< describe(MileageEstimate): rate, inputs, rejected readings
  Confidence confidence{};
  std::vector<std::string> readings;  ///< `2026-10-01: 132,970 km (document)`, oldest first
  std::vector<TypeStory> types;       ///< those with a plan or a reminder
  std::string nothing;                ///< why there are none; empty when there are
};

/// As of `today`, by the same rules as the planning, from what the store holds; also for a vehicle that waits to be
/// planned. Empty when the company has no such vehicle. Reads only.
std::optional<VehicleStory> vehicle_story(store::Database& database, const store::StoredCompany& company,
                                          std::string_view vehicle, const ReminderRules& rules, core::Date today);

/// The story as lines of text, indented by two blanks a level.
std::vector<std::string> lines_of(const VehicleStory& story);

}  // namespace egarage::producers::maintenance
