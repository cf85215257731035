#include "directory_fixture.hpp"

using namespace egarage;
using namespace egarage::store;
using core::MaintenanceType;

TEST_CASE("a document comes back as it went in, and saying it again changes nothing") {
  DirectoryFixture store;
  auto document = DirectoryFixture::service("doc-1", "2026-11-20");
  document.number = "F-1042";
  document.total = core::Money{119'000, "CLP"};
  document.due = day("2026-12-20");
  document.paid = day("2026-12-24");
  document.odometer = 52'000;
  document.covers = {MaintenanceType::aceite, MaintenanceType::filtros};
  CHECK(store.put(document) == Upsert::created);
  CHECK(store.documents.find(store.sur, "doc-1") == document);
  CHECK(store.put(document) == Upsert::unchanged);
  document.covers = {MaintenanceType::aceite};
  CHECK(store.put(document) == Upsert::changed);
  CHECK(store.documents.find(store.sur, "doc-1") == document);
  document.total = std::nullopt;
  document.odometer = std::nullopt;
  CHECK(store.put(document) == Upsert::changed);
  CHECK(store.documents.find(store.sur, "doc-1") == document);
  CHECK_FALSE(store.documents.find(store.norte, "doc-1"));
  CHECK(store.documents.exists(store.sur, "doc-1"));
  CHECK_FALSE(store.documents.exists(store.norte, "doc-1"));
}

TEST_CASE("what a document covers has no order of its own") {
  DirectoryFixture store;
  auto document = DirectoryFixture::service("doc-1", "2026-11-20");
  document.covers = {MaintenanceType::bujias, MaintenanceType::aceite};
  store.put(document);
  CHECK(store.documents.find(store.sur, "doc-1")->covers ==
        std::vector{MaintenanceType::aceite, MaintenanceType::bujias});
  CHECK(store.put(document) == Upsert::unchanged);
}

TEST_CASE("unpaid documents are found by their due date, in portions") {
  DirectoryFixture store;
  const auto put = [&](const char* key, const char* due, const char* paid) {
    auto document = DirectoryFixture::document(key, "2026-01-01");
    if (*due) document.due = day(due);
    if (*paid) document.paid = day(paid);
    store.put(document);
  };
  put("early", "2026-01-31", "");
  put("b", "2026-02-01", "");
  put("a", "2026-02-10", "");
  put("c", "2026-02-10", "");
  put("paid", "2026-02-10", "2026-02-05");
  put("cash", "", "");
  put("late", "2026-03-01", "");
  const auto unpaid = [&](const std::optional<DatedKey>& after, std::size_t count) {
    return keys_of(store.documents.unpaid(store.sur, day("2026-02-01"), day("2026-02-28"), after, count));
  };
  CHECK(unpaid({}, 10) == "b a c");
  CHECK(unpaid({}, 2) == "b a");
  CHECK(unpaid(DatedKey{day("2026-02-10"), "a"}, 2) == "c");
}

TEST_CASE("documents are listed by key in portions, and oldest first for a vehicle and for a customer") {
  DirectoryFixture store;
  store.put(DirectoryFixture::service("b", "2026-03-01"));
  store.put(DirectoryFixture::service("c", "2026-01-01"));
  store.put(DirectoryFixture::document("a", "2026-02-01"));
  CHECK(keys_of(store.documents.list(store.sur, "", 2)) == "a b");
  CHECK(keys_of(store.documents.list(store.sur, "b", 2)) == "c");
  CHECK(keys_of(store.documents.of_vehicle(store.sur, "yaris")) == "c b");
  CHECK(keys_of(store.documents.of_customer(store.sur, "ana")) == "c a b");
  CHECK(store.documents.of_customer(store.sur, "luis").empty());
}

TEST_CASE("the last document that covers a type is the latest by date, then by key") {
  DirectoryFixture store;
  const auto put = [&](const char* key, const char* date, std::vector<MaintenanceType> covers) {
    auto document = DirectoryFixture::service(key, date);
    document.covers = std::move(covers);
    store.put(document);
  };
  const auto last = [&](MaintenanceType type) {
    const auto found = store.documents.last_covering(store.sur, "yaris", type);
    return found ? found->key : "";
  };
  CHECK(last(MaintenanceType::aceite).empty());
  put("d1", "2026-01-01", {MaintenanceType::aceite, MaintenanceType::filtros});
  put("d2", "2026-03-01", {MaintenanceType::aceite});
  put("d3", "2026-03-01", {MaintenanceType::aceite});
  put("d4", "2026-04-01", {MaintenanceType::frenos});
  CHECK(last(MaintenanceType::aceite) == "d3");
  CHECK(last(MaintenanceType::filtros) == "d1");
  CHECK(last(MaintenanceType::bujias).empty());
  CHECK(store.documents.last_covering(store.sur, "yaris", MaintenanceType::filtros)->covers.size() == 2);
}
