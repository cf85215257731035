#include "store/json_fields.hpp"

namespace egarage::store {

using nlohmann::json;

void put_pace(json& settings, const core::Pace& pace) {
  json value = json::object();
  if (pace.per_second) value["per_second"] = *pace.per_second;
  if (pace.per_day) value["per_day"] = *pace.per_day;
  if (pace.per_recipient) value["per_recipient"] = pace.per_recipient->count();
  if (!value.empty()) settings["pace"] = std::move(value);
}

core::Pace pace_in(const json& settings) {
  core::Pace pace;
  const auto value = settings.value("pace", json::object());
  if (value.contains("per_second")) pace.per_second = value.at("per_second").get<double>();
  if (value.contains("per_day")) pace.per_day = value.at("per_day").get<int>();
  if (value.contains("per_recipient")) pace.per_recipient = std::chrono::seconds{value.at("per_recipient").get<int>()};
  return pace;
}

}  // namespace egarage::store
