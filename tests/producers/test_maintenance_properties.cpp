// Random histories of workshops: whatever happens, nobody is told twice of a step, nor of what is no longer so. Many
// histories are companies of one store, so that a run costs one transaction for all of them. EGARAGE_HISTORIES says how
// many there are (tests/README.md).
#include <cstdlib>
#include <map>
#include <memory>
#include <random>
#include <set>

#include "core/sending_hours.hpp"
#include "producers/inspections.hpp"
#include "producers/local_day.hpp"
#include "producers/maintenance_world.hpp"
#include "store/calendar.hpp"
#include "store/subjects.hpp"

using namespace egarage;
using namespace std::chrono_literals;
using core::MaintenanceType;
using std::chrono::days;
using store::ReminderState;
using test::calendar_day;
using test::instant;

namespace {

constexpr int companies_per_store = 125;
constexpr int runs = 24;

int histories() {
  const char* wanted = std::getenv("EGARAGE_HISTORIES");
  return wanted ? std::atoi(wanted) : companies_per_store;
}

class Histories {
 public:
  explicit Histories(unsigned seed) : random_(seed) {
    for (int digit = 0; digit <= 9; ++digit) {
      store::Calendar{database_}.upsert(
          store::InspectionMonth{"CL", digit, std::chrono::month{static_cast<unsigned>(digit + 1)}}, now_);
    }
    database_.transaction([&] {
      for (int i = 0; i < companies_per_store; ++i) found_company(i);
    });
  }

