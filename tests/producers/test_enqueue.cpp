#include "producers/enqueue.hpp"

#include <cstdio>
#include <ctime>
#include <sstream>
#include <vector>

#include "core/error.hpp"
#include "store/history.hpp"
#include "support/catch.hpp"
#include "support/example_account.hpp"
#include "support/temporary_folder.hpp"

using namespace egarage;
using core::Channel;
using core::Event;

namespace {

core::EmailAccount account(const std::string& domain) { return test::example_account("avisos@" + domain); }

/// Of this process, so that a busy machine changes little.
double cpu_microseconds() { return static_cast<double>(std::clock()) * 1e6 / CLOCKS_PER_SEC; }

struct World {
  test::TemporaryFolder folder;
  core::Instant now = *core::parse_instant("2026-11-23T12:00:00Z");
  store::Database database = store::Database::create_or_upgrade(folder.path() / "store.db", now);
  store::Directory directory{database};
  store::History history{database};
  std::vector<producers::RefusedLine> refused;

  World() {
    store::Platform platform;
    platform.accounts.email = account("egarage.example");
    directory.set_platform(platform, now);
    core::Company company;
    company.slug = "taller-sur";
    company.name = "Taller Sur";
    company.country = "CL";
    company.time_zone = "America/Santiago";
    company.currency = "CLP";
    company.admin = {"Marta Ríos", "marta@example.cl"};
    company.accounts.email = account("sur.example");
    directory.upsert_company(company, now);
    company.slug = "taller-pobre";
    company.accounts.email.reset();
    directory.upsert_company(company, now);
  }

  producers::EnqueueReport enqueue(const std::string& lines) {
    std::istringstream input{lines};
    producers::Enqueuer enqueuer{database};
    return enqueuer.run(input, now, [&](const producers::RefusedLine& line) { refused.push_back(line); });
  }

  store::NotificationRecord found(std::string_view dedup_key, std::string_view slug = "taller-sur") {
    const auto record = history.notification(directory.find_company(slug)->id, dedup_key);
    REQUIRE(record.has_value());
    return *record;
  }
};

std::string line(const std::string& event, const std::string& key, const std::string& more = "",
                 const std::string& recipient = R"({"nombre":"Ana","email":"ana@example.cl"})",
                 const std::string& company = "taller-sur") {
  return R"({"event":")" + event + R"(","company":")" + company + R"(","key":")" + key + R"(","recipient":)" +
         recipient + more + "}\n";
}

}  // namespace

TEST_CASE("an event becomes a rendered notification that is due now") {
  World world;
  const auto report = world.enqueue(line("DOCUMENTO_CREADO", "doc-1", R"(,"documento":{"numero_documento":"77"})"));
  CHECK(report.lines == 1);
  CHECK(report.created == 1);
  CHECK(report.refused == 0);
  CHECK(report.skipped.empty());
  const auto row = world.found("DOCUMENTO_CREADO/doc-1/email");
  CHECK(row.event == Event::documento_creado);
  CHECK(row.channel == Channel::email);
  CHECK(row.sent_by == store::SentBy::company);
  CHECK(row.status == core::Status::queued);
  CHECK(row.recipient == "ana@example.cl");
  CHECK(row.recipient_name == "Ana");
  CHECK(row.subject == "Documento N° 77 de Taller Sur");
  CHECK(row.body.find("Hola Ana:") == 0);
  CHECK(row.message_id.ends_with("@sur.example"));
  CHECK(row.due_at == world.now);
  CHECK_FALSE(row.not_after);
}

TEST_CASE("the same event twice is there once, in one run and in the next") {
  World world;
  const auto first = world.enqueue(line("DOCUMENTO_CREADO", "doc-1") + line("DOCUMENTO_CREADO", "doc-1"));
  CHECK(first.created == 1);
  CHECK(first.duplicates == 1);
  const auto second = world.enqueue(line("DOCUMENTO_CREADO", "doc-1") + line("PAGO_PENDIENTE", "doc-1"));
  CHECK(second.created == 1);  // another event may use the same key
  CHECK(second.duplicates == 1);
}

