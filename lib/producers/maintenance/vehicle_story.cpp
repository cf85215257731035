#include "producers/maintenance/vehicle_story.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/thousands.hpp"
#include "producers/maintenance/vehicle_records.hpp"

namespace egarage::producers::maintenance {

namespace {

using store::ReminderState;

bool is_open(ReminderState state) {
  return state == ReminderState::planned || state == ReminderState::notified || state == ReminderState::overdue;
}

std::string distance_text(std::int64_t amount, const store::Vehicle& vehicle) {
  return fmt::format("{} {}", core::with_thousands(amount), core::name_of(core::distance_unit_names, vehicle.unit));
}

std::string plan_text(const store::MaintenancePlan& plan) {
  std::string text = "every ";
  if (plan.months) text += fmt::format("{} month{}", *plan.months, *plan.months == 1 ? "" : "s");
  if (plan.months && plan.distance) text += " or ";
  if (plan.distance) {
    text += fmt::format("{} {}", core::with_thousands(plan.distance->length),
                        core::name_of(core::distance_unit_names, plan.distance->unit));
  }
  return text + (plan.mode == store::PlanMode::fixed ? ", at fixed intervals" : " after the last service");
}

std::string due_text(const store::MaintenanceReminder& reminder, const store::Vehicle& vehicle) {
  std::string text = reminder.due ? core::format_date(*reminder.due) : "";
  if (!reminder.due_odometer) return text;
  if (!text.empty()) text += " or ";
  text += distance_text(*reminder.due_odometer, vehicle);
  return reminder.due ? text + ", whichever comes first" : text;
}

/// What comes next of a reminder, or why nothing does.
std::string next_text(const store::ScheduledReminder& scheduled, const ReminderRules& rules, core::Date today) {
  const auto& [reminder, schedule, told] = scheduled;
  switch (reminder.state) {
    case ReminderState::done:
      return reminder.closed_by ? "done: document " + *reminder.closed_by : "done";
    case ReminderState::cancelled:
      return "cancelled";
    case ReminderState::overdue:
      return "overdue, and that was written; nothing more is";
    case ReminderState::planned:
    case ReminderState::notified:
      break;
  }
  if (!schedule.latest) return "nobody can tell when it is due";
  const bool first = reminder.state == ReminderState::planned;
  if (!schedule.next_step) return first ? "nothing is to be announced" : "announced; nothing more is written";
  if (*schedule.next_step > today) {
    return fmt::format("to be {} on {}", first ? "announced" : "written about again, if it is not done,",
                       core::format_date(*schedule.next_step));
  }
  if (!step_on(today, scheduled, rules)) {
    return fmt::format("left alone: it was due on {}, which is longer ago than messages about it make sense",
                       core::format_date(*schedule.latest));
  }
  return "due to be written about in the next run";
}

class Story {
 public:
  Story(const VehicleRecord& record, const ReminderRules& rules, core::Date today)
      : record_(record), rules_(rules), today_(today), reminders_(record.reminders) {
    for (auto& change : plan_vehicle(record, rules, today)) {
      std::erase_if(reminders_, [&](const auto& one) { return one.reminder.key == change.reminder.key; });
      reminders_.push_back(std::move(change));
    }
  }

  TypeStory of(core::MaintenanceType type) const {
    TypeStory story;
    story.type = type;
    const auto* plan = record_.plan_of(type);
    if (plan) story.plan = plan_text(*plan);
    if (const auto* last = record_.last_service(type, today_)) {
      story.last_service = core::format_date(last->date);
      if (last->odometer) story.last_service += ", " + distance_text(*last->odometer, record_.vehicle);
      story.last_service += fmt::format(" (document {})", last->document);
    }
    for (const auto& one : reminders_) {
      if (one.reminder.type == type && is_open(one.reminder.state)) story.reminders.push_back(tell(one));
    }
    if (const auto* closed = last_closed(type)) story.reminders.push_back(tell(*closed));
    if (plan && std::ranges::none_of(story.reminders, [](const auto& one) { return is_open(one.state); })) {
      story.missing = why_missing(*plan);
    }
    return story;
  }

 private:
  const store::ScheduledReminder* last_closed(core::MaintenanceType type) const {
    const store::ScheduledReminder* last = nullptr;
    for (const auto& one : reminders_) {
      if (one.reminder.type != type || is_open(one.reminder.state)) continue;
      if (!last || last->schedule.counted_from <= one.schedule.counted_from) last = &one;
    }
    return last;
  }

