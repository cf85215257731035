#include "store/maintenance_reminders.hpp"

#include "store/upsert.hpp"

namespace egarage::store {
namespace {

#define EGARAGE_SELECT_REMINDER                                                                                    \
  "SELECT key, vehicle_key, type, description, due_on, due_odometer, days_before, distance_before, state, source," \
  " notified_at, closed_by, expected_on, forecast_on, counted_from, latest_on, next_step_on, told"                 \
  " FROM maintenance_reminder WHERE company_id = ?1 AND "

MaintenanceReminder read(const Query& row) {
  MaintenanceReminder reminder;
  reminder.key = row.text(0);
  reminder.vehicle = row.text(1);
  reminder.type = row.name(2, core::maintenance_type_names);
  reminder.description = row.text(3);
  reminder.due = row.optional_date(4);
  reminder.due_odometer = row.optional_integer(5);
  if (!row.is_null(6)) reminder.days_before = static_cast<int>(row.integer(6));
  reminder.distance_before = row.optional_integer(7);
  reminder.state = row.name(8, reminder_state_names);
  reminder.source = row.name(9, reminder_source_names);
  reminder.notified = row.optional_instant(10);
  reminder.closed_by = row.optional_text(11);
  return reminder;
}

std::vector<MaintenanceReminder> read_all(Query& query) {
  std::vector<MaintenanceReminder> result;
  while (query.next()) result.push_back(read(query));
  return result;
}

std::vector<ScheduledReminder> read_scheduled(Query& query) {
  std::vector<ScheduledReminder> result;
  while (query.next()) {
    result.push_back(
        {read(query),
         {query.optional_date(13), query.optional_date(14), query.optional_date(15), query.optional_date(16)},
         query.optional_text(17).value_or("")});
  }
  return result;
}

std::vector<MaintenanceReminders::Expected> read_expected(Query&& query) {
  std::vector<MaintenanceReminders::Expected> result;
  while (query.next()) result.push_back({read(query), query.date(12)});
  return result;
}

}  // namespace

std::string due_text(const MaintenanceReminder& reminder) {
  auto text = reminder.due ? core::format_date(*reminder.due) : std::string{};
  if (!reminder.due_odometer) return text;
  return text + (text.empty() ? "" : "+") + std::to_string(*reminder.due_odometer);
}

Upsert MaintenanceReminders::upsert(CompanyId company, const MaintenanceReminder& reminder, core::Instant now) {
  return store::upsert(
      database_,
      "INSERT INTO maintenance_reminder (company_id, key, vehicle_key, type, description, due_on, due_odometer,"
      " days_before, distance_before, state, source, notified_at, closed_by, updated_at)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14) ON CONFLICT DO NOTHING",
      "UPDATE maintenance_reminder SET vehicle_key = ?3, type = ?4, description = ?5, due_on = ?6, due_odometer = ?7,"
      " days_before = ?8, distance_before = ?9, state = ?10, source = ?11, notified_at = ?12, closed_by = ?13,"
      " updated_at = ?14, forecast_on = iif(due_odometer IS ?7 AND vehicle_key = ?3, forecast_on, NULL)"
      " WHERE company_id = ?1 AND key = ?2 AND (vehicle_key, type, description, due_on, due_odometer, days_before,"
      " distance_before, state, source, notified_at, closed_by)"
      " IS NOT (?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
      company, reminder.key, reminder.vehicle, core::name_of(core::maintenance_type_names, reminder.type),
      reminder.description, reminder.due, reminder.due_odometer, reminder.days_before, reminder.distance_before,
      core::name_of(reminder_state_names, reminder.state), core::name_of(reminder_source_names, reminder.source),
      reminder.notified, reminder.closed_by, now);
}

std::optional<MaintenanceReminder> MaintenanceReminders::find(CompanyId company, std::string_view key) const {
  Query query(database_, EGARAGE_SELECT_REMINDER "key = ?2", company, key);
  if (!query.next()) return std::nullopt;
  return read(query);
}

std::vector<MaintenanceReminder> MaintenanceReminders::list(CompanyId company, std::string_view after,
                                                            std::size_t count) const {
  Query query(database_, EGARAGE_SELECT_REMINDER "key > ?2 ORDER BY key LIMIT ?3", company, after,
              static_cast<std::int64_t>(count));
  return read_all(query);
}

std::vector<MaintenanceReminder> MaintenanceReminders::of_vehicle(CompanyId company, std::string_view vehicle) const {
  Query query(database_, EGARAGE_SELECT_REMINDER "vehicle_key = ?2 ORDER BY key", company, vehicle);
  return read_all(query);
}

std::vector<ScheduledReminder> MaintenanceReminders::scheduled_of_vehicle(CompanyId company,
                                                                          std::string_view vehicle) const {
  Query query(database_, EGARAGE_SELECT_REMINDER "vehicle_key = ?2 ORDER BY key", company, vehicle);
  return read_scheduled(query);
}

std::vector<ScheduledReminder> MaintenanceReminders::with_step(CompanyId company, core::Date today,
                                                               const std::optional<DatedKey>& after,
                                                               std::size_t count) const {
  Query query(database_,
              EGARAGE_SELECT_REMINDER
              "next_step_on IS NOT NULL AND next_step_on <= ?2 AND (next_step_on, key) > (?3, ?4)"
              " AND state IN ('planned', 'notified') ORDER BY next_step_on, key LIMIT ?5",
              company, today, after ? core::format_date(after->date) : std::string{},
              after ? after->key : std::string{}, static_cast<std::int64_t>(count));
  return read_scheduled(query);
}

std::vector<MaintenanceReminders::Expected> MaintenanceReminders::expected(CompanyId company, ReminderState state,
                                                                           core::Date first, core::Date last,
                                                                           const std::optional<DatedKey>& after,
                                                                           std::size_t count) const {
  const auto from = after ? after->date : first;
  const auto key = after ? after->key : std::string{};
  const auto limit = static_cast<std::int64_t>(count);
#define EGARAGE_EXPECTED " AND (expected_on, key) > (?2, ?3) AND expected_on <= ?4 ORDER BY expected_on, key LIMIT ?5"
  // A partial index serves a state that stands in the statement only (sqlite.org/partialindex, section 2).
  switch (state) {
    case ReminderState::planned:
      return read_expected(
          {database_, EGARAGE_SELECT_REMINDER "state = 'planned'" EGARAGE_EXPECTED, company, from, key, last, limit});
    case ReminderState::notified:
      return read_expected(
          {database_, EGARAGE_SELECT_REMINDER "state = 'notified'" EGARAGE_EXPECTED, company, from, key, last, limit});
    case ReminderState::overdue:
      return read_expected(
          {database_, EGARAGE_SELECT_REMINDER "state = 'overdue'" EGARAGE_EXPECTED, company, from, key, last, limit});
    case ReminderState::done:
    case ReminderState::cancelled:
      break;
  }
#undef EGARAGE_EXPECTED
  return {};
}

#undef EGARAGE_SELECT_REMINDER

void MaintenanceReminders::set_forecast(CompanyId company, std::string_view key, std::optional<core::Date> day) {
  execute(
      database_,
      "UPDATE maintenance_reminder SET forecast_on = ?3 WHERE company_id = ?1 AND key = ?2 AND forecast_on IS NOT ?3",
      company, key, day);
}

std::optional<core::Date> MaintenanceReminders::forecast(CompanyId company, std::string_view key) const {
  Query query(database_, "SELECT forecast_on FROM maintenance_reminder WHERE company_id = ?1 AND key = ?2", company,
              key);
  if (!query.next()) return std::nullopt;
  return query.optional_date(0);
}

void MaintenanceReminders::set_schedule(CompanyId company, std::string_view key, const ReminderSchedule& schedule) {
  execute(database_,
          "UPDATE maintenance_reminder SET forecast_on = ?3, counted_from = ?4, latest_on = ?5, next_step_on = ?6"
          " WHERE company_id = ?1 AND key = ?2"
          " AND (forecast_on, counted_from, latest_on, next_step_on) IS NOT (?3, ?4, ?5, ?6)",
          company, key, schedule.forecast, schedule.counted_from, schedule.latest, schedule.next_step);
}

void MaintenanceReminders::postpone(CompanyId company, std::string_view key, std::optional<core::Date> day) {
  execute(database_,
          "UPDATE maintenance_reminder SET next_step_on = ?3 WHERE company_id = ?1 AND key = ?2"
          " AND state IN ('planned', 'notified')",
          company, key, day);
}

void MaintenanceReminders::note_step(CompanyId company, std::string_view key, const Step& step, core::Instant now) {
  execute(database_,
          "UPDATE maintenance_reminder SET state = ?3, notified_at = coalesce(notified_at, ?6), told = ?4,"
          " next_step_on = ?5, updated_at = ?6 WHERE company_id = ?1 AND key = ?2 AND state IN ('planned', 'notified')",
          company, key, core::name_of(reminder_state_names, step.state), step.told, step.next_step, now);
}

}  // namespace egarage::store
