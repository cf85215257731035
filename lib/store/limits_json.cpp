#include "store/limits_json.hpp"

#include <nlohmann/json.hpp>

#include "store/json_fields.hpp"

namespace egarage::store {

using nlohmann::json;

std::string to_json(const core::ContactLimits& limits) {
  auto value = json::object();
  for (const auto& [event_class, limit] : limits) {
    auto& entry = value[std::string(core::to_string(event_class))] = {{"days_apart", limit.days_apart}};
    if (limit.per_week) entry["per_week"] = *limit.per_week;
  }
  return value.dump();
}

std::optional<core::ContactLimits> limits_from_json(const std::string& text) {
  return reading([&] {
    core::ContactLimits limits;
    const auto value = json::parse(text);
    for (const auto& [name, entry] : value.items()) {
      auto& limit = limits[core::value_of(core::event_class_names, name).value()];
      limit.days_apart = entry.at("days_apart").get<int>();
      if (entry.contains("per_week")) limit.per_week = entry.at("per_week").get<int>();
    }
    return limits;
  });
}

}  // namespace egarage::store
