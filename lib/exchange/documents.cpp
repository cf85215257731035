#include "store/documents.hpp"

#include <algorithm>
#include <array>

#include "exchange/cells.hpp"
#include "exchange/kind.hpp"
#include "exchange/portions.hpp"
#include "exchange/references.hpp"
#include "store/odometer.hpp"

namespace egarage::exchange {
namespace {

constexpr std::array<Column, 13> columns{{{"company"},
                                          Column::key("key"),
                                          {"customer"},
                                          {"vehicle"},
                                          {"type"},
                                          {"number"},
                                          {"date"},
                                          Column::number("total"),
                                          {"currency"},
                                          {"due"},
                                          {"paid"},
                                          Column::number("odometer"),
                                          Column::list("covers")}};

/// A total keeps the currency that it has in the store; a new one is in the company's unless the input says otherwise.
std::optional<core::Money> total(Fields& fields, const Owner& owner, const std::optional<core::Money>& kept) {
  if (!fields.says("total") && !fields.says("currency")) return kept;
  auto currency = fields.text("currency", kept ? kept->currency : owner.company.currency);
  if (currency.empty()) currency = owner.company.currency;
  if (!core::is_currency_code(currency)) fields.refuse("currency", "is no code of three capital letters such as CLP");
  const auto written = fields.text("total", kept ? core::format_money(*kept) : "");
  if (written.empty()) return std::nullopt;
  const auto amount = core::parse_money(written, currency);
  if (!amount) {
    fields.refuse("total", fmt::format("is no amount in {} such as {}; no thousands separators", currency,
                                       core::format_money({12345600, currency})));
  }
  return amount;
}

std::vector<core::MaintenanceType> covers(Fields& fields, std::vector<core::MaintenanceType> kept) {
  auto types = fields.optional_list("covers", core::maintenance_type_names, std::optional(std::move(kept)));
  if (!types) return {};
  std::ranges::sort(*types);
  return *std::move(types);
}

void require_new_references(store::Database& database, const Owner& owner, Fields& fields,
                            const std::optional<store::Document>& stored, const store::Document& document) {
  if (!stored || stored->customer != document.customer) {
    require_customer(database, owner, fields, document.customer);
  }
  if (document.vehicle && (!stored || stored->vehicle != document.vehicle)) {
    require_vehicle(database, owner, fields, *document.vehicle);
  }
}

std::optional<store::Upsert> put(store::Database& database, const Owner& owner, Fields& fields, core::Instant now) {
  store::Documents documents(database);
  const auto key = fields.key("key");
  auto stored = documents.find(owner.id, key);
  auto document = stored.value_or(store::Document{});
  document.key = key;
  document.customer = fields.key("customer", document.customer);
  document.vehicle = fields.optional_key("vehicle", document.vehicle);
  document.type = fields.required_text("type", document.type);
  document.number = fields.text("number", document.number);
  document.date = fields.date("date", stored ? std::optional(stored->date) : std::nullopt);
  document.total = total(fields, owner, document.total);
  document.due = fields.optional_date("due", document.due);
  document.paid = fields.optional_date("paid", document.paid);
  document.odometer = fields.optional_number("odometer", 0, store::highest_odometer, document.odometer);
  document.covers = covers(fields, document.covers);
  if (!document.vehicle && document.odometer) fields.refuse("has an \"odometer\" but no \"vehicle\"");
  if (!document.vehicle && !document.covers.empty()) fields.refuse("says what it \"covers\" but has no \"vehicle\"");
  require_new_references(database, owner, fields, stored, document);
  if (fields.refusal()) return std::nullopt;
  return documents.upsert(owner.id, document, now);
}

void write(store::Database& database, const Owner& owner, const RowSink& sink) {
  each_row(store::Documents(database), owner.id, [&](const auto& row) {
    sink({row.key, row.customer, cell(row.vehicle), row.type, row.number, cell(row.date),
          row.total ? core::format_money(*row.total) : "", row.total ? row.total->currency : "", cell(row.due),
          cell(row.paid), cell(row.odometer),
          row.covers.empty() ? "" : list_cell(core::maintenance_type_names, row.covers)});
  });
}

}  // namespace

Kind documents() { return {"documents", columns, put, write}; }

}  // namespace egarage::exchange