  void live_through() {
    for (int i = 0; i < runs; ++i) {
      now_ += std::chrono::minutes{15} * pick(1, pick(0, 9) == 0 ? 3'000 : 400);
      if (pick(0, 19) == 0) now_ -= days{pick(1, 20)};  // somebody sets the clock back
      database_.transaction([&] {
        for (const auto company : companies_) {
          for (int left = pick(-1, 3); left > 0; --left) happen(company);
        }
      });
      run();
      if (pick(0, 3) == 0) run();  // cron lines overlap
    }
  }

  int messages() const { return messages_; }

 private:
  int pick(int least, int most) { return std::uniform_int_distribution{least, most}(random_); }
  core::Date today() const { return core::Date{std::chrono::floor<days>(now_)}; }
  core::Date around(int least, int most) { return std::chrono::sys_days{today()} + days{pick(least, most)}; }
  std::string vehicle() { return "v-" + std::to_string(pick(1, 3)); }
  MaintenanceType type() { return static_cast<MaintenanceType>(pick(0, 3)); }

  void found_company(int number) {
    static const std::vector<std::string> zones{"America/Santiago", "America/New_York", "America/Phoenix",
                                                "Pacific/Honolulu", "Mars/Olympus"};
    core::Company company;
    company.slug = "taller-" + std::to_string(number);
    company.name = "Taller";
    company.country = pick(0, 3) == 0 ? "US" : "CL";
    company.time_zone = zones[static_cast<std::size_t>(pick(0, 4))];
    company.currency = "CLP";
    const int opens = pick(0, 12);
    company.hours = {std::chrono::hours{opens}, std::chrono::hours{opens + pick(4, 12)}, pick(0, 1) == 0};
    company.accounts.email = test::example_account("hola@taller.example.cl");
    store::Directory directory{database_};
    directory.upsert_company(company, now_);
    const auto id = directory.find_company(company.slug)->id;
    companies_.push_back(id);
    for (const std::string key : {"c-1", "c-2"}) put_customer(id, key);
    for (const std::string key : {"v-1", "v-2", "v-3"}) put_vehicle(id, key);
    for (int i = pick(1, 8); i > 0; --i) happen(id);
  }

  void put_customer(store::CompanyId company, const std::string& key) {
    store::Customer customer;
    customer.key = customer.name = key;
    if (pick(0, 4) > 0) customer.email = key + "@example.cl";
    if (pick(0, 9) == 0) customer.transactional.emplace();
    store::Customers{database_}.upsert(company, customer, now_);
  }
  void put_vehicle(store::CompanyId company, const std::string& key) {
    store::Vehicle vehicle;
    vehicle.key = key;
    vehicle.customer = "c-" + std::to_string(pick(1, 2));
    vehicle.plate = "BBCL" + std::to_string(pick(10, 99));
    vehicle.model = "Corolla";
    vehicle.unit = pick(0, 3) == 0 ? core::DistanceUnit::mi : core::DistanceUnit::km;
    vehicle.sold = pick(0, 9) == 0;
    store::Vehicles{database_}.upsert(company, vehicle, "CL", now_);
  }

  void happen(store::CompanyId company) {
    switch (pick(0, 11)) {
      case 0:
        return put_customer(company, "c-" + std::to_string(pick(1, 2)));
      case 1:
        return put_vehicle(company, vehicle());
      case 2:
      case 3:
        return put_reminder(company);
      case 4:
        return put_plan(company);
      case 5:
      case 6:
        return put_service(company);
      case 7:
        return silence(company);
      case 8:
      case 9:
        return book(company);
      default:
        store::Odometer{database_}.upsert(company, vehicle(),
                                          {around(-400, 2), pick(0, 9) == 0 ? 900'000 : pick(40'000, 60'000)}, now_);
    }
  }

  void put_reminder(store::CompanyId company) {
    store::MaintenanceReminders reminders{database_};
    const auto key = "rec-" + std::to_string(pick(1, 4));
    auto reminder = reminders.find(company, key).value_or(store::MaintenanceReminder{});
    if (reminder.key.empty()) {
      reminder.key = key;
      reminder.vehicle = vehicle();
      reminder.type = type();
    }
    if (pick(0, 3) > 0) reminder.due = around(-60, 200);
    if (pick(0, 2) == 0 || !reminder.due) reminder.due_odometer = pick(45'000, 70'000);
    if (pick(0, 5) == 0) reminder.days_before = pick(0, 60);
    if (pick(0, 9) == 0 && reminder.state == ReminderState::planned) reminder.state = ReminderState::cancelled;
    reminders.upsert(company, reminder, now_);
  }
  void put_plan(store::CompanyId company) {
    store::MaintenancePlan plan;
    plan.type = type();
    if (pick(0, 2) > 0) plan.months = pick(1, 24);
    if (!plan.months || pick(0, 1) == 0) plan.distance = store::PlanDistance{pick(1, 20) * 1'000, {}};
    plan.mode = pick(0, 1) == 0 ? store::PlanMode::fixed : store::PlanMode::floating;
    store::MaintenancePlans{database_}.upsert(company, plan, now_);
  }
  void put_service(store::CompanyId company) {
    store::Document document;
    document.key = "doc-" + std::to_string(++documents_);
    document.vehicle = vehicle();
    document.customer = store::Vehicles{database_}.find(company, *document.vehicle)->customer;
    document.type = "Factura";
    document.date = around(-300, 1);
    document.covers = {type()};
    if (pick(0, 1) == 0) document.odometer = pick(40'000, 60'000);
    store::Documents{database_}.upsert(company, document, now_);
  }
  void silence(store::CompanyId company) {
    store::Silence silence;
    if (pick(0, 1) == 0) silence.vehicle = vehicle();
    silence.until = around(-5, 40);
    store::Silences{database_}.upsert(company, silence, now_);
  }
  void book(store::CompanyId company) {
    store::Appointment appointment;
    appointment.key = "cita-" + std::to_string(pick(1, 3));
    appointment.vehicle = vehicle();
    appointment.kind = pick(0, 3) == 0 ? store::AppointmentKind::tecnica : store::AppointmentKind::revision;
    appointment.date = around(-2, 20);
    if (pick(0, 1) == 0) appointment.time = std::chrono::minutes{pick(0, 1439)};
    appointment.state = static_cast<store::AppointmentState>(pick(0, 9) < 7 ? 0 : pick(1, 2));
    store::Appointments{database_}.upsert(company, appointment, now_);
  }

  void run() {
    const producers::ProducerRequest request{.now = now_};
    check(producers::announce_inspections(database_, {}, request));
    check(producers::remind_of_maintenance(database_, {}, request).notices);
  }

  void check(const producers::ProducerReport& report) {
    REQUIRE(report.failed.empty());
    const store::Directory directory{database_};
    for (const auto& one : report.created) {
      INFO(one.company << ' ' << one.dedup_key << " at " << core::format_instant(now_));
      ++messages_;
      REQUIRE(outbox_.insert(one.company + ' ' + one.dedup_key).second);
      const auto company = *directory.find_company(one.company);
      REQUIRE(core::opening_at(company.company.hours, producers::zone_of(company.company), one.due_at).open);
      const auto record = store::History{database_}.notification(company.id, one.dedup_key);
      REQUIRE(record);
      REQUIRE((!record->not_after || *record->not_after >= one.due_at));
      for (const auto& subject : store::subjects_of(database_, record->id)) check(company.id, subject, record->id);
    }
  }

  void check(store::CompanyId company, const store::Subject& subject, store::NotificationId notification) {
    INFO(subject.key);
    if (subject.kind == store::SubjectKind::vehicle) {
      const auto vehicle = store::Vehicles{database_}.find(company, subject.key);
      REQUIRE_FALSE(vehicle->sold);
      REQUIRE(store::customer_of(database_, notification) == vehicle->customer);
    } else if (subject.kind == store::SubjectKind::appointment) {
      const auto appointment = store::Appointments{database_}.find(company, subject.key);
      REQUIRE(appointment->state == store::AppointmentState::scheduled);
    } else if (subject.kind == store::SubjectKind::reminder) {
      check_reminder(company, subject.key);
    }
  }

  void check_reminder(store::CompanyId company, const std::string& key) {
    const store::MaintenanceReminders reminders{database_};
    const auto reminder = *reminders.find(company, key);
    for (const auto& one : reminders.scheduled_of_vehicle(company, reminder.vehicle)) {
      if (one.reminder.key != key) continue;
      const bool is_told = reminder.state == ReminderState::notified || reminder.state == ReminderState::overdue;
      REQUIRE(is_told);
      // The same step for the same day and mileage is written once.
      REQUIRE(told_.insert(std::to_string(company.value) + ' ' + key + ' ' + one.told).second);
      for (const auto& service : store::Documents{database_}.services_of(company, reminder.vehicle)) {
        if (service.type != reminder.type || service.date > std::chrono::sys_days{today()} - days{1}) continue;
        REQUIRE(service.date <= *one.schedule.counted_from);
      }
    }
  }

  test::TemporaryFolder folder_;
  std::mt19937 random_;
  core::Instant now_ = instant("2026-01-15T12:00:00Z");
  store::Database database_ = store::Database::create_or_upgrade(folder_.path() / "store.db", now_);
  std::vector<store::CompanyId> companies_;
  std::set<std::string> outbox_, told_;
  int documents_ = 0, messages_ = 0;
};

}  // namespace

TEST_CASE("over random histories no step is told twice, and none after its reason is gone") {
  int messages = 0;
  for (int done = 0; done < histories(); done += companies_per_store) {
    INFO("seed " << done);
    Histories world{static_cast<unsigned>(done)};
    world.live_through();
    messages += world.messages();
  }
  CHECK(messages > histories());
}
