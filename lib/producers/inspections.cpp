#include "producers/inspections.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <set>

#include "core/ladder_key.hpp"
#include "producers/appointment_steps.hpp"
#include "producers/customer_event.hpp"
#include "producers/decisions.hpp"
#include "producers/local_day.hpp"
#include "store/calendar.hpp"
#include "store/cancellation.hpp"
#include "store/companies_with_work.hpp"
#include "store/dedup_keys.hpp"
#include "store/inspections.hpp"

namespace egarage::producers {

namespace {

using std::chrono::days;
using std::chrono::year_month;

constexpr std::size_t portion = 500;

std::string clock_text(std::chrono::minutes time) {
  return fmt::format("{:02}:{:02}", time.count() / 60, time.count() % 60);
}

core::Date first_of(year_month month) { return month / 1; }
core::Date last_of(year_month month) { return month / std::chrono::last; }
core::Date day_after(core::Date day) { return std::chrono::sys_days{day} + days{1}; }

class Inspections {
 public:
  Inspections(store::Database& database, const InspectionRules& rules, const ProducerRequest& request)
      : database_(database),
        rules_(rules),
        request_(request),
        months_(store::Calendar{database}.inspection_months()),
        tenants_(database),
        decisions_(database, request) {}

  ProducerReport all(const std::vector<store::StoredCompany>& companies) {
    std::vector<ReadingTime> times;
    times.reserve(companies.size());
    for (const auto& one : companies) {
      times.push_back(reading_time(one.company, core::Event::revision_vehiculo, request_.now));
    }
    const auto booked = with_appointments(times);
    if (rules_.statutory == Statutory::told) changed_ = store::with_vehicles_to_plan(database_);
    for (std::size_t i = 0; i < companies.size(); ++i) {
      if (booked.contains(companies[i].id)) announce_appointments(companies[i], times[i]);
      if (rules_.statutory == Statutory::told) announce_months(companies[i], times[i]);
    }
    return decisions_.finish();
  }

 private:
  /// Of which appointments are to be announced on that day. Closed days may bring a step forward.
  core::Date last_day(core::Date today) const {
    return std::chrono::sys_days{today} + *std::ranges::max_element(rules_.before) + days{10};
  }

  /// The companies with appointments that are to be announced.
  std::set<store::CompanyId> with_appointments(const std::vector<ReadingTime>& times) const {
    if (rules_.before.empty() || times.empty()) return {};
    const auto [first, last] = std::ranges::minmax(times, {}, &ReadingTime::day);
    return store::with_appointments(database_, first.day, last_day(last.day));
  }

  void announce_appointments(const store::StoredCompany& company, const ReadingTime& time) {
    const store::Appointments appointments{database_};
    const auto last = last_day(time.day);
    std::optional<store::DatedKey> after;
    for (;;) {
      const auto some = appointments.scheduled(company.id, time.day, last, after, portion);
      for (const auto& appointment : some) announce(company, time, appointment);
      if (some.size() < portion) return;
      after = {some.back().date, some.back().key};
    }
  }

  void announce(const store::StoredCompany& company, const ReadingTime& time, const store::Appointment& appointment) {
    const auto step =
        appointment_step(appointment, company.company, time.zone, rules_.before, rules_.hour, request_.now);
    if (!step) return;
    Decision decision{company.id, company.company.slug};
    const auto told = told_of(company.id, appointment, decision);
    // A clock that was set back brings back no earlier step.
    if (!told || *told < step->offset) write(company, time, appointment, *step, decision);
    decisions_.add(std::move(decision));
  }

