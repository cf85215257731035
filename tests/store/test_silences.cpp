#include "directory_fixture.hpp"

using namespace egarage;
using namespace egarage::store;
using core::Event;

TEST_CASE("a silence is one for the same thing, and a later day takes the place of the one before") {
  DirectoryFixture store;
  Silence silence{"ana", {}, Event::cliente_inactivo, day("2026-12-24"), "viaje"};
  CHECK(store.put(silence) == Upsert::created);
  CHECK(store.put(silence) == Upsert::unchanged);
  silence.until = day("2026-12-31");
  CHECK(store.put(silence) == Upsert::changed);
  CHECK(store.silences.find(store.sur, silence) == silence);
  CHECK(store.silences.list(store.sur) == std::vector{silence});
  CHECK(store.silences.list(store.norte).empty());
  CHECK(audit(store, "silence customer ana CLIENTE_INACTIVO") == ">2026-12-24:viaje|2026-12-24>2026-12-31:viaje");
}

TEST_CASE("a silence covers what it names, up to and including its day") {
  struct Row {
    Silence silence;
    const char* day;
    bool ana, ana_with_yaris, ana_owes, luis_with_hilux;
  };
  const auto until = day("2026-12-24");
  for (const auto& row :
       {Row{{{}, {}, {}, until, ""}, "2026-12-24", true, true, true, true},
        Row{{{}, {}, {}, until, ""}, "2026-12-25", false, false, false, false},
        Row{{"ana", {}, {}, until, ""}, "2026-12-24", true, true, true, false},
        Row{{{}, "yaris", {}, until, ""}, "2026-12-24", false, true, false, false},
        Row{{{}, {}, Event::pago_pendiente, until, ""}, "2026-12-24", false, false, true, false},
        Row{{"ana", {}, Event::pago_pendiente, until, ""}, "2026-12-01", false, false, true, false},
        Row{{"luis", {}, Event::mantenimiento_recordatorio, until, ""}, "2026-12-01", false, false, false, true}}) {
    DirectoryFixture store;
    store.put(row.silence);
    const auto covered = [&](const SilenceSubject& subject) {
      return store.silences.covering(store.sur, subject, day(row.day)).has_value();
    };
    CAPTURE(row.silence.customer, row.silence.vehicle, row.day);
    CHECK(covered({"ana", {}, Event::documento_creado}) == row.ana);
    CHECK(covered({"ana", "yaris", Event::mantenimiento_recordatorio}) == row.ana_with_yaris);
    CHECK(covered({"ana", {}, Event::pago_pendiente}) == row.ana_owes);
    CHECK(covered({"luis", "hilux", Event::mantenimiento_recordatorio}) == row.luis_with_hilux);
    CHECK_FALSE(store.silences.covering(store.norte, {"ana", "yaris", Event::pago_pendiente}, day(row.day)));
  }
}

TEST_CASE("of several silences the longest is named") {
  DirectoryFixture store;
  store.put(Silence{{}, {}, {}, day("2026-12-24"), "cerrado"});
  store.put(Silence{"ana", {}, {}, day("2027-01-31"), "viaje"});
  const SilenceSubject subject{"ana", {}, Event::documento_creado};
  CHECK(store.silences.covering(store.sur, subject, day("2026-12-01"))->reason == "viaje");
}