TEST_CASE("a bad line is told with its number and keeps nothing else out") {
  World world;
  const auto report =
      world.enqueue(line("DOCUMENTO_CREADO", "doc-1") + "\n" + "{\n" + line("DOCUMENTO_CREADO", "doc-2") +
                    line("DOCUMENTO_CREADO", "doc-3", "", "{}", "taller-sud"));
  CHECK(report.lines == 4);  // the empty line is none
  CHECK(report.created == 2);
  CHECK(report.refused == 2);
  REQUIRE(world.refused.size() == 2);
  CHECK(world.refused[0].number == 3);
  CHECK(world.refused[0].sentence == "is not valid JSON (octet 2)");
  CHECK(world.refused[1].number == 5);
  CHECK(world.refused[1].sentence ==
        R"("company" is "taller-sud", which is no known company; did you mean "taller-sur"?)");
}

TEST_CASE("what cannot be sent is skipped with its reason") {
  World world;
  const auto report = world.enqueue(line("PAGO_PENDIENTE", "1", "", R"({"nombre":"Ana"})") +
                                    line("PAGO_PENDIENTE", "2", "", R"({"email":" "})") +
                                    line("PAGO_PENDIENTE", "3", R"(,"channels":["email","whatsapp","sms"])") +
                                    line("PAGO_PENDIENTE", "4", R"(,"not_after":"2026-11-23T11:59:59Z")") +
                                    line("PAGO_PENDIENTE", "5", "", R"({"email":"ana@example.cl"})", "taller-pobre"));
  CHECK(report.created == 1);
  CHECK(report.refused == 0);
  const std::map<std::string, std::size_t> expected{{"already over", 1},
                                                    {"no e-mail account", 1},
                                                    {"no e-mail address", 2},
                                                    {"no sms account", 1},
                                                    {"no whatsapp account", 1}};
  CHECK(report.skipped == expected);
  CHECK(report.skipped_in_all() == 6);
}

TEST_CASE("a company without an account writes from the platform's where the operator allows it") {
  World world;
  store::Platform platform;
  platform.accounts.email = account("egarage.example");
  platform.serves_companies = true;
  world.directory.set_platform(platform, world.now);
  CHECK(world.enqueue(line("PAGO_PENDIENTE", "1", "", R"({"email":"ana@example.cl"})", "taller-pobre")).created == 1);
  const auto row = world.found("PAGO_PENDIENTE/1/email", "taller-pobre");
  CHECK(row.sent_by == store::SentBy::platform);
  CHECK(row.message_id.ends_with("@egarage.example"));
}

TEST_CASE("notices about the subscription go from the platform to the administrator") {
  World world;
  const auto report =
      world.enqueue(line("SUSCRIPCION_VENCE", "2026-12-01/T-5", R"(,"datos":{"dias_restantes":5})", "{}") +
                    line("SUSCRIPCION_VENCIDA", "2026-12-01", "", R"({"nombre":"Luis","email":"luis@example.cl"})"));
  CHECK(report.created == 2);
  const auto to_admin = world.found("SUSCRIPCION_VENCE/2026-12-01/T-5/email");
  CHECK(to_admin.recipient == "marta@example.cl");
  CHECK(to_admin.recipient_name == "Marta Ríos");
  CHECK(to_admin.body.find("Hola Marta Ríos:") == 0);
  CHECK(to_admin.sent_by == store::SentBy::platform);
  CHECK(to_admin.message_id.ends_with("@egarage.example"));
  const auto to_other = world.found("SUSCRIPCION_VENCIDA/2026-12-01/email");
  CHECK(to_other.recipient == "luis@example.cl");
  CHECK(to_other.body.find("Hola Luis:") == 0);
}

TEST_CASE("the customer's language beats the company's") {
  World world;
  world.enqueue(line("PAGO_PENDIENTE", "1", "", R"({"email":"ana@example.cl","idioma":"en-US"})") +
                line("PAGO_PENDIENTE", "2", "", R"({"email":"ana@example.cl","idioma":"pt"})"));
  CHECK(world.found("PAGO_PENDIENTE/1/email").language == core::Language::en);
  CHECK(world.found("PAGO_PENDIENTE/1/email").body.find("Hi,") == 0);
  CHECK(world.found("PAGO_PENDIENTE/2/email").language == core::Language::es);
}

TEST_CASE("channels are the line's, else the company's for the event, else e-mail") {
  World world;
  auto company = world.directory.find_company("taller-sur")->company;
  company.routes[Event::pago_pendiente].channels = {Channel::sms};
  world.directory.upsert_company(company, world.now);
  const auto report =
      world.enqueue(line("PAGO_PENDIENTE", "1") + line("PAGO_PENDIENTE", "2", R"(,"channels":["email"])") +
                    line("REVISION_VEHICULO", "3"));
  CHECK(report.created == 2);
  CHECK(report.skipped.at("no sms account") == 1);
}

