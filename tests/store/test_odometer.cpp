#include "directory_fixture.hpp"

using namespace egarage;
using namespace egarage::store;

TEST_CASE("a reading is one per vehicle, day and source, and a later value corrects it") {
  DirectoryFixture store;
  const auto put = [&](const char* date, std::int64_t value, ReadingSource source) {
    return store.odometer.upsert(store.sur, "yaris", {day(date), value, source}, noon);
  };
  CHECK(put("2026-05-01", 50'000, ReadingSource::workshop) == Upsert::created);
  CHECK(put("2026-05-01", 50'000, ReadingSource::workshop) == Upsert::unchanged);
  CHECK(put("2026-05-01", 50'100, ReadingSource::workshop) == Upsert::changed);
  CHECK(put("2026-05-01", 50'090, ReadingSource::customer) == Upsert::created);
  CHECK(is_refused([&] { store.odometer.upsert(store.norte, "yaris", {day("2026-05-01"), 1, {}}, noon); }));
  CHECK(is_refused([&] { put("2026-05-01", 1, ReadingSource::document); }));
}

TEST_CASE("a vehicle's readings come by day, those of its documents among them") {
  DirectoryFixture store;
  store.odometer.upsert(store.sur, "yaris", {day("2026-06-01"), 51'000, ReadingSource::device}, noon);
  store.odometer.upsert(store.sur, "yaris", {day("2026-04-01"), 49'000, ReadingSource::inspection}, noon);
  auto service = DirectoryFixture::service("doc", "2026-05-01");
  service.odometer = 50'000;
  store.put(service);
  store.put(DirectoryFixture::service("doc-2", "2026-05-02"));
  CHECK(store.odometer.of_vehicle(store.sur, "yaris") ==
        std::vector{OdometerReading{day("2026-04-01"), 49'000, ReadingSource::inspection},
                    OdometerReading{day("2026-05-01"), 50'000, ReadingSource::document},
                    OdometerReading{day("2026-06-01"), 51'000, ReadingSource::device}});
  CHECK(store.odometer.of_vehicle(store.sur, "hilux").empty());
}

TEST_CASE("all readings are listed by vehicle, day and source, in portions and without those of documents") {
  DirectoryFixture store;
  const auto put = [&](const char* vehicle, const char* date, ReadingSource source) {
    store.odometer.upsert(store.sur, vehicle, {day(date), 50'000, source}, noon);
  };
  put("yaris", "2026-05-01", ReadingSource::workshop);
  put("yaris", "2026-05-01", ReadingSource::customer);
  put("yaris", "2026-04-01", ReadingSource::workshop);
  put("hilux", "2026-06-01", ReadingSource::workshop);
  auto service = DirectoryFixture::service("doc", "2026-05-01");
  service.odometer = 50'000;
  store.put(service);
  std::string seen;
  std::optional<Odometer::Place> after;
  for (;;) {
    const auto rows = store.odometer.list(store.sur, after, 1);
    if (rows.empty()) break;
    after = rows.back();
    seen += after->vehicle + " " + core::format_date(after->reading.date) + " " +
            std::string(core::name_of(reading_source_names, after->reading.source)) + "; ";
  }
  CHECK(seen ==
        "hilux 2026-06-01 workshop; yaris 2026-04-01 workshop; yaris 2026-05-01 customer; "
        "yaris 2026-05-01 workshop; ");
}
