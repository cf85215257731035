#include "host/mapping.hpp"
#include "support/catch.hpp"

namespace egarage::host {
namespace {

const core::Instant noon{std::chrono::seconds{1'795'435'200}};  // 2026-11-23 12:00:00 UTC

core::TimeZone santiago() { return core::TimeZone::locate("America/Santiago").value(); }

core::Company chilean() {
  core::Company company;
  company.slug = "sur";
  company.country = "CL";
  company.currency = "CLP";
  return company;
}

std::string day(std::optional<core::Date> date) { return date ? core::format_date(*date) : "none"; }

CompanyRow workshop() {
  CompanyRow row;
  row.id = 7;
  row.name = "Taller Sur";
  row.country = "CL";
  row.admin_username = "marta";
  return row;
}

core::Company taken(const CompanyRow& row, const std::optional<SettingsRow>& settings = {}) {
  Notes notes;
  return std::get<core::Company>(company_of(row, settings, chilean(), notes));
}

ReminderRow planned() {
  ReminderRow row;
  row.id = 1;
  row.vehicle = 2;
  row.type = "ACEITE";
  row.due = "2027-01-15";
  row.state = "PROGRAMADO";
  return row;
}

store::MaintenanceReminder taken(const ReminderRow& row, const store::MaintenanceReminder* known = nullptr) {
  Notes notes;
  return std::get<store::MaintenanceReminder>(reminder_of(row, known, santiago(), noon, notes));
}

}  // namespace

TEST_CASE("an instant falls on the company's own calendar day, a date stays what it is") {
  struct Row {
    std::string_view written, day;
  };
  const auto row = GENERATE(Row{"2026-11-23", "2026-11-23"}, Row{"2026-11-23 02:59:59.834000", "2026-11-22"},
                            Row{"2026-11-23 03:00:00", "2026-11-23"}, Row{"2026-11-24T01:00:00Z", "2026-11-23"},
                            Row{"2026-07-01 03:59:59", "2026-06-30"}, Row{"", "none"}, Row{"23/11/2026", "none"},
                            Row{"2026-02-30", "none"});
  CAPTURE(row.written);
  CHECK(day(local_day(row.written, santiago())) == row.day);
}

TEST_CASE("a workshop's name becomes a slug that is valid") {
  struct Row {
    std::string_view name, slug;
  };
  const auto row = GENERATE(Row{"Taller Sur", "taller-sur"}, Row{"  Taller Ñuñoa & Hijos! ", "taller-nunoa-hijos"},
                            Row{"GARAGE \"ÁÉÍÓÚ ü\"", "garage-aeiou-u"}, Row{"汽车", ""}, Row{"---", ""}, Row{"", ""},
                            Row{"\xff\xfe", ""}, Row{"A&B", "a-b"},
                            Row{"Taller de los cuarenta y ocho caracteres y algunos mas",
                                "taller-de-los-cuarenta-y-ocho-caracteres-y-algun"});
  CAPTURE(row.name);
  CHECK(slug_of(row.name) == row.slug);
}

TEST_CASE("a subscription ends when the host says so, a trial after its days") {
  struct Row {
    std::string plan, starts, ends;
    std::optional<std::int64_t> days;
    std::string_view last_day;
  };
  const auto row = GENERATE(Row{"premium", "", "2026-12-01 12:00:00", 14, "2026-12-01"},
                            Row{"trial", "2026-11-01 12:00:00", "", 14, "2026-11-15"},
                            Row{"trial", "2026-11-01 12:00:00", "2026-11-20", 14, "2026-11-20"},
                            Row{"trial", "", "", 14, "none"}, Row{"trial", "2026-11-01", "", std::nullopt, "none"},
                            Row{"premium", "2026-11-01", "", 14, "none"}, Row{"premium", "", "soon", 14, "none"});
  auto company = workshop();
  company.plan = row.plan;
  company.starts = row.starts;
  company.ends = row.ends;
  company.trial_days = row.days;
  CAPTURE(row.plan, row.starts, row.ends);
  CHECK(day(taken(company).subscription.ends) == row.last_day);
}

TEST_CASE("what a company lacks comes from its country, and what cannot be used is noted") {
  auto row = workshop();
  row.time_zone = "America/Nowhere";
  row.currency = "pesos";
  row.email = "contacto";
  row.logo = "logos/taller.png";
  Notes notes;
  const auto company = std::get<core::Company>(company_of(row, {}, chilean(), notes));
  CHECK(company.time_zone == "America/Santiago");
  CHECK(company.currency == "CLP");
  CHECK(company.email.empty());
  CHECK(company.logo.empty());
  CHECK(company.legal_name == "Taller Sur");
  CHECK(company.admin.name == "marta");
  CHECK(notes == Notes{{"company's e-mail left out: it has no \"@\"", 1},
                       {"currency left out: no code such as CLP", 1},
                       {"time zone left out: unknown", 1}});
}

TEST_CASE("hours that are none leave the hours as they are") {
  SettingsRow settings;
  settings.hours_start = GENERATE("08:00:00", "25:00", "8", "");
  settings.hours_end = "08:00:00";
  const auto hours = taken(workshop(), settings).hours;
  CHECK(hours.start == std::chrono::hours{8});
  CHECK(hours.end == std::chrono::hours{20});
}

TEST_CASE("the host's switches become the channels of each event") {
  SettingsRow settings;
  settings.email = false;
  settings.sms = true;
  settings.documents = false;
  settings.subscription = false;
  const auto company = taken(workshop(), settings);
  const auto channels = [&](core::Event event) { return company.route(event).channels; };
  CHECK(channels(core::Event::pago_pendiente) == std::vector{core::Channel::sms});
  CHECK(channels(core::Event::mantenimiento_recordatorio) == std::vector{core::Channel::sms});
  CHECK(channels(core::Event::documento_creado).empty());
  CHECK(channels(core::Event::suscripcion_vence).empty());
  CHECK(taken(workshop(), SettingsRow{}).routes.empty());
}

TEST_CASE("a telephone number that stands for the known one is not read again, any other is") {
  struct Row {
    std::string written;
    std::string_view country, known, phone;
  };
  const auto row = GENERATE(Row{"+56 9 6123 4567", "CL", "+56961234567", "+56961234567"},
                            Row{"9 6123-4567", "CL", "+56961234567", "+56961234567"},
                            Row{"9 6123 4568", "CL", "+56961234567", "+56961234568"},
                            Row{"(212) 736-5000", "US", "+12127365000", "+12127365000"},
                            Row{"+1 212 736 5000", "CL", "+12127365000", "+12127365000"},
                            Row{"56961234567+", "CL", "+56961234567", ""}, Row{"llamar", "CL", "+56961234567", ""},
                            Row{"", "CL", "+56961234567", ""});
  CAPTURE(row.written);
  store::Customer known;
  known.key = "1";
  known.phone = row.known;
  Notes notes;
  const auto customer = customer_of({1, "Ana", "Soto", row.written, ""}, &known, row.country, notes);
  CHECK(customer.phone.value_or("") == row.phone);
}

TEST_CASE("a total is the sum of the lines, with 19 % in Chile where the document says so") {
  struct Row {
    std::string_view country, currency;
    bool with_tax;
    std::optional<std::int64_t> hundredths;
    std::string_view total;
  };
  const auto row =
      GENERATE(Row{"CL", "CLP", true, 10'000'000, "119000"}, Row{"CL", "CLP", false, 10'000'000, "100000"},
               Row{"CL", "CLP", true, 150, "2"},  // 1.785
               Row{"CL", "CLP", true, 100, "1"},  // 1.19
               Row{"CL", "USD", true, 9'995, "118.94"}, Row{"US", "USD", true, 9'995, "99.95"},
               Row{"CL", "CLP", true, -10'000, "-119"}, Row{"CL", "CLP", true, 0, "0"},
               Row{"CL", "CLP", true, std::nullopt, "none"}, Row{"CL", "CLP", true, 900'000'000'000'000, "none"});
  DocumentRow document;
  document.id = 1;
  document.customer = 2;
  document.type = "Factura";
  document.date = "2026-11-23";
  document.with_tax = row.with_tax;
  document.hundredths = row.hundredths;
  auto company = chilean();
  company.country = row.country;
  company.currency = row.currency;
  Notes notes;
  const auto taken = std::get<store::Document>(document_of(document, nullptr, company, santiago(), notes));
  CAPTURE(row.country, row.currency, row.with_tax);
  CHECK((taken.total ? core::format_money(*taken.total) : "none") == row.total);
}

TEST_CASE("each estado of the host has its state") {
  struct Row {
    std::string estado;
    bool flagged;
    store::ReminderState state;
  };
  using store::ReminderState;
  const auto row =
      GENERATE(Row{"PROGRAMADO", false, ReminderState::planned}, Row{"PROGRAMADO", true, ReminderState::notified},
               Row{"NOTIFICADO", true, ReminderState::notified}, Row{"REALIZADO", false, ReminderState::done},
               Row{"CANCELADO", false, ReminderState::cancelled}, Row{"VENCIDO", false, ReminderState::overdue});
  auto reminder = planned();
  reminder.state = row.estado;
  reminder.notified = row.flagged;
  CAPTURE(row.estado);
  const auto result = taken(reminder);
  CHECK(result.state == row.state);
  CHECK(result.notified.has_value() == row.flagged);
}

TEST_CASE("fault 5 of the old system: a reminder's kilometraje_programado is read") {
  auto row = planned();
  row.due_odometer = 55'000;
  CHECK(taken(row).due_odometer == 55'000);
  row.due = "";
  CHECK(taken(row).due_odometer == 55'000);
  row.due_odometer.reset();
  Notes notes;
  CHECK(std::get<Refusal>(reminder_of(row, nullptr, santiago(), noon, notes)).reason ==
        "it is due on no day and at no mileage");
}

TEST_CASE("a reminder's steps here stand until the host goes further or plans it anew") {
  using store::ReminderState;
  struct Row {
    ReminderState known;
    std::string estado, due;
    ReminderState state;
  };
  const auto row = GENERATE(Row{ReminderState::notified, "PROGRAMADO", "2027-01-15", ReminderState::notified},
                            Row{ReminderState::overdue, "NOTIFICADO", "2027-01-15", ReminderState::overdue},
                            Row{ReminderState::done, "PROGRAMADO", "2027-01-15", ReminderState::done},
                            Row{ReminderState::cancelled, "PROGRAMADO", "2027-01-15", ReminderState::cancelled},
                            Row{ReminderState::notified, "REALIZADO", "2027-01-15", ReminderState::done},
                            Row{ReminderState::overdue, "CANCELADO", "2027-01-15", ReminderState::cancelled},
                            Row{ReminderState::notified, "PROGRAMADO", "2027-07-15", ReminderState::planned},
                            Row{ReminderState::done, "PROGRAMADO", "2027-07-15", ReminderState::planned});
  auto known = taken(planned());
  known.state = row.known;
  if (row.known != ReminderState::planned) known.notified = noon;
  auto changed = planned();
  changed.state = row.estado;
  changed.due = row.due;
  const auto result = taken(changed, &known);
  CHECK(result.state == row.state);
  CHECK((result.state == ReminderState::planned) == !result.notified.has_value());
}

}  // namespace egarage::host
