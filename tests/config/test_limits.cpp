#include "config/configuration_file.hpp"
#include "support/catch.hpp"

using namespace egarage;
using namespace std::chrono_literals;
using core::ContactLimit;
using core::Event;
using core::EventClass;
using test::complaint;

namespace {

const std::string store = "[store]\npath = \"s.db\"\n";
const std::string company = "[[company]]\nslug = \"sur\"\n";

config::Configuration load(const std::string& text) {
  const test::TemporaryFolder folder;
  return config::load(test::write(folder, text));
}

}  // namespace

TEST_CASE("limits of contacts are as written, for all companies and for one") {
  const auto configuration =
      load(store + "[limits]\ncollection = { per_week = 1 }\ntransactional = { days_apart = 1 }\n" + company +
           "[company.limits]\ncollection = \"unlimited\"\n"
           "promotional = { per_week = 3, days_apart = 5 }\n");
  CHECK(configuration.limits == core::ContactLimits{{EventClass::collection, {1, 2}},  // left out: the default
                                                    {EventClass::transactional, {std::nullopt, 1}}});
  CHECK(configuration.companies.at(0).limits ==
        core::ContactLimits{{EventClass::collection, {}}, {EventClass::promotional, {3, 5}}});
  CHECK(load(store + company).limits.empty());
}

TEST_CASE("an event's hours leave out what is as in the company's, wherever these stand") {
  const auto configuration = load(store + company +
                                  "events.DOCUMENTO_CREADO.hours = { start = \"00:00\", end = \"24:00\" }\n"
                                  "events.PAGO_PENDIENTE.hours = { start = \"10:00\", holidays = false }\n"
                                  "events.PAGO_PENDIENTE.channels = [\"sms\"]\n"
                                  "hours = { start = \"09:00\", end = \"18:00\", weekends = true }\n");
  const auto& sur = configuration.companies.at(0);
  CHECK(sur.hours == core::SendingHours{9h, 18h, true, true});  // not said: as at weekends
  CHECK(sur.hours_of(Event::documento_creado) == core::SendingHours{0h, 24h, true, true});
  CHECK(sur.hours_of(Event::pago_pendiente) == core::SendingHours{10h, 18h, true, false});
  CHECK(sur.route(Event::pago_pendiente).channels == std::vector{core::Channel::sms});
  CHECK(sur.hours_of(Event::cliente_inactivo) == sur.hours);
}

TEST_CASE("a bad limit or window of an event is refused with its line and what to do") {
  struct Row {
    std::string text, begins, hint_has;
  };
  const Row row = GENERATE(values<Row>({
      {"[limits]\ncollection = { per_week = 0 }\n", "4: [limits.collection] per_week is out of range", "from 1"},
      {"[limits]\ncollection = { days_apart = -1 }\n", "4: [limits.collection] days_apart is out of range", "from 0"},
      {"[limits]\ncollection = \"none\"\n", "4: [limits] collection cannot be \"none\"", "unlimited"},
      {"[limits]\ncollections = { per_week = 1 }\n", "4: [limits.collections] is not a known key", "collection"},
      {"[limits]\ncollection = { per_month = 1 }\n", "4: [limits.collection] per_month is not a known key",
       "per_week, days_apart"},
      {company + "limits = { promotional = { per_day = 1 } }\n",
       "5: [company.limits.promotional] per_day is not a known key", ""},
      {company + "events.PAGO_PENDIENTE.hours = { start = \"25:00\" }\n",
       "5: [company.events.PAGO_PENDIENTE.hours] start is not a time of day", "24:00"},
      {company + "events.PAGO_PENDIENTE.hours = { holiday = true }\n",
       "5: [company.events.PAGO_PENDIENTE.hours] holiday is not a known key", "holidays"},
  }));
  INFO(row.text);
  const auto said = complaint(store + row.text);
  INFO(said);
  CHECK(said.rfind(row.begins, 0) == 0);
  CHECK(said.find(row.hint_has, said.find(" | ")) != std::string::npos);
}