  TypeStory::Reminder tell(const store::ScheduledReminder& one) const {
    const auto& reminder = one.reminder;
    const auto unit = unit_of(record_.vehicle);
    TypeStory::Reminder told{
        reminder.key, reminder.state, due_text(reminder, record_.vehicle), {}, next_text(one, rules_, today_)};
    if (!is_open(reminder.state)) return told;
    ServiceTarget target{reminder.due, {}};
    if (reminder.due_odometer) target.odometer = Distance::of(*reminder.due_odometer, unit);
    const auto thresholds = thresholds_of(reminder, record_.vehicle, record_.plan_of(reminder.type), rules_);
    told.why = find_due(target, record_.mileage, thresholds, today_, unit).why;
    return told;
  }

  std::string why_missing(const store::MaintenancePlan& plan) const {
    if (record_.vehicle.sold) return "the vehicle was sold";
    const auto target = plan_target(record_, plan, today_);
    if (target.date || target.odometer)
      return "the reminder that stood for it is closed; the next service plans another";
    if (!record_.first_seen) return "nothing to count from: there is neither a document nor an odometer reading";
    return "no odometer reading to count from";
  }

  const VehicleRecord& record_;
  const ReminderRules& rules_;
  core::Date today_;
  std::vector<store::ScheduledReminder> reminders_;
};

std::string reading_text(const OdometerReading& reading) {
  return fmt::format("{}: {} ({})", core::format_date(reading.date), format_distance(reading.distance(), reading.unit),
                     reading.source);
}

std::vector<std::string> readings_in(const OdometerHistory& history) {
  std::vector<std::string> lines;
  for (const auto& odometer : history.believed) {
    for (const auto& reading : odometer) lines.push_back(reading_text(reading));
  }
  for (const auto& rejected : history.rejected) lines.push_back(reading_text(rejected.reading) + ", not believed");
  std::ranges::sort(lines);
  return lines;
}

}  // namespace

std::optional<VehicleStory> vehicle_story(store::Database& database, const store::StoredCompany& company,
                                          std::string_view vehicle, const ReminderRules& rules, core::Date today) {
  auto found = store::Vehicles{database}.find(company.id, vehicle);
  if (!found) return std::nullopt;
  const auto record = VehicleRecords{database, company.id, company.company.country}.read(*std::move(found), today);
  const Story story{record, rules, today};
  VehicleStory result;
  result.vehicle = record.vehicle;
  for (const auto& [type, name] : core::maintenance_type_names) {
    auto told = story.of(type);
    if (!told.plan.empty() || !told.reminders.empty()) result.types.push_back(std::move(told));
  }
  if (result.types.empty()) {
    result.nothing = "no plan applies to the vehicle, and it has no reminders";
    return result;
  }
  result.mileage = describe(record.mileage, unit_of(record.vehicle));
  result.confidence = record.mileage.confidence;
  result.readings = readings_in(record.mileage.history);
  return result;
}

std::vector<std::string> lines_of(const VehicleStory& story) {
  std::vector<std::string> lines;
  if (!story.nothing.empty()) lines.push_back(story.nothing);
  if (story.vehicle.sold) lines.emplace_back("sold: nothing is written about it");
  if (!story.mileage.empty()) {
    lines.push_back(
        fmt::format("driven {} ({} confidence)", story.mileage, core::name_of(confidence_names, story.confidence)));
  }
  for (const auto& reading : story.readings) lines.push_back("  read " + reading);
  for (const auto& type : story.types) {
    lines.emplace_back(core::name_of(core::maintenance_type_names, type.type));
    lines.push_back("  plan: " + (type.plan.empty() ? "none" : type.plan));
    lines.push_back("  last service: " + (type.last_service.empty() ? "none known" : type.last_service));
    for (const auto& reminder : type.reminders) {
      lines.push_back(fmt::format("  reminder {} ({}): due {}; {}", reminder.key,
                                  core::name_of(store::reminder_state_names, reminder.state), reminder.due,
                                  reminder.next));
      for (const auto& why : reminder.why) lines.push_back("    " + why);
    }
    if (!type.missing.empty()) lines.push_back("  no reminder: " + type.missing);
  }
  return lines;
}

}  // namespace egarage::producers::maintenance