  /// The latest step that was taken for this day, whatever became of it. What waits of other days is withdrawn.
  std::optional<days> told_of(store::CompanyId company, const store::Appointment& appointment, Decision& decision) {
    const auto prefix = fmt::format("{}/{}/", core::to_string(core::Event::revision_vehiculo), appointment.key);
    std::optional<days> told;
    for (const auto& row : store::keyed(database_, company, prefix)) {
      const auto announced = core::ladder_key_in(row.dedup_key);
      const auto rest = std::string_view{row.dedup_key}.substr(prefix.size());
      if (!announced || std::ranges::count(rest, '/') != 2) continue;  // another appointment's, whose key is longer
      if (announced->date == appointment.date) {
        told = std::max(announced->step, told.value_or(announced->step));
      } else if (store::is_waiting(row.status)) {
        decision.withdrawn.push_back({row, "appointment moved to " + core::format_date(appointment.date)});
      }
    }
    return told;
  }

  void write(const store::StoredCompany& company, const ReadingTime& time, const store::Appointment& appointment,
             const AppointmentStep& step, Decision& decision) {
    const auto vehicle = store::Vehicles{database_}.find(company.id, appointment.vehicle);
    if (!vehicle || vehicle->sold) return;
    auto event = event_for(company, *vehicle, day_at(step.due, time.zone));
    if (!event) return;
    event->key = fmt::format("{}/{}", appointment.key, core::to_string(core::LadderKey{appointment.date, step.offset}));
    event->subjects.push_back({store::SubjectKind::appointment, appointment.key});
    event->not_after = step.until - std::chrono::seconds{1};
    auto& data = event->objects["datos"];
    data["fecha_programada"] = core::format_date(appointment.date);
    if (appointment.time) data["hora"] = clock_text(*appointment.time);
    if (appointment.kind == store::AppointmentKind::tecnica) {
      data["tipo_revision"] = "tecnica";
      data["fecha_limite"] = data["fecha_programada"];
    }
    data["vehiculo"] = vehicle_line(*vehicle);
    decisions_.add_event(*std::move(event), tenants_, step.due, decision);
    decision.still_holds = [this, id = company.id, appointment] {
      return store::Appointments{database_}.find(id, appointment.key) == appointment;
    };
  }

  /// Empty when the owner is not to be written to; that is in the report.
  std::optional<EventLine> event_for(const store::StoredCompany& company, const store::Vehicle& vehicle,
                                     core::Date today) {
    const auto* tenant = tenants_.find(company.company.slug);
    const auto customer = store::Customers{database_}.find(company.id, vehicle.customer);
    if (!tenant || !customer) return std::nullopt;
    auto made = customer_event(database_, *tenant, {core::Event::revision_vehiculo, *customer, &vehicle}, today);
    if (const auto* why = std::get_if<Withheld>(&made)) {
      decisions_.note_skipped(company.company.slug, why->reason);
      return std::nullopt;
    }
    return std::get<EventLine>(std::move(made));
  }

  void announce_months(const store::StoredCompany& company, const ReadingTime& time) {
    for (const auto month : open_months(company.company.country, time.day)) {
      if (!was_looked_at(company.id, month, time.day)) {
        look_at_all(company, time, month);
      } else if (changed_.contains(company.id)) {
        look_at_changed(company, time, month);
      }
    }
  }

  bool was_looked_at(store::CompanyId company, year_month month, core::Date today) {
    const auto [rounds, is_new] = rounds_.try_emplace(month);
    if (is_new) rounds->second = store::inspection_rounds(database_, month);
    const auto round = rounds->second.find(company);
    if (round == rounds->second.end()) return false;
    return round->second.left_over == 0 || round->second.looked_on >= today;
  }

  /// The months that it is time to write about.
  std::vector<year_month> open_months(std::string_view country, core::Date today) const {
    std::vector<year_month> result;
    for (const auto& row : months_) {
      if (row.country != country) continue;
      for (const auto year : {today.year(), today.year() + std::chrono::years{1}}) {
        const auto month = year / row.month;
        const auto begins = std::chrono::sys_days{first_of(month)} - rules_.statutory_before;
        const bool open = begins <= std::chrono::sys_days{today} && today <= last_of(month);
        if (open && std::ranges::find(result, month) == result.end()) result.push_back(month);
      }
    }
    return result;
  }

