#include <array>

#include "exchange/cells.hpp"
#include "exchange/kind.hpp"
#include "exchange/references.hpp"
#include "store/calendar.hpp"

namespace egarage::exchange {
namespace {

constexpr std::array<Column, 3> columns{{Column::key("country"), Column::number("digit", Column::Presence::always),
                                         Column::number("month", Column::Presence::always)}};

std::optional<store::Upsert> put(store::Database& database, const Owner&, Fields& fields, core::Instant now) {
  const store::InspectionMonth month{country(fields), static_cast<int>(fields.number("digit", 0, 9)),
                                     std::chrono::month{static_cast<unsigned>(fields.number("month", 1, 12))}};
  if (fields.refusal()) return std::nullopt;
  return store::Calendar(database).upsert(month, now);
}

void write(store::Database& database, const Owner&, const RowSink& sink) {
  for (const auto& row : store::Calendar(database).inspection_months()) {
    sink({row.country, number_cell(row.digit), number_cell(static_cast<unsigned>(row.month))});
  }
}

}  // namespace

Kind inspection_months() { return {"inspection-months", columns, put, write}; }

}  // namespace egarage::exchange
