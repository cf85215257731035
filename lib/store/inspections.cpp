#include "store/inspections.hpp"

#include <fmt/format.h>

#include "store/query.hpp"

namespace egarage::store {
namespace {

std::string text_of(std::chrono::year_month month) {
  return fmt::format("{:04}-{:02}", int{month.year()}, unsigned{month.month()});
}

}  // namespace

std::map<CompanyId, InspectionRound> inspection_rounds(Database& database, std::chrono::year_month month) {
  std::map<CompanyId, InspectionRound> rounds;
  Query query(database,
              "SELECT id, looked_on, left_over FROM company CROSS JOIN inspection_round AS round"
              " ON round.company_id = company.id AND round.month = ?1",
              text_of(month));
  while (query.next()) rounds[query.id<CompanyId>(0)] = {query.date(1), query.integer(2)};
  return rounds;
}

void note_inspection_round(Database& database, CompanyId company, std::chrono::year_month month,
                           const InspectionRound& round) {
  execute(database,
          "INSERT INTO inspection_round (company_id, month, looked_on, left_over) VALUES (?1, ?2, ?3, ?4)"
          " ON CONFLICT (company_id, month) DO UPDATE SET looked_on = ?3, left_over = ?4",
          company, text_of(month), round.looked_on, round.left_over);
}

std::optional<core::Date> inspected_between(Database& database, CompanyId company, std::string_view vehicle,
                                            core::Date first, core::Date last) {
  Query query(database,
              "SELECT max(day) FROM (SELECT held_on AS day FROM appointment INDEXED BY appointment_of_vehicle WHERE "
              "company_id = ?1 AND vehicle_key = ?2"
              " AND kind = 'tecnica' AND state = 'done' UNION ALL SELECT read_on FROM odometer_reading"
              " WHERE company_id = ?1 AND vehicle_key = ?2 AND source = 'inspection') WHERE day BETWEEN ?3 AND ?4",
              company, vehicle, first, last);
  return query.next() ? query.optional_date(0) : std::nullopt;
}

std::optional<core::Date> inspection_booked(Database& database, CompanyId company, std::string_view vehicle,
                                            core::Date first) {
  Query query(database,
              "SELECT min(held_on) FROM appointment INDEXED BY appointment_of_vehicle WHERE company_id = ?1 AND "
              "vehicle_key = ?2 AND kind = 'tecnica'"
              " AND state = 'scheduled' AND held_on >= ?3",
              company, vehicle, first);
  return query.next() ? query.optional_date(0) : std::nullopt;
}

}  // namespace egarage::store