  void look_at_all(const store::StoredCompany& company, const ReadingTime& time, year_month month) {
    const store::Vehicles vehicles{database_};
    std::int64_t left_over = 0;
    for_each_digit(company, month, [&](int digit, std::string_view after) {
      auto some = vehicles.with_last_digit(company.id, digit, after, portion);
      for (const auto& vehicle : some) left_over += announce_month(company, time, month, vehicle) ? 0 : 1;
      return some;
    });
    Decision decision{company.id, company.company.slug};
    decision.record = [this, id = company.id, month, round = store::InspectionRound{time.day, left_over}] {
      store::note_inspection_round(database_, id, month, round);
    };
    decisions_.add(std::move(decision));
  }

  void look_at_changed(const store::StoredCompany& company, const ReadingTime& time, year_month month) {
    const store::Vehicles vehicles{database_};
    for_each_digit(company, month, [&](int digit, std::string_view after) {
      auto some = vehicles.to_replan_with_digit(company.id, digit, after, portion);
      for (const auto& vehicle : some) announce_month(company, time, month, vehicle);
      return some;
    });
  }

  /// Calls `look` with each digit of the month and the key that its next portion begins behind, while portions are
  /// full.
  template <typename Look>
  void for_each_digit(const store::StoredCompany& company, year_month month, const Look& look) {
    for (const auto& row : months_) {
      if (row.country != company.company.country || row.month != month.month()) continue;
      std::string after;
      for (;;) {
        const std::vector<store::Vehicle> some = look(row.digit, after);
        if (some.size() < portion) break;
        after = some.back().key;
      }
    }
  }

  /// Whether the vehicle is dealt with for this month: written about, or it needs no word.
  bool announce_month(const store::StoredCompany& company, const ReadingTime& time, year_month month,
                      const store::Vehicle& vehicle) {
    const auto key = fmt::format("{}/tecnica-{:04}-{:02}", vehicle.key, int{month.year()}, unsigned{month.month()});
    const auto prefix = fmt::format("{}/{}/", core::to_string(core::Event::revision_vehiculo), key);
    if (!store::keyed(database_, company.id, prefix).empty()) return true;
    const core::Date since = std::chrono::sys_days{first_of(month)} - store::early_inspection;
    if (store::inspection_booked(database_, company.id, vehicle.key, since)) return true;
    if (store::inspected_between(database_, company.id, vehicle.key, since, time.day)) return true;
    const auto due = next_opening(company.company, core::Event::revision_vehiculo, time.zone,
                                  std::max(time.at, at_hour(time.day, rules_.hour, time.zone)));
    auto event = event_for(company, vehicle, day_at(due, time.zone));
    if (!event) return false;
    event->key = key;
    event->not_after = begin_of(day_after(last_of(month)), time.zone) - std::chrono::seconds{1};
    event->objects["datos"] = {{"tipo_revision", "tecnica"},
                               {"fecha_programada", core::format_date(last_of(month))},
                               {"vehiculo", vehicle_line(vehicle)}};
    Decision decision{company.id, company.company.slug};
    const auto came = decisions_.add_event(*std::move(event), tenants_, due, decision);
    decision.still_holds = [this, id = company.id, vehicle] {
      return store::Vehicles{database_}.find(id, vehicle.key) == vehicle;
    };
    decisions_.add(std::move(decision));
    return came == Decisions::Came::to_messages;
  }

  store::Database& database_;
  const InspectionRules& rules_;
  const ProducerRequest& request_;
  std::vector<store::InspectionMonth> months_;
  std::set<store::CompanyId> changed_;  ///< have vehicles that may be new to their month
  std::map<year_month, std::map<store::CompanyId, store::InspectionRound>> rounds_;
  Tenants tenants_;
  Decisions decisions_;
};

}  // namespace

ProducerReport announce_inspections(store::Database& database, const InspectionRules& rules,
                                    const ProducerRequest& request) {
  store::Directory directory{database};
  Inspections inspections{database, rules, request};
  if (request.only) return inspections.all({directory.company(*request.only)});
  return inspections.all(directory.companies());
}

}  // namespace egarage::producers
