#include "producers/maintenance.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "producers/customer_event.hpp"
#include "producers/decisions.hpp"
#include "producers/local_day.hpp"
#include "producers/maintenance/notice.hpp"
#include "producers/maintenance/planner.hpp"
#include "store/companies_with_work.hpp"

namespace egarage::producers {

namespace {

using maintenance::NoticeItem;
using maintenance::ReminderStep;
using std::chrono::days;
using store::ScheduledReminder;

constexpr std::size_t portion = 500;

core::Date day_after(core::Date day) { return std::chrono::sys_days{day} + days{1}; }

/// What the store must remember of a message, and what must still be true when it is made. Outlives its company's turn.
struct Ledger {
  store::Database& database;
  const maintenance::ReminderRules& rules;
  store::CompanyId company;
  core::Date today;
  core::Instant now;

  bool holds(const NoticeItem& item) const {
    const auto reminder = store::MaintenanceReminders{database}.find(company, item.scheduled.reminder.key);
    const auto vehicle = store::Vehicles{database}.find(company, item.vehicle.key);
    return reminder == item.scheduled.reminder && vehicle && !vehicle->sold &&
           vehicle->customer == item.vehicle.customer;
  }

  void note(const ScheduledReminder& scheduled, ReminderStep step) const {
    store::MaintenanceReminders::Step taken;
    taken.state = step == ReminderStep::due ? store::ReminderState::notified : store::ReminderState::overdue;
    taken.told = maintenance::step_text(scheduled.reminder, step);
    if (step == ReminderStep::due) {
      taken.next_step = maintenance::overdue_step(scheduled.schedule.latest, today, rules);
    }
    store::MaintenanceReminders{database}.note_step(company, scheduled.reminder.key, taken, now);
  }

  void postpone(const std::string& key, std::optional<core::Date> day) const {
    store::MaintenanceReminders{database}.postpone(company, key, day);
  }
};

/// The messages of one company.
class Notices {
 public:
  Notices(store::Database& database, const maintenance::ReminderRules& rules, const ProducerRequest& request,
          Tenants& tenants, Decisions& decisions, const store::StoredCompany& company, const ReadingTime& time)
      : database_(database),
        rules_(rules),
        tenants_(tenants),
        decisions_(decisions),
        company_(company),
        time_(time),
        today_(time.day),
        ledger_{database, rules, company.id, time.day, request.now} {}

  void make(const maintenance::PlannedOnly& planned_only) {
    for (auto& reminder : due(planned_only)) sort_in(std::move(reminder));
    for (auto& [customer, items] : by_customer_) write_to(customer, std::move(items));
  }

 private:
  std::vector<ScheduledReminder> due(const maintenance::PlannedOnly& planned_only) const {
    std::vector<ScheduledReminder> result;
    for (const auto& one : planned_only.reminders) {
      if (*one.schedule.next_step <= today_) result.push_back(one);
    }
    const store::MaintenanceReminders reminders{database_};
    std::optional<store::DatedKey> after;
    for (;;) {
      auto some = reminders.with_step(company_.id, today_, after, portion);
      const auto count = some.size();
      if (count > 0) after = {*some.back().schedule.next_step, some.back().reminder.key};
      for (auto& one : some) {
        if (!planned_only.vehicles.contains(one.reminder.vehicle)) result.push_back(std::move(one));
      }
      if (count < portion) return result;
    }
  }

  void sort_in(ScheduledReminder scheduled) {
    const auto step = maintenance::step_on(today_, scheduled, rules_);
    if (!step) return look_again(scheduled, std::nullopt);
    if (maintenance::was_told(scheduled, *step)) return note_told(scheduled, *step);
    const auto& vehicle = vehicle_of(scheduled.reminder);
    by_customer_[vehicle.customer].push_back({std::move(scheduled), vehicle, *step});
  }

  const store::Vehicle& vehicle_of(const store::MaintenanceReminder& reminder) {
    const auto known = vehicles_.find(reminder.vehicle);
    if (known != vehicles_.end()) return known->second;
    auto vehicle = store::Vehicles{database_}.find(company_.id, reminder.vehicle);
    return vehicles_.emplace(reminder.vehicle, *std::move(vehicle)).first->second;  // a foreign key keeps it there
  }

  void write_to(const std::string& customer_key, std::vector<NoticeItem> items) {
    const auto* tenant = tenants_.find(company_.company.slug);
    const auto customer = store::Customers{database_}.find(company_.id, customer_key);
    if (!tenant || !customer) return;
    std::optional<EventLine> event;
    std::set<std::string> vehicles, withheld;
    for (const auto& item : items) {
      if (!vehicles.insert(item.vehicle.key).second) continue;
      auto made = customer_event(database_, *tenant,
                                 {core::Event::mantenimiento_recordatorio, *customer, &item.vehicle}, today_);
      if (const auto* why = std::get_if<Withheld>(&made)) {
        withheld.insert(item.vehicle.key);
        decisions_.note_skipped(company_.company.slug, why->reason);
      } else {
        add_vehicle(event, std::get<EventLine>(std::move(made)));
      }
    }
    for (const auto& item : items) {
      if (withheld.contains(item.vehicle.key)) look_again(item.scheduled, day_after(today_));
    }
    std::erase_if(items, [&](const NoticeItem& item) { return withheld.contains(item.vehicle.key); });
    if (event) decide(*std::move(event), std::move(items));
  }

