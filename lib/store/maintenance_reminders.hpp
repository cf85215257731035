#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/enum_names.hpp"
#include "core/instant.hpp"
#include "core/maintenance_type.hpp"
#include "store/customers.hpp"
#include "store/database.hpp"
#include "store/directory.hpp"
#include "store/identifiers.hpp"

namespace egarage::store {

enum class ReminderState {
  planned,
  notified,
  done,     ///< serviced
  overdue,  ///< its day has passed, and that has been followed up
  cancelled,
};
inline constexpr core::EnumNames<ReminderState, 5> reminder_state_names{{{ReminderState::planned, "planned"},
                                                                         {ReminderState::notified, "notified"},
                                                                         {ReminderState::done, "done"},
                                                                         {ReminderState::overdue, "overdue"},
                                                                         {ReminderState::cancelled, "cancelled"}}};

enum class ReminderSource { import, plan };
inline constexpr core::EnumNames<ReminderSource, 2> reminder_source_names{
    {{ReminderSource::import, "import"}, {ReminderSource::plan, "plan"}}};

/// That a vehicle is to be serviced by a day, by a mileage, or by whichever comes first.
struct MaintenanceReminder {
  std::string key;  ///< unique within the company
  std::string vehicle;
  core::MaintenanceType type{};
  std::string description;
  std::optional<core::Date> due;  ///< this or the next one stands
  std::optional<std::int64_t> due_odometer;
  std::optional<int> days_before;  ///< how early it is sent; absent: the plan's or the company's choice
  std::optional<std::int64_t> distance_before;
  ReminderState state = ReminderState::planned;
  ReminderSource source = ReminderSource::import;
  std::optional<core::Instant> notified;  ///< set in state `notified`, never in `planned`
  std::optional<std::string> closed_by;   ///< key of the document that shows it `done`
  bool operator==(const MaintenanceReminder&) const = default;
};

/// What it is due for, as keys of notifications write it: `2026-12-01`, `90000`, `2026-12-01+90000`.
std::string due_text(const MaintenanceReminder& reminder);

/// What the program works out for a reminder. Imports do not touch it: what they change makes its vehicle be planned
/// anew.
struct ReminderSchedule {
  std::optional<core::Date> forecast{};      ///< the odometer is expected to show the due mileage; absent: nobody knows
  std::optional<core::Date> counted_from{};  ///< documents of later days that cover the type have done it
  std::optional<core::Date> latest{};        ///< the last day on which it is not late
  std::optional<core::Date> next_step{};     ///< no message about it before; absent: none is to come
  bool operator==(const ReminderSchedule&) const = default;
};

struct ScheduledReminder {
  MaintenanceReminder reminder;
  ReminderSchedule schedule;
  std::string told{};  ///< of the last message about it; empty: there was none
};

/// A company's reminders. Lists come in portions: the next one begins behind the last row of the one before.
class MaintenanceReminders {
 public:
  explicit MaintenanceReminders(Database& database) : database_(database) {}

  /// Creates the reminder or makes it equal to `reminder`; a changed due mileage makes its forecast void. Changes of
  /// state are audited.
  Upsert upsert(CompanyId company, const MaintenanceReminder& reminder, core::Instant now);
  std::optional<MaintenanceReminder> find(CompanyId company, std::string_view key) const;
  std::vector<MaintenanceReminder> list(CompanyId company, std::string_view after, std::size_t count) const;
  std::vector<MaintenanceReminder> of_vehicle(CompanyId company, std::string_view vehicle) const;  ///< by key

  struct Expected {
    MaintenanceReminder reminder;
    core::Date on;  ///< the due day or the forecast day, whichever is earlier
  };
  /// Those in that state (planned, notified or overdue) that are expected from `first` to `last`, by day and key;
  /// behind `after` when given. One that is due by mileage alone is expected once it has a forecast.
  std::vector<Expected> expected(CompanyId company, ReminderState state, core::Date first, core::Date last,
                                 const std::optional<DatedKey>& after, std::size_t count) const;

  /// The day on which the odometer is expected to show the due mileage; absent: never, or nobody can tell.
  void set_forecast(CompanyId company, std::string_view key, std::optional<core::Date> day);
  std::optional<core::Date> forecast(CompanyId company, std::string_view key) const;

  std::vector<ScheduledReminder> scheduled_of_vehicle(CompanyId company, std::string_view vehicle) const;  ///< by key
  /// Belongs in the transaction that plans the vehicle.
  void set_schedule(CompanyId company, std::string_view key, const ReminderSchedule& schedule);
  /// Planned and notified ones whose next step's day has come by `today`, by that day and key; behind `after` when
  /// given.
  std::vector<ScheduledReminder> with_step(CompanyId company, core::Date today, const std::optional<DatedKey>& after,
                                           std::size_t count) const;
  /// Looks into it on that day again; absent: no more.
  void postpone(CompanyId company, std::string_view key, std::optional<core::Date> day);
  struct Step {
    ReminderState state{};  ///< `notified` or `overdue`
    std::string told;       ///< what it is due for, and which step it was
    std::optional<core::Date> next_step{};
  };
  /// A message about it has been made, or was made before. The first one's instant stays.
  void note_step(CompanyId company, std::string_view key, const Step& step, core::Instant now);

 private:
  Database& database_;
};

}  // namespace egarage::store
