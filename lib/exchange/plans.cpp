#include <array>

#include "exchange/cells.hpp"
#include "exchange/kind.hpp"
#include "exchange/references.hpp"
#include "store/maintenance_plans.hpp"

namespace egarage::exchange {
namespace {

constexpr std::array<Column, 11> columns{{{"company"},
                                          Column::key("type"),
                                          {"vehicle"},
                                          {"make"},
                                          {"model"},
                                          Column::number("months"),
                                          Column::number("distance"),
                                          {"unit"},
                                          {"mode"},
                                          Column::number("days_before"),
                                          Column::number("distance_before")}};

void read_distance(Fields& fields, const Owner& owner, store::MaintenancePlan& plan) {
  using Length = std::optional<std::int64_t>;
  const auto kept = plan.distance;
  const auto length = fields.optional_number("distance", 1, 1'000'000, kept ? Length(kept->length) : Length());
  const auto unit = fields.word("unit", core::distance_unit_names, kept ? std::optional(kept->unit) : std::nullopt,
                                owner.usual_unit());
  plan.distance = length ? std::optional(store::PlanDistance{*length, unit}) : std::nullopt;
  plan.distance_before = fields.optional_number("distance_before", 0, 100'000, plan.distance_before);
  if (plan.distance_before && !plan.distance) fields.refuse("has a \"distance_before\" but no \"distance\"");
}

std::optional<store::Upsert> put(store::Database& database, const Owner& owner, Fields& fields, core::Instant now) {
  store::MaintenancePlans plans(database);
  store::MaintenancePlan like;
  like.type = fields.required_word("type", core::maintenance_type_names);
  like.vehicle = fields.optional_key("vehicle");
  like.make = fields.text("make");
  like.model = fields.text("model");
  auto plan = plans.find(owner.id, like).value_or(like);
  plan.make = like.make;
  plan.model = like.model;
  plan.months = fields.optional_number("months", 1, 240, plan.months);
  read_distance(fields, owner, plan);
  plan.mode = fields.word("mode", store::plan_mode_names, std::optional(plan.mode), store::PlanMode::floating);
  plan.days_before = fields.optional_number("days_before", 0, 365, plan.days_before);
  if (!plan.months && !plan.distance) fields.refuse("has neither \"months\" nor \"distance\"");
  if (!plan.model.empty() && plan.make.empty()) fields.refuse("has a \"model\" but no \"make\"");
  if (plan.vehicle && !plan.make.empty()) fields.refuse("is for a \"vehicle\" and for a \"make\": choose one");
  if (plan.vehicle) require_vehicle(database, owner, fields, *plan.vehicle);
  if (fields.refusal()) return std::nullopt;
  return plans.upsert(owner.id, plan, now);
}

void write(store::Database& database, const Owner& owner, const RowSink& sink) {
  for (const auto& row : store::MaintenancePlans(database).list(owner.id)) {
    sink({word_cell(core::maintenance_type_names, row.type), cell(row.vehicle), row.make, row.model, cell(row.months),
          row.distance ? number_cell(row.distance->length) : "",
          row.distance ? word_cell(core::distance_unit_names, row.distance->unit) : "",
          word_cell(store::plan_mode_names, row.mode), cell(row.days_before), cell(row.distance_before)});
  }
}

}  // namespace

Kind plans() { return {"plans", columns, put, write}; }

}  // namespace egarage::exchange
