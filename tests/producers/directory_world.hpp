#pragma once

#include <fmt/format.h>

#include <functional>
#include <string>
#include <string_view>

#include "producers/producer.hpp"
#include "store/customers.hpp"
#include "store/directory.hpp"
#include "store/documents.hpp"
#include "store/history.hpp"
#include "store/vehicles.hpp"
#include "support/catch.hpp"
#include "support/example_account.hpp"
#include "support/temporary_folder.hpp"

namespace egarage::test {

inline core::Instant instant(std::string_view text) {
  const auto parsed = core::parse_instant(text);
  REQUIRE(parsed.has_value());
  return *parsed;
}

inline core::Date the_day(std::string_view text) {
  const auto parsed = core::parse_date(text);
  REQUIRE(parsed.has_value());
  return *parsed;
}

/// A store with a workshop in Santiago that is open around the clock, its customers, vehicles and documents.
struct DirectoryWorld {
  TemporaryFolder folder;
  core::Instant start = instant("2020-01-01T12:00:00Z");
  store::Database database = store::Database::create_or_upgrade(folder.path() / "store.db", start);
  store::Directory directory{database};
  store::History history{database};
  store::Customers customers{database};
  store::Vehicles vehicles{database};
  store::Documents documents{database};
  store::CompanyId company = put_company();

  template <typename Thing>
  using Change = std::function<void(Thing&)>;

  store::CompanyId put_company(const Change<core::Company>& change = {}) {
    core::Company one;
    one.slug = "taller-sur";
    one.name = "Taller Sur";
    one.country = "CL";
    one.time_zone = "America/Santiago";
    one.currency = "CLP";
    one.hours = {std::chrono::hours{0}, std::chrono::hours{24}, true};
    one.accounts.email = example_account();
    if (change) change(one);
    directory.upsert_company(one, start);
    return directory.find_company(one.slug)->id;
  }

  void put_customer(const std::string& key, const Change<store::Customer>& change = {}) {
    store::Customer one;
    one.key = key;
    one.name = "Ana";
    one.surname = "Soto";
    one.email = "ana@example.cl";
    if (change) change(one);
    customers.upsert(company, one, start);
  }

  void put_vehicle(const std::string& key, const std::string& customer, const Change<store::Vehicle>& change = {}) {
    store::Vehicle one;
    one.key = key;
    one.customer = customer;
    one.plate = "BB-CL-45";
    one.make = "Toyota";
    one.model = "Yaris";
    if (change) change(one);
    vehicles.upsert(company, one, "CL", start);
  }

  void put_document(const std::string& key, const std::string& customer, std::string_view date,
                    const Change<store::Document>& change = {}) {
    store::Document one;
    one.key = key;
    one.customer = customer;
    one.type = "Factura";
    one.number = "1042";
    one.date = the_day(date);
    one.total = core::Money{189990, "CLP"};
    if (change) change(one);
    documents.upsert(company, one, start);
  }

  void change_document(const std::string& key, const Change<store::Document>& change) {
    auto one = documents.find(company, key);
    REQUIRE(one.has_value());
    change(*one);
    documents.upsert(company, *one, start);
  }

  store::NotificationRecord found(std::string_view key) {
    const auto record = history.notification(company, key);
    INFO(key);
    REQUIRE(record.has_value());
    return *record;
  }
};

/// The keys that were made, in order, without the event and the channel: `F-1/2026-12-01/T-3 F-2/…`.
inline std::string keys(const producers::ProducerReport& report) {
  std::string result;
  for (const auto& one : report.created) {
    const auto begin = one.dedup_key.find('/') + 1;
    result += (result.empty() ? "" : " ") + one.dedup_key.substr(begin, one.dedup_key.rfind('/') - begin);
  }
  return result;
}

/// What was withdrawn and why, a line each.
inline std::string cancelled(const producers::ProducerReport& report) {
  std::string result;
  for (const auto& one : report.cancelled) result += fmt::format("{}: {}\n", one.dedup_key, one.reason);
  return result;
}

}  // namespace egarage::test