TEST_CASE("a notification waits for not_before and carries not_after") {
  World world;
  world.enqueue(
      line("PAGO_PENDIENTE", "1", R"(,"not_before":"2026-12-01T09:00:00-03:00","not_after":"2026-12-03T00:00:00Z")") +
      line("PAGO_PENDIENTE", "2", R"(,"not_before":"2020-01-01T00:00:00Z")"));
  CHECK(world.found("PAGO_PENDIENTE/1/email").due_at == *core::parse_instant("2026-12-01T12:00:00Z"));
  CHECK(world.found("PAGO_PENDIENTE/1/email").not_after == core::parse_instant("2026-12-03T00:00:00Z"));
  CHECK(world.found("PAGO_PENDIENTE/2/email").due_at == world.now);
}

TEST_CASE("a message that cannot be rendered makes its line a bad one, whole") {
  World world;
  // Every asterisk gets a backslash: the text grows beyond the template's bound on output.
  const auto huge = R"(,"channels":["sms","email"],"datos":{"descripcion":")" + std::string(1'048'000, '*') + "\"}";
  const auto report = world.enqueue(line("REVISION_VEHICULO", "1", huge) + line("REVISION_VEHICULO", "2"));
  CHECK(report.created == 1);
  CHECK(report.refused == 1);
  CHECK(report.skipped.empty());
  REQUIRE(world.refused.size() == 1);
  CHECK(world.refused[0].sentence.find("cannot be rendered: es/revision_vehiculo.md:") == 0);
}

TEST_CASE("progress is told after each commit, and all of a long input gets in") {
  World world;
  std::string lines;
  for (int i = 0; i < 4801; ++i) lines += line("PAGO_PENDIENTE", std::to_string(i));
  std::istringstream input{lines};
  producers::Enqueuer enqueuer{world.database};
  std::vector<std::size_t> told;
  const auto report = enqueuer.run(
      input, world.now, [](const producers::RefusedLine&) {},
      [&](const producers::EnqueueReport& so_far) { told.push_back(so_far.created); });
  CHECK(report.created == 4801);
  CHECK(told == std::vector<std::size_t>{2000, 4000, 4801});
}

TEST_CASE("an input that breaks off is an error that says what is in") {
  struct Breaking : std::stringbuf {
    using std::stringbuf::stringbuf;
    int_type underflow() override {
      const auto next = std::stringbuf::underflow();
      if (traits_type::eq_int_type(next, traits_type::eof())) throw std::runtime_error("disk failed");
      return next;
    }
  };
  World world;
  Breaking buffer{line("PAGO_PENDIENTE", "1") + line("PAGO_PENDIENTE", "2")};
  std::istream input{&buffer};
  producers::Enqueuer enqueuer{world.database};
  std::string what;
  try {
    enqueuer.run(input, world.now, [](const producers::RefusedLine&) {});
  } catch (const core::Error& error) {
    what = error.what();
    CHECK(error.code() == core::ExitCode::usage);
  }
  CHECK(what == "the input cannot be read to its end; the input is in up to line 2");
  world.found("PAGO_PENDIENTE/2/email");
}

TEST_CASE("enqueuing takes microseconds an event", "[.benchmark]") {
  World world;
  std::string lines;
  constexpr int events = 50'000;
  for (int i = 0; i < events; ++i) {
    lines += line(
        "DOCUMENTO_CREADO", std::to_string(i),
        R"(,"documento":{"id":5218,"numero_documento":"7998","tipo_documento":"Factura","fecha":"2026-11-16",)"
        R"("total":390060,"kilometraje":33658},"vehiculo":{"patente":"ZV-JX-31","marca":"Peugeot","modelo":"208",)"
        R"("anio":2025})",
        R"({"nombre":"Nicolás","apellido":"Vidal","email":"nicolas.vidal55@example.cl","telefono":"+56 9 8028 8956"})");
  }
  {
    std::istringstream input{lines};
    std::string text;
    std::size_t sum = 0;
    const auto start = cpu_microseconds();
    while (std::getline(input, text)) sum += producers::parse_event_line(text).index();
    const auto taken = cpu_microseconds() - start;
    std::printf("parse: %.1f µs each (%zu refused)\n", taken / events, sum);
  }
  const auto start = cpu_microseconds();
  CHECK(world.enqueue(lines).created == events);
  const auto taken = cpu_microseconds() - start;
  std::printf("enqueue: %.1f µs of CPU each, %.0f events/s\n", taken / events, events / (taken / 1e6));
}
