#include "store/calendar.hpp"

#include "store/upsert.hpp"

namespace egarage::store {
namespace {

Holiday read_holiday(const Query& row) { return {row.text(0), row.date(1), row.text(2)}; }

InspectionMonth read_month(const Query& row) {
  return {row.text(0), static_cast<int>(row.integer(1)), std::chrono::month{static_cast<unsigned>(row.integer(2))}};
}

}  // namespace

Upsert Calendar::upsert(const Holiday& holiday, core::Instant now) {
  return store::upsert(
      database_, "INSERT INTO holiday (country, day, name, updated_at) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
      "UPDATE holiday SET name = ?3, updated_at = ?4 WHERE country = ?1 AND day = ?2 AND name <> ?3", holiday.country,
      holiday.day, holiday.name, now);
}

Upsert Calendar::remove(std::string_view country, core::Date day) {
  const auto removed = execute(database_, "DELETE FROM holiday WHERE country = ?1 AND day = ?2", country, day);
  return removed == 0 ? Upsert::unchanged : Upsert::changed;
}

std::optional<Holiday> Calendar::holiday(std::string_view country, core::Date day) const {
  Query query(database_, "SELECT country, day, name FROM holiday WHERE country = ?1 AND day = ?2", country, day);
  if (!query.next()) return std::nullopt;
  return read_holiday(query);
}

std::vector<Holiday> Calendar::holidays(std::string_view country) const {
  std::vector<Holiday> result;
  Query query(database_, "SELECT country, day, name FROM holiday WHERE country = ?1 ORDER BY day", country);
  while (query.next()) result.push_back(read_holiday(query));
  return result;
}

std::vector<Holiday> Calendar::holidays() const {
  std::vector<Holiday> result;
  Query query(database_, "SELECT country, day, name FROM holiday ORDER BY country, day");
  while (query.next()) result.push_back(read_holiday(query));
  return result;
}

Upsert Calendar::upsert(const InspectionMonth& month, core::Instant now) {
  return store::upsert(
      database_,
      "INSERT INTO inspection_month (country, plate_digit, month, updated_at) VALUES (?1, ?2, ?3, ?4)"
      " ON CONFLICT DO NOTHING",
      "UPDATE inspection_month SET month = ?3, updated_at = ?4 WHERE country = ?1 AND plate_digit = ?2 AND month <> ?3",
      month.country, month.digit, std::int64_t{static_cast<unsigned>(month.month)}, now);
}

std::optional<InspectionMonth> Calendar::inspection_month(std::string_view country, int digit) const {
  Query query(database_,
              "SELECT country, plate_digit, month FROM inspection_month WHERE country = ?1 AND plate_digit = ?2",
              country, digit);
  if (!query.next()) return std::nullopt;
  return read_month(query);
}

std::vector<InspectionMonth> Calendar::inspection_months() const {
  std::vector<InspectionMonth> result;
  Query query(database_, "SELECT country, plate_digit, month FROM inspection_month ORDER BY country, plate_digit");
  while (query.next()) result.push_back(read_month(query));
  return result;
}

}  // namespace egarage::store
