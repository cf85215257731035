#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "producers/maintenance/reminder_steps.hpp"

namespace egarage::producers::maintenance {

/// A reminder that a message is to be about, and what of it.
struct NoticeItem {
  store::ScheduledReminder scheduled;
  store::Vehicle vehicle;
  ReminderStep step = ReminderStep::due;
};

/// The template variables `datos` of a message about one or several reminders of one customer, the most urgent first
/// (lib/content/variables.hpp). Of several it is also what `datos` itself says, for texts that know of one only. The
/// due day is left out where it is still further ahead than `before` and the mileage comes first: it would only
/// confuse. Distances are in the unit of the company's country, as the texts write them.
nlohmann::json notice_data(const std::vector<NoticeItem>& items, std::string_view country, core::Date today,
                           const ReminderRules& rules);

/// What keeps the message single: the reminder that comes first by key, what it is due for, and the step.
std::string notice_key(const std::vector<NoticeItem>& items);

}  // namespace egarage::producers::maintenance
