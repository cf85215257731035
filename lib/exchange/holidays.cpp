#include <array>

#include "exchange/cells.hpp"
#include "exchange/kind.hpp"
#include "exchange/references.hpp"
#include "store/calendar.hpp"

namespace egarage::exchange {
namespace {

constexpr std::array<Column, 3> columns{{Column::key("country"), Column::key("date"), Column::key("name")}};

std::optional<store::Upsert> put(store::Database& database, const Owner&, Fields& fields, core::Instant now) {
  // A name that is said to be empty takes the day away.
  const bool is_none = fields.says("name") && fields.text("name").empty();
  const store::Holiday holiday{country(fields), fields.date("date"), is_none ? "" : fields.required_text("name")};
  if (fields.refusal()) return std::nullopt;
  store::Calendar calendar{database};
  return is_none ? calendar.remove(holiday.country, holiday.day) : calendar.upsert(holiday, now);
}

void write(store::Database& database, const Owner&, const RowSink& sink) {
  for (const auto& row : store::Calendar(database).holidays()) sink({row.country, cell(row.day), row.name});
}

}  // namespace

Kind holidays() { return {"holidays", columns, put, write}; }

}  // namespace egarage::exchange
