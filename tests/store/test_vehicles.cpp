#include "directory_fixture.hpp"

using namespace egarage;
using namespace egarage::store;

TEST_CASE("a vehicle comes back as it went in, and saying it again changes nothing") {
  DirectoryFixture store;
  Vehicle vehicle{"v1", "ana", "bb-cl-45", "Toyota", "Yaris", 2019, core::DistanceUnit::mi, false};
  CHECK(store.put(vehicle) == Upsert::created);
  CHECK(store.vehicles.find(store.sur, "v1") == vehicle);
  CHECK(store.put(vehicle) == Upsert::unchanged);
  vehicle.year = std::nullopt;
  CHECK(store.put(vehicle) == Upsert::changed);
  CHECK(store.vehicles.find(store.sur, "v1") == vehicle);
  CHECK_FALSE(store.vehicles.find(store.norte, "v1"));
  CHECK(store.vehicles.exists(store.sur, "v1"));
  CHECK_FALSE(store.vehicles.exists(store.norte, "v1"));
}

TEST_CASE("a vehicle of nobody, or of another company's customer, is refused") {
  DirectoryFixture store;
  CHECK(is_refused([&] { store.put(DirectoryFixture::vehicle("v1", "nobody")); }));
  CHECK(is_refused([&] { store.vehicles.upsert(store.norte, DirectoryFixture::vehicle("v1", "ana"), "CL", noon); }));
}

TEST_CASE("vehicles are found by their plate however it is written, and by its last digit") {
  DirectoryFixture store;
  auto yaris = DirectoryFixture::vehicle("yaris", "ana");
  yaris.plate = "BB·CL-45";
  store.put(yaris);
  auto hilux = DirectoryFixture::vehicle("hilux", "luis");
  hilux.plate = "AB 1235";
  store.put(hilux);
  CHECK(keys_of(store.vehicles.with_plate(store.sur, "bbcl45-k", "CL")) == "yaris");
  CHECK(store.vehicles.with_plate(store.sur, "BBCL46", "CL").empty());
  CHECK(store.vehicles.with_plate(store.sur, "", "CL").empty());
  CHECK(keys_of(store.vehicles.with_last_digit(store.sur, 5, "", 10)) == "hilux yaris");
  CHECK(keys_of(store.vehicles.with_last_digit(store.sur, 5, "hilux", 10)) == "yaris");
  CHECK(store.vehicles.with_last_digit(store.sur, 4, "", 10).empty());
  yaris.sold = true;
  store.put(yaris);
  CHECK(keys_of(store.vehicles.with_last_digit(store.sur, 5, "", 10)) == "hilux");
}

TEST_CASE("vehicles are listed by key in portions, and by their owner") {
  DirectoryFixture store;
  store.put(DirectoryFixture::vehicle("aygo", "ana"));
  CHECK(keys_of(store.vehicles.list(store.sur, "", 2)) == "aygo hilux");
  CHECK(keys_of(store.vehicles.list(store.sur, "hilux", 2)) == "yaris");
  CHECK(keys_of(store.vehicles.of_customer(store.sur, "ana")) == "aygo yaris");
  CHECK(store.vehicles.of_customer(store.norte, "ana").empty());
}

TEST_CASE("a sale and a new owner are on record") {
  DirectoryFixture store;
  auto yaris = DirectoryFixture::vehicle("yaris", "luis");
  store.put(yaris);
  yaris.sold = true;
  store.put(yaris);
  CHECK(audit(store, "vehicle yaris") == "owned>owned:ana to luis|owned>sold:");
}

TEST_CASE("a vehicle is planned anew when what its maintenance is planned from has changed") {
  DirectoryFixture store;
  CHECK(store.take_to_replan() == "hilux yaris");  // both are new
  CHECK(store.take_to_replan().empty());

  auto yaris = DirectoryFixture::vehicle("yaris", "ana");
  store.put(yaris);
  CHECK(store.take_to_replan().empty());
  yaris.make = "Toyota";
  store.put(yaris);
  CHECK(store.take_to_replan() == "yaris");

  OdometerReading reading{day("2026-05-01"), 50'000, ReadingSource::workshop};
  store.odometer.upsert(store.sur, "yaris", reading, noon);
  CHECK(store.take_to_replan() == "yaris");
  store.odometer.upsert(store.sur, "yaris", reading, noon);
  CHECK(store.take_to_replan().empty());
  reading.value = 51'000;
  store.odometer.upsert(store.sur, "yaris", reading, noon);
  CHECK(store.take_to_replan() == "yaris");
  CHECK(refusal(store, "DELETE FROM odometer_reading").empty());
  CHECK(store.take_to_replan() == "yaris");

  store.put(DirectoryFixture::document("bill", "2026-05-02"));  // of no vehicle
  CHECK(store.take_to_replan().empty());
  auto service = DirectoryFixture::service("service", "2026-05-02");
  store.put(service);
  CHECK(store.take_to_replan() == "yaris");
  service.paid = day("2026-05-03");
  store.put(service);
  CHECK(store.take_to_replan().empty());
  service.covers = {core::MaintenanceType::aceite};
  store.put(service);
  CHECK(store.take_to_replan() == "yaris");
  service.covers = {};
  store.put(service);
  CHECK(store.take_to_replan() == "yaris");
  service.vehicle = "hilux";
  store.put(service);
  CHECK(store.take_to_replan() == "hilux yaris");
  CHECK(refusal(store, "DELETE FROM document").empty());
  CHECK(store.take_to_replan() == "hilux");

  auto reminder = DirectoryFixture::reminder("r", "yaris", "2026-12-01");
  store.put(reminder);
  CHECK(store.take_to_replan() == "yaris");
  reminder.description = "Cambio de aceite";
  store.put(reminder);
  CHECK(store.take_to_replan().empty());
  reminder.vehicle = "hilux";
  store.put(reminder);
  CHECK(store.take_to_replan() == "hilux yaris");
}

TEST_CASE("a plan has every vehicle planned anew that it may be for") {
  DirectoryFixture store;
  store.take_to_replan();
  auto plan = DirectoryFixture::plan(core::MaintenanceType::aceite);
  store.put(plan);
  CHECK(store.take_to_replan() == "hilux yaris");
  store.put(plan);
  CHECK(store.take_to_replan().empty());
  plan.months = 12;
  store.put(plan);
  CHECK(store.take_to_replan() == "hilux yaris");
  plan.vehicle = "yaris";
  store.put(plan);
  CHECK(store.take_to_replan() == "yaris");
}

TEST_CASE("vehicles to plan anew come in portions") {
  DirectoryFixture store;
  CHECK(keys_of(store.vehicles.to_replan(store.sur, "", 1)) == "hilux");
  CHECK(keys_of(store.vehicles.to_replan(store.sur, "hilux", 1)) == "yaris");
  CHECK(store.vehicles.to_replan(store.sur, "yaris", 1).empty());
  CHECK(store.vehicles.to_replan(store.norte, "", 10).empty());
}
