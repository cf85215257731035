#include "store/silences.hpp"

#include <array>

#include "exchange/cells.hpp"
#include "exchange/kind.hpp"
#include "exchange/references.hpp"

namespace egarage::exchange {
namespace {

constexpr std::array<Column, 6> columns{
    {{"company"}, {"customer"}, {"vehicle"}, {"event"}, Column::key("until"), {"reason"}}};

std::optional<core::Event> event(Fields& fields) {
  const auto written = fields.text("event");
  if (written.empty()) return std::nullopt;
  const auto event = core::parse_event(written);
  if (!event) fields.refuse("event", "is no event code");
  return event;
}

std::optional<store::Upsert> put(store::Database& database, const Owner& owner, Fields& fields, core::Instant now) {
  store::Silences silences(database);
  store::Silence silence;
  silence.customer = fields.optional_key("customer");
  silence.vehicle = fields.optional_key("vehicle");
  silence.event = event(fields);
  silence.until = fields.date("until");
  const auto stored = silences.find(owner.id, silence);
  silence.reason = fields.text("reason", stored ? stored->reason : "");
  if (silence.customer && silence.vehicle) fields.refuse("is of a \"customer\" and of a \"vehicle\": choose one");
  if (silence.customer) require_customer(database, owner, fields, *silence.customer);
  if (silence.vehicle) require_vehicle(database, owner, fields, *silence.vehicle);
  if (fields.refusal()) return std::nullopt;
  return silences.upsert(owner.id, silence, now);
}

void write(store::Database& database, const Owner& owner, const RowSink& sink) {
  for (const auto& row : store::Silences(database).list(owner.id)) {
    sink({cell(row.customer), cell(row.vehicle), row.event ? std::string(core::to_string(*row.event)) : "",
          cell(row.until), row.reason});
  }
}

}  // namespace

Kind silences() { return {"silences", columns, put, write}; }

}  // namespace egarage::exchange
