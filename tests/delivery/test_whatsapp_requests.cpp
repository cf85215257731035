// The way of a WhatsApp message from its event to what Meta gets, for every event and language. What comes out stands
// in whatsapp_requests.json, for people to read; tests/cli/test_provider_rules.py checks the same file against Meta's
// rules.
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "channels/whatsapp/cloud_payload.hpp"
#include "channels/whatsapp/fault.hpp"
#include "content/sample_company.hpp"
#include "content/variables.hpp"
#include "content/whatsapp_message.hpp"
#include "content/whatsapp_payload.hpp"
#include "support/catch.hpp"

using namespace egarage;
using core::Language;
using json = nlohmann::ordered_json;

namespace {

channels::Message message_for(core::Event event, Language language) {
  static const content::Catalogue catalogue;
  const bool chilean = language == Language::es;
  const auto company = chilean ? test::chilean_company() : test::american_company();
  const auto place = chilean ? content::Place::chile : content::Place::usa;
  const auto objects = content::sample_objects(event, place, content::Detail::full);
  const auto approved = content::make_whatsapp_message(
      catalogue, {}, event, content::languages_for(language, company), test::context_for(company, event, objects),
      {company.currency, *core::TimeZone::locate(company.time_zone), *core::parse_instant("2026-11-23T01:30:00Z")});

  channels::Message message;
  message.token = 4711;
  message.recipient = chilean ? "+56961234567" : "+13055550142";
  message.whatsapp = content::parse_payload(content::to_payload(approved));  // as the store keeps it
  return message;
}

json expected_requests() {
  std::ifstream file{EGARAGE_SOURCE_DIR "/tests/delivery/whatsapp_requests.json"};
  return json::parse(std::string{std::istreambuf_iterator<char>{file}, {}});
}

}  // namespace

TEST_CASE("every event in both languages becomes the request that Meta's page describes") {
  auto made = json::object();
  for (const auto& [language, language_name] : core::language_names) {
    for (const auto& about : core::all_events) {
      const auto message = message_for(about.event, language);
      CHECK_FALSE(channels::whatsapp::fault_before_sending(message));
      made[std::string(language_name) + "/" + std::string(about.code)] =
          json::parse(channels::whatsapp::cloud_payload(message));
    }
  }
  CHECK(made.size() == 14);
  const bool as_expected = made == expected_requests();
  // What was made is left in the test's folder, to be compared and, if it is right, to become what is expected.
  if (!as_expected) std::ofstream{"whatsapp_requests.json"} << made.dump(2) << '\n';
  CHECK(as_expected);
}
