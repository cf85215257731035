#include "store/vehicles.hpp"

#include <array>

#include "core/plate.hpp"
#include "exchange/cells.hpp"
#include "exchange/kind.hpp"
#include "exchange/portions.hpp"
#include "exchange/references.hpp"

namespace egarage::exchange {
namespace {

constexpr std::array<Column, 9> columns{{{"company"},
                                         Column::key("key"),
                                         {"customer"},
                                         {"plate"},
                                         {"make"},
                                         {"model"},
                                         Column::number("year"),
                                         {"unit"},
                                         Column::flag("sold")}};

std::optional<store::Upsert> put(store::Database& database, const Owner& owner, Fields& fields, core::Instant now) {
  store::Vehicles vehicles(database);
  const auto key = fields.key("key");
  const auto stored = vehicles.find(owner.id, key);
  auto vehicle = stored.value_or(store::Vehicle{});
  vehicle.key = key;
  vehicle.customer = fields.key("customer", vehicle.customer);
  vehicle.plate = fields.text("plate", vehicle.plate);
  vehicle.make = fields.text("make", vehicle.make);
  vehicle.model = fields.text("model", vehicle.model);
  vehicle.year = fields.optional_number("year", 1885, 2200, vehicle.year);
  vehicle.unit = fields.word("unit", core::distance_unit_names, stored ? std::optional(stored->unit) : std::nullopt,
                             owner.usual_unit());
  vehicle.sold = fields.flag("sold", vehicle.sold);
  if (!vehicle.plate.empty() && core::normalised_plate(vehicle.plate, owner.company.country).empty()) {
    fields.refuse("plate", "has neither letters nor digits");
  }
  const bool new_customer = !stored || stored->customer != vehicle.customer;
  if (new_customer) require_customer(database, owner, fields, vehicle.customer);
  if (fields.refusal()) return std::nullopt;
  return vehicles.upsert(owner.id, vehicle, owner.company.country, now);
}

void write(store::Database& database, const Owner& owner, const RowSink& sink) {
  each_row(store::Vehicles(database), owner.id, [&](const auto& row) {
    sink({row.key, row.customer, row.plate, row.make, row.model, cell(row.year),
          word_cell(core::distance_unit_names, row.unit), flag_cell(row.sold)});
  });
}

}  // namespace

Kind vehicles() { return {"vehicles", columns, put, write}; }

}  // namespace egarage::exchange
