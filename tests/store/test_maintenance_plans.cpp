#include "directory_fixture.hpp"

using namespace egarage;
using namespace egarage::store;
using core::MaintenanceType;

namespace {

MaintenancePlan plan(MaintenanceType type, const std::string& make = "", const std::string& model = "") {
  return DirectoryFixture::plan(type, make, model);
}

}  // namespace

TEST_CASE("a plan comes back as it went in, and saying it again changes nothing") {
  DirectoryFixture store;
  auto wanted = plan(MaintenanceType::aceite, "Toyota", "Yaris");
  wanted.distance = PlanDistance{10'000, core::DistanceUnit::mi};
  wanted.mode = PlanMode::fixed;
  wanted.days_before = 14;
  wanted.distance_before = 500;
  CHECK(store.put(wanted) == Upsert::created);
  CHECK(store.plans.find(store.sur, wanted) == wanted);
  CHECK(store.put(wanted) == Upsert::unchanged);
  wanted.months = std::nullopt;
  CHECK(store.put(wanted) == Upsert::changed);
  CHECK(store.plans.list(store.sur) == std::vector{wanted});
  CHECK(store.plans.list(store.norte).empty());
}

TEST_CASE("plans for the same type and vehicles are one, whatever the case of make and model") {
  DirectoryFixture store;
  store.put(plan(MaintenanceType::aceite, "Toyota", "Yaris"));
  CHECK(store.put(plan(MaintenanceType::aceite, "TOYOTA", "yaris")) == Upsert::changed);
  CHECK(store.put(plan(MaintenanceType::aceite, "TOYOTA", "yaris")) == Upsert::unchanged);
  CHECK(store.put(plan(MaintenanceType::aceite, "Toyota")) == Upsert::created);
  CHECK(store.put(plan(MaintenanceType::frenos, "Toyota")) == Upsert::created);
  auto own = plan(MaintenanceType::aceite);
  own.vehicle = "yaris";
  CHECK(store.put(own) == Upsert::created);
  CHECK(store.plans.list(store.sur).size() == 4);
  CHECK_FALSE(store.plans.find(store.sur, plan(MaintenanceType::aceite)));
}

TEST_CASE("every change of a plan is on record") {
  DirectoryFixture store;
  store.put(plan(MaintenanceType::aceite, "Toyota", "Yaris"));
  auto longer = plan(MaintenanceType::aceite, "Toyota", "Yaris");
  longer.months = 12;
  store.put(longer);
  CHECK(audit(store, "plan ACEITE") == ">created:Toyota Yaris|>changed:Toyota Yaris");
}

TEST_CASE("the plan that fits a vehicle most closely is the one that counts, for each type") {
  auto vehicle = DirectoryFixture::vehicle("v1", "ana");
  vehicle.make = "Toyota";
  vehicle.model = "Yaris";
  auto own = plan(MaintenanceType::aceite);
  own.vehicle = "v1";
  auto others = own;
  others.vehicle = "v2";
  const auto all = plan(MaintenanceType::aceite);
  const auto make = plan(MaintenanceType::aceite, "toyota");
  const auto model = plan(MaintenanceType::aceite, "TOYOTA", "YARIS");
  const auto other_model = plan(MaintenanceType::aceite, "Toyota", "Hilux");
  const auto brakes = plan(MaintenanceType::frenos);
  using Plans = std::vector<MaintenancePlan>;
  CHECK(plans_for(vehicle, {all, make, model, own, others}) == Plans{own});
  CHECK(plans_for(vehicle, {others, model, make, all}) == Plans{model});
  CHECK(plans_for(vehicle, {all, make, other_model}) == Plans{make});
  CHECK(plans_for(vehicle, {brakes, all, other_model}) == Plans{all, brakes});
  CHECK(plans_for(vehicle, {others, other_model}).empty());
  CHECK(plans_for(DirectoryFixture::vehicle("v9", "ana"), {make, all}) == Plans{all});
}
