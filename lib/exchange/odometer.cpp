#include "store/odometer.hpp"

#include <array>

#include "exchange/cells.hpp"
#include "exchange/kind.hpp"
#include "exchange/portions.hpp"
#include "exchange/references.hpp"

namespace egarage::exchange {
namespace {

constexpr std::array<Column, 5> columns{{{"company"},
                                         Column::key("vehicle"),
                                         Column::key("date"),
                                         Column::number("value", Column::Presence::always),
                                         {"source"}}};

std::optional<store::Upsert> put(store::Database& database, const Owner& owner, Fields& fields, core::Instant now) {
  const auto vehicle = fields.key("vehicle");
  store::OdometerReading reading;
  reading.date = fields.date("date");
  reading.value = fields.number("value", 0, store::highest_odometer);
  reading.source = fields.word("source", store::reading_source_names, {}, store::ReadingSource::workshop);
  if (reading.source == store::ReadingSource::document) {
    fields.refuse("source", "is \"document\": import the document with its odometer instead");
  }
  require_vehicle(database, owner, fields, vehicle);
  if (fields.refusal()) return std::nullopt;
  return store::Odometer(database).upsert(owner.id, vehicle, reading, now);
}

void write(store::Database& database, const Owner& owner, const RowSink& sink) {
  const store::Odometer odometer(database);
  std::optional<store::Odometer::Place> after;
  for (;;) {
    const auto rows = odometer.list(owner.id, after, portion);
    for (const auto& [vehicle, reading] : rows) {
      sink({vehicle, cell(reading.date), number_cell(reading.value),
            word_cell(store::reading_source_names, reading.source)});
    }
    if (rows.size() < portion) return;
    after = rows.back();
  }
}

}  // namespace

Kind odometer() { return {"odometer", columns, put, write}; }

}  // namespace egarage::exchange
