#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/enum_names.hpp"
#include "core/instant.hpp"
#include "store/customers.hpp"
#include "store/database.hpp"
#include "store/directory.hpp"
#include "store/identifiers.hpp"

namespace egarage::store {

/// An inspection at the workshop, or the one that the law demands.
enum class AppointmentKind { revision, tecnica };
inline constexpr core::EnumNames<AppointmentKind, 2> appointment_kind_names{
    {{AppointmentKind::revision, "revision"}, {AppointmentKind::tecnica, "tecnica"}}};

enum class AppointmentState { scheduled, done, cancelled };
inline constexpr core::EnumNames<AppointmentState, 3> appointment_state_names{
    {{AppointmentState::scheduled, "scheduled"},
     {AppointmentState::done, "done"},
     {AppointmentState::cancelled, "cancelled"}}};

struct Appointment {
  std::string key;  ///< the host's, unique within the company
  std::string vehicle;
  AppointmentKind kind{};
  core::Date date;
  std::optional<std::chrono::minutes> time;  ///< after midnight, by the company's clock
  AppointmentState state = AppointmentState::scheduled;
  bool operator==(const Appointment&) const = default;
};

/// A company's appointments. Lists come in portions: the next one begins behind the last row of the one before.
class Appointments {
 public:
  explicit Appointments(Database& database) : database_(database) {}

  /// Creates the appointment or makes it equal to `appointment`. Changes of state are audited.
  Upsert upsert(CompanyId company, const Appointment& appointment, core::Instant now);
  std::optional<Appointment> find(CompanyId company, std::string_view key) const;
  std::vector<Appointment> list(CompanyId company, std::string_view after, std::size_t count) const;
  /// Scheduled ones from `first` to `last`, by day and key; behind `after` when given.
  std::vector<Appointment> scheduled(CompanyId company, core::Date first, core::Date last,
                                     const std::optional<DatedKey>& after, std::size_t count) const;
  std::vector<Appointment> of_vehicle(CompanyId company, std::string_view vehicle) const;  ///< by day

 private:
  Database& database_;
};

}  // namespace egarage::store
