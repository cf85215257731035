#include <sstream>

#include "content/whatsapp_payload.hpp"
#include "producers/enqueue.hpp"
#include "store/history.hpp"
#include "support/catch.hpp"
#include "support/example_account.hpp"
#include "support/temporary_folder.hpp"

using namespace egarage;
using core::Channel;
using core::Status;

namespace {

/// A workshop with an account on every channel.
struct Workshop {
  test::TemporaryFolder folder;
  core::Instant now = *core::parse_instant("2026-11-23T12:00:00Z");
  store::Database database = store::Database::create_or_upgrade(folder.path() / "store.db", now);
  store::Directory directory{database};
  store::History history{database};
  core::Company company;

  Workshop() {
    company.slug = "sur";
    company.name = "Taller Sur";
    company.country = "CL";
    company.time_zone = "America/Santiago";
    company.currency = "CLP";
    company.accounts.email = test::example_account();
    company.accounts.whatsapp.emplace().phone_number_id = "1065";
    company.accounts.sms.emplace().from = "+56221234567";
  }

  producers::EnqueueReport enqueue(core::Route route, const std::string& recipient,
                                   const std::string& event = "PAGO_PENDIENTE") {
    company.routes[*core::parse_event(event)] = std::move(route);
    directory.upsert_company(company, now);
    std::istringstream line{R"({"event":")" + event + R"(","company":"sur","key":"1","recipient":)" + recipient +
                            R"(,"datos":{"total":45990}})" + "\n"};
    return producers::Enqueuer{database}.run(line, now,
                                             [](const producers::RefusedLine& refused) { FAIL(refused.sentence); });
  }

  std::optional<store::NotificationRecord> row(const std::string& channel) {
    return history.notification(directory.find_company("sur")->id, "PAGO_PENDIENTE/1/" + channel);
  }
};

const std::string ana = R"({"nombre":"Ana","email":"ana@example.cl","telefono":"09-6123 4567"})";
const std::vector<Channel> everywhere{Channel::whatsapp, Channel::sms, Channel::email};

}  // namespace

TEST_CASE("an event goes out on all channels of its route, each with its own text") {
  Workshop workshop;
  CHECK(workshop.enqueue({everywhere, core::ChannelOrder::all, {}}, ana).created == 3);
  CHECK(workshop.row("sms")->recipient == "+56961234567");
  CHECK(workshop.row("whatsapp")->recipient == "+56961234567");
  CHECK(workshop.row("email")->recipient == "ana@example.cl");
  for (const auto* channel : {"sms", "whatsapp", "email"}) CHECK(workshop.row(channel)->status == Status::queued);
  CHECK(workshop.row("sms")->body.find("**") == std::string::npos);
}

TEST_CASE("with the order first the best channel waits to be sent, and the others stand by") {
  Workshop workshop;
  const auto report = workshop.enqueue({everywhere, core::ChannelOrder::first, {}}, ana);
  CHECK(report.created == 3);
  CHECK(workshop.row("whatsapp")->status == Status::queued);
  CHECK(workshop.row("sms")->status == Status::standby);
  CHECK(workshop.row("email")->status == Status::standby);
  CHECK(workshop.enqueue({everywhere, core::ChannelOrder::first, {}}, ana).duplicates == 3);
}

TEST_CASE("what cannot reach the recipient is left out with the reason, and the next channel is the first") {
  struct Row {
    std::string recipient, reason, first;
  };
  const Row row = GENERATE(values<Row>({
      {R"({"nombre":"Ana","email":"ana@example.cl"})", "no phone number", "email"},
      {R"({"nombre":"Ana","email":"ana@example.cl","telefono":" "})", "no phone number", "email"},
      {R"({"nombre":"Ana","email":"ana@example.cl","telefono":"6123 4567"})",
       "phone number has 8 digits: Chilean numbers have 9 (a mobile number begins with 9)", "email"},
      {R"({"nombre":"Ana","email":"ana@example.cl","telefono":"+56 2 2123 4567"})", "phone number is a landline",
       "whatsapp"},
      {R"({"nombre":"Ana","telefono":"+56 9 6123 4567"})", "no e-mail address", "whatsapp"},
  }));
  INFO(row.recipient);
  Workshop workshop;
  const auto report = workshop.enqueue({everywhere, core::ChannelOrder::first, {}}, row.recipient);
  CHECK(report.skipped.contains(row.reason));
  CHECK(workshop.row(row.first)->status == Status::queued);
}

TEST_CASE("a recipient whom no channel can reach is counted, not queued") {
  Workshop workshop;
  const auto report = workshop.enqueue({everywhere, core::ChannelOrder::first, {}}, R"({"nombre":"Ana"})");
  CHECK(report.created == 0);
  CHECK(report.skipped_in_all() == 3);
}

TEST_CASE("a number is read as the company's country reads it") {
  Workshop workshop;
  workshop.company.country = "US";
  workshop.company.language = core::Language::en;
  workshop.enqueue({{Channel::sms}, core::ChannelOrder::all, {}}, R"({"nombre":"Joe","telefono":"(305) 555-0142"})");
  CHECK(workshop.row("sms")->recipient == "+13055550142");
}

TEST_CASE("an SMS keeps its accents where its account says so") {
  const auto alphabet = GENERATE(core::SmsAlphabet::transliterate, core::SmsAlphabet::as_written);
  Workshop workshop;
  workshop.company.name = "Taller Pérez Ibáñez";
  workshop.company.accounts.sms->alphabet = alphabet;
  workshop.enqueue({{Channel::sms}, core::ChannelOrder::all, {}}, ana);
  const bool kept = workshop.row("sms")->body.find("Ibáñez") != std::string::npos;
  CHECK(kept == (alphabet == core::SmsAlphabet::as_written));
}

TEST_CASE("notices to the administrator go out from the platform's accounts on every channel") {
  Workshop workshop;
  store::Platform platform;
  platform.accounts.whatsapp.emplace().phone_number_id = "2099";
  workshop.directory.set_platform(platform, workshop.now);
  workshop.enqueue({{Channel::whatsapp}, core::ChannelOrder::all, {}},
                   R"({"nombre":"Marta","telefono":"+56 9 7234 5678"})", "SUSCRIPCION_VENCE");
  const auto row =
      workshop.history.notification(workshop.directory.find_company("sur")->id, "SUSCRIPCION_VENCE/1/whatsapp");
  REQUIRE(row);
  CHECK(row->sent_by == store::SentBy::platform);
}
