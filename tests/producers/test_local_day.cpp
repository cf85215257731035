#include "producers/local_day.hpp"

#include "support/catch.hpp"

using namespace egarage;
using namespace std::chrono_literals;
using core::Event;

namespace {

core::Instant at(const char* text) { return core::parse_instant(text).value(); }

}  // namespace

TEST_CASE("the next opening is that of the event, where it has hours of its own, and never on a holiday") {
  core::Company company;
  company.hours = {8h, 20h, false};
  company.hours.closed_days = {std::chrono::local_days{core::parse_date("2026-09-18").value()}};
  company.routes[Event::documento_creado].hours = core::SendingHours{0h, 24h, true, true};
  company.routes[Event::suscripcion_vence].hours = core::SendingHours{10h, 12h, true, true};
  const auto santiago = core::TimeZone::locate("America/Santiago").value();
  const auto friday = at("2026-09-18T02:30:00Z");  // 23:30 on Thursday; Friday is a holiday
  CHECK(producers::next_opening(company, Event::documento_creado, santiago, friday) == friday);
  CHECK(producers::next_opening(company, Event::suscripcion_vence, santiago, friday) == at("2026-09-18T13:00:00Z"));
  CHECK(producers::next_opening(company, Event::pago_pendiente, santiago, friday) == at("2026-09-21T11:00:00Z"));
}