  /// A message about several vehicles is not about any of them in particular.
  static void add_vehicle(std::optional<EventLine>& event, EventLine made) {
    if (!event) {
      event = std::move(made);
      return;
    }
    event->objects.erase("vehiculo");
    for (auto& subject : made.subjects) event->subjects.push_back(std::move(subject));
  }

  void decide(EventLine event, std::vector<NoticeItem> items) {
    event.key = maintenance::notice_key(items);
    event.objects["datos"] = maintenance::notice_data(items, company_.company.country, today_, rules_);
    event.not_after = begin_of(day_after(last_day(items)), time_.zone) - std::chrono::seconds{1};
    for (const auto& item : items) {
      event.subjects.push_back({store::SubjectKind::reminder, item.scheduled.reminder.key});
    }
    Decision decision{company_.id, company_.company.slug};
    const auto came = decisions_.add_event(std::move(event), tenants_, time_.at, decision);
    // A text is mended sooner than an address is found: it is tried again in every run.
    if (came == Decisions::Came::to_an_error) return;
    if (came == Decisions::Came::to_nobody) {
      for (const auto& item : items) look_again(item.scheduled, day_after(today_));
      return;
    }
    decision.still_holds = [ledger = ledger_, items] {
      return std::ranges::all_of(items, [&](const NoticeItem& item) { return ledger.holds(item); });
    };
    decision.record = [ledger = ledger_, items] {
      for (const auto& item : items) ledger.note(item.scheduled, item.step);
    };
    decisions_.add(std::move(decision));
  }

  /// Until when the message makes sense: of a first one until the second would come.
  core::Date last_day(const std::vector<NoticeItem>& items) const {
    auto last = today_;
    for (const auto& item : items) {
      const auto patience =
          item.step == ReminderStep::due && rules_.overdue_after != days{0} ? rules_.overdue_after : rules_.told_within;
      last = std::max(last, core::Date{std::chrono::sys_days{*item.scheduled.schedule.latest} + patience});
    }
    return last;
  }

  void note_told(const ScheduledReminder& scheduled, ReminderStep step) {
    Decision decision{company_.id, company_.company.slug};
    decision.record = [ledger = ledger_, scheduled, step] { ledger.note(scheduled, step); };
    decisions_.add(std::move(decision));
  }

  void look_again(const ScheduledReminder& scheduled, std::optional<core::Date> day) {
    Decision decision{company_.id, company_.company.slug};
    decision.record = [ledger = ledger_, key = scheduled.reminder.key, day] { ledger.postpone(key, day); };
    decisions_.add(std::move(decision));
  }

  store::Database& database_;
  const maintenance::ReminderRules& rules_;
  Tenants& tenants_;
  Decisions& decisions_;
  const store::StoredCompany& company_;
  ReadingTime time_;
  core::Date today_;
  Ledger ledger_;
  std::map<std::string, store::Vehicle> vehicles_;
  std::map<std::string, std::vector<NoticeItem>> by_customer_;
};

}  // namespace

MaintenanceReport remind_of_maintenance(store::Database& database, const maintenance::ReminderRules& rules,
                                        const ProducerRequest& request) {
  const store::Directory directory{database};
  const auto companies = request.only ? std::vector{directory.company(*request.only)} : directory.companies();
  MaintenanceReport report;
  std::vector<ReadingTime> times;
  times.reserve(companies.size());
  maintenance::Planner planner{database, rules, request, report};
  for (const auto& company : companies) {
    times.push_back(reading_time(company.company, core::Event::mantenimiento_recordatorio, request.now));
    planner.plan(company, day_at(request.now, times.back().zone));
  }
  auto planned_only = planner.finish();
  Tenants tenants{database};
  Decisions decisions{database, request};
  const auto latest = std::ranges::max_element(times, {}, &ReadingTime::day);
  const auto due = latest == times.end() ? std::set<store::CompanyId>{} : store::with_steps_due(database, latest->day);
  for (std::size_t i = 0; i < companies.size(); ++i) {
    const auto& company = companies[i];
    if (!due.contains(company.id) && !planned_only.contains(company.id)) continue;
    Notices{database, rules, request, tenants, decisions, company, times[i]}.make(planned_only[company.id]);
  }
  report.notices = decisions.finish();
  return report;
}

}  // namespace egarage::producers
