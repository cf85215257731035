#include "producers/maintenance/notice.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "producers/customer_event.hpp"

namespace egarage::producers::maintenance {

namespace {

using nlohmann::json;

bool day_comes_first(const NoticeItem& item, core::Date today, const ReminderRules& rules) {
  const auto& reminder = item.scheduled.reminder;
  const auto& forecast = item.scheduled.schedule.forecast;
  if (!forecast || *reminder.due <= *forecast) return true;
  const auto before = thresholds_of(reminder, item.vehicle, nullptr, rules).before;
  return std::chrono::sys_days{*reminder.due} - before <= std::chrono::sys_days{today};
}

json item_data(const NoticeItem& item, std::string_view country, core::Date today, const ReminderRules& rules) {
  const auto& [reminder, schedule, told] = item.scheduled;
  json data{{"tipo_mantenimiento", core::name_of(core::maintenance_type_names, reminder.type)}};
  if (!reminder.description.empty()) data["descripcion"] = reminder.description;
  if (reminder.due && day_comes_first(item, today, rules)) data["fecha_programada"] = core::format_date(*reminder.due);
  if (reminder.due_odometer) {
    const auto distance = Distance::of(*reminder.due_odometer, unit_of(item.vehicle));
    const auto shown = country == "US" ? DistanceUnit{1} : DistanceUnit::km;
    data["kilometraje_programado"] = distance.rounded(shown);
  }
  if (schedule.latest && *schedule.latest < today) data["dias_atraso"] = days_between(*schedule.latest, today);
  return data;
}

}  // namespace

json notice_data(const std::vector<NoticeItem>& items, std::string_view country, core::Date today,
                 const ReminderRules& rules) {
  std::vector<const NoticeItem*> ordered;
  for (const auto& item : items) ordered.push_back(&item);
  std::ranges::stable_sort(ordered, {}, [](const NoticeItem* item) { return item->scheduled.schedule.latest; });
  if (items.size() == 1) {
    auto data = item_data(items.front(), country, today, rules);
    data["vehiculo"] = vehicle_line(items.front().vehicle);
    return data;
  }
  const bool several_vehicles =
      std::ranges::any_of(items, [&](const NoticeItem& item) { return item.vehicle.key != items.front().vehicle.key; });
  auto list = json::array();
  for (const auto* item : ordered) {
    auto data = item_data(*item, country, today, rules);
    if (several_vehicles) data["vehiculo"] = vehicle_line(item->vehicle);
    list.push_back(std::move(data));
  }
  json data = list.front();
  data["vehiculo"] = vehicle_line(ordered.front()->vehicle);
  data["recordatorios"] = std::move(list);
  return data;
}

std::string notice_key(const std::vector<NoticeItem>& items) {
  const auto& first = *std::ranges::min_element(
      items, {}, [](const NoticeItem& item) -> const std::string& { return item.scheduled.reminder.key; });
  return fmt::format("{}/{}", first.scheduled.reminder.key, step_text(first.scheduled.reminder, first.step));
}

}  // namespace egarage::producers::maintenance
