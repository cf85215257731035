#include "report/subject_story.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "core/masking.hpp"
#include "core/time_zone.hpp"
#include "core/utf8.hpp"
#include "producers/local_day.hpp"
#include "producers/maintenance/vehicle_story.hpp"
#include "report/subject_reach.hpp"
#include "report/wall_clock.hpp"
#include "report/wording.hpp"
#include "store/appointments.hpp"
#include "store/history.hpp"
#include "store/subjects.hpp"

namespace egarage::report {
namespace {

constexpr std::size_t most_messages = 10;

using Section = SubjectStory::Section;

core::TimeZone zone_of(const store::StoredCompany& company) {
  return core::TimeZone::locate(company.company.time_zone).value_or(core::TimeZone::utc());
}

std::string masked(const std::optional<std::string>& address, Privacy privacy) {
  if (!address) return "none";
  return privacy == Privacy::full ? *address : core::mask_recipient(*address);
}

std::string wish(const store::ChannelWish& channels) {
  if (!channels) return "as the company chooses";
  if (channels->empty()) return "none";
  std::string text;
  for (const auto channel : *channels) text += fmt::format("{}{}", text.empty() ? "" : ", ", core::to_string(channel));
  return text;
}

std::string name_of(const store::Customer& customer, Privacy privacy) {
  const auto name = core::one_line(fmt::format("{} {}", customer.name, customer.surname));
  return privacy == Privacy::full ? name : mask_name(name);
}

Section customer_section(const store::Customer& customer, Privacy privacy) {
  return {fmt::format("Customer {}: {}", customer.key, name_of(customer, privacy)),
          {"e-mail: " + masked(customer.email, privacy), "telephone: " + masked(customer.phone, privacy),
           fmt::format("language: {}", customer.language ? core::to_string(*customer.language) : "the company's"),
           "transactional messages by: " + wish(customer.transactional),
           "collection messages by: " + wish(customer.collection),
           "promotional messages by: " + wish(customer.promotional)}};
}

std::string describe(const store::Vehicle& vehicle) {
  return core::one_line(fmt::format("{} ({} {}{}), key {}", vehicle.plate, vehicle.make, vehicle.model,
                                    vehicle.year ? fmt::format(" {}", *vehicle.year) : "", vehicle.key));
}

std::string describe(const store::Document& document) {
  auto text = fmt::format("{} {} of {}", document.type, document.number.empty() ? document.key : document.number,
                          core::format_date(document.date));
  if (document.total) text += fmt::format(", {} {}", core::format_money(*document.total), document.total->currency);
  if (document.due) text += fmt::format(", due on {}", core::format_date(*document.due));
  text += document.paid  ? fmt::format(", paid on {}", core::format_date(*document.paid))
          : document.due ? ", not paid"
                         : ", no due date: nobody is asked to pay";
  return core::one_line(text);
}

Section messages_section(store::Database& database, const store::StoredCompany& company, std::string heading,
                         const std::vector<store::NotificationId>& ids, const Telling& telling) {
  Section section{std::move(heading), {}};
  const store::History history(database);
  const auto zone = zone_of(company);
  for (const auto id : ids) {
    const auto record = history.notification(id);
    if (!record) continue;
    const auto reason = telling.privacy == Privacy::full ? record->reason : without_addresses(record->reason);
    section.lines.push_back(
        core::one_line(fmt::format("{} {} by {}, {} {}{}", record->id.value, core::to_string(record->event),
                                   core::to_string(record->channel), core::to_string(record->status),
                                   record->due_at ? "until " + wall_clock_minute(*record->due_at, zone)
                                                  : wall_clock_minute(record->updated_at, zone),
                                   reason.empty() ? "" : ": " + reason)));
  }
  if (section.lines.empty()) section.lines.emplace_back("none");
  return section;
}

/// What is planned for a vehicle, and by which rules; what is missing is added to the obstacles.
Section plans_section(store::Database& database, const store::StoredCompany& company, const store::Vehicle& vehicle,
                      const Telling& telling, std::vector<std::string>& obstacles) {
  if (vehicle.sold) obstacles.push_back(fmt::format("{} is sold: nothing is sent about it", vehicle.plate));
  Section section{"Planned for " + describe(vehicle), {}};
  const auto today = producers::day_at(telling.now, zone_of(company));
  if (const auto story = producers::maintenance::vehicle_story(database, company, vehicle.key, telling.rules, today)) {
    section.lines = producers::maintenance::lines_of(*story);
    if (!story->nothing.empty()) obstacles.push_back(fmt::format("{}: {}", vehicle.plate, story->nothing));
    for (const auto& type : story->types) {
      if (type.missing.empty()) continue;
      obstacles.push_back(fmt::format("{}: {}: {}", vehicle.plate,
                                      core::name_of(core::maintenance_type_names, type.type), type.missing));
    }
  }
  for (const auto& appointment : store::Appointments{database}.of_vehicle(company.id, vehicle.key)) {
    section.lines.push_back(fmt::format(
        "inspection ({}) {} on {}, {}", core::name_of(store::appointment_kind_names, appointment.kind), appointment.key,
        core::format_date(appointment.date), core::name_of(store::appointment_state_names, appointment.state)));
  }
  return section;
}

}  // namespace

SubjectStory story_of_vehicle(store::Database& database, const store::StoredCompany& company,
                              const store::Vehicle& vehicle, const Telling& telling) {
  SubjectStory story{"Vehicle " + describe(vehicle), {}, {}};
  const auto plans = plans_section(database, company, vehicle, telling, story.obstacles);
  if (const auto owner = store::Customers{database}.find(company.id, vehicle.customer)) {
    story.sections.push_back(customer_section(*owner, telling.privacy));
    story.sections.push_back(reach_section(database, company, *owner, &vehicle, telling, story.obstacles));
  }
  story.sections.push_back(plans);
  const auto ids = store::about(database, company.id, {store::SubjectKind::vehicle, vehicle.key}, most_messages);
  story.sections.push_back(messages_section(database, company, "Messages about it, newest first", ids, telling));
  return story;
}

SubjectStory story_of_customer(store::Database& database, const store::StoredCompany& company,
                               const store::Customer& customer, const Telling& telling) {
  SubjectStory story{fmt::format("Customer {}", customer.key), {}, {}};
  story.sections.push_back(customer_section(customer, telling.privacy));
  story.sections.push_back(reach_section(database, company, customer, nullptr, telling, story.obstacles));
  for (const auto& vehicle : store::Vehicles{database}.of_customer(company.id, customer.key)) {
    story.sections.push_back(plans_section(database, company, vehicle, telling, story.obstacles));
  }
  Section documents{"Documents, newest first", {}};
  const auto all = store::Documents{database}.of_customer(company.id, customer.key);
  for (auto document = all.rbegin(); document != all.rend() && documents.lines.size() < most_messages; ++document) {
    documents.lines.push_back(describe(*document));
  }
  if (all.empty()) documents.lines.emplace_back("none");
  story.sections.push_back(std::move(documents));
  const auto ids = store::written_to(database, company.id, customer.key, most_messages);
  story.sections.push_back(messages_section(database, company, "Messages to the customer, newest first", ids, telling));
  return story;
}

SubjectStory story_of_document(store::Database& database, const store::StoredCompany& company,
                               const store::Document& document, const Telling& telling) {
  SubjectStory story{fmt::format("Document {}: {}", document.key, describe(document)), {}, {}};
  if (document.paid) story.obstacles.emplace_back("it is paid");
  if (!document.due) story.obstacles.emplace_back("it has no due date: nobody is asked to pay");
  std::optional<store::Vehicle> vehicle;
  if (document.vehicle) vehicle = store::Vehicles{database}.find(company.id, *document.vehicle);
  if (const auto customer = store::Customers{database}.find(company.id, document.customer)) {
    story.sections.push_back(customer_section(*customer, telling.privacy));
    story.sections.push_back(
        reach_section(database, company, *customer, vehicle ? &*vehicle : nullptr, telling, story.obstacles));
  }
  const auto ids = store::about(database, company.id, {store::SubjectKind::document, document.key}, most_messages);
  story.sections.push_back(messages_section(database, company, "Messages about it, newest first", ids, telling));
  return story;
}

std::string to_text(const SubjectStory& story) {
  auto text = story.title + "\n\nWhat keeps messages back\n";
  for (const auto& obstacle : story.obstacles) text += fmt::format("  - {}\n", obstacle);
  if (story.obstacles.empty()) text += "  nothing\n";
  for (const auto& section : story.sections) {
    text += fmt::format("\n{}\n", section.heading);
    for (const auto& line : section.lines) text += fmt::format("  {}\n", line);
  }
  return text;
}

std::string to_json(const SubjectStory& story) {
  nlohmann::ordered_json json{{"title", story.title}, {"obstacles", story.obstacles}};
  auto& sections = json["sections"] = nlohmann::ordered_json::array();
  for (const auto& section : story.sections)
    sections.push_back({{"heading", section.heading}, {"lines", section.lines}});
  return json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + '\n';
}

}  // namespace egarage::report
