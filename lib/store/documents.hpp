#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/instant.hpp"
#include "core/maintenance_type.hpp"
#include "core/money.hpp"
#include "store/customers.hpp"
#include "store/database.hpp"
#include "store/directory.hpp"
#include "store/identifiers.hpp"

namespace egarage::store {

/// What the workshop wrote for a customer: `Presupuesto`, `Orden de trabajo`, `Factura`.
struct Document {
  std::string key;                     ///< the host's, unique within the company
  std::string customer;                ///< key
  std::optional<std::string> vehicle;  ///< key
  std::string type;
  std::string number;  ///< may be empty
  core::Date date;
  std::optional<core::Money> total;
  std::optional<core::Date> due, paid;        ///< unpaid and never to be asked for: no due date
  std::optional<std::int64_t> odometer;       ///< in the vehicle's unit; only with a vehicle
  std::vector<core::MaintenanceType> covers;  ///< what was done to the vehicle, in the order of the types
  bool operator==(const Document&) const = default;
};

/// That a document covers a type of maintenance of its vehicle.
struct ServiceDone {
  std::string document;  ///< key
  core::Date date;
  std::optional<std::int64_t> odometer;  ///< in the vehicle's unit
  core::MaintenanceType type{};
};

/// A company's documents. Lists come in portions: the next one begins behind the last row of the one before.
class Documents {
 public:
  explicit Documents(Database& database) : database_(database) {}

  /// Creates the document or makes it equal to `document`, in the transaction that is open or one of its own.
  Upsert upsert(CompanyId company, const Document& document, core::Instant now);
  std::optional<Document> find(CompanyId company, std::string_view key) const;
  /// The same without what it covers: `covers` is empty. For those who ask only who owes what.
  std::optional<Document> find_bill(CompanyId company, std::string_view key) const;
  bool exists(CompanyId company, std::string_view key) const;
  std::vector<Document> list(CompanyId company, std::string_view after, std::size_t count) const;

  /// Unpaid ones that are due from `first` to `last`, by due date and key; behind `after` when given.
  std::vector<Document> unpaid(CompanyId company, core::Date first, core::Date last,
                               const std::optional<DatedKey>& after, std::size_t count) const;
  std::vector<Document> of_vehicle(CompanyId company, std::string_view vehicle) const;    ///< oldest first
  std::vector<Document> of_customer(CompanyId company, std::string_view customer) const;  ///< oldest first
  /// The vehicle of a document that the customer got on that day; absent when none of them is about one.
  std::optional<std::string> vehicle_on(CompanyId company, std::string_view customer, core::Date day) const;
  /// The vehicle's last document that covers the type.
  std::optional<Document> last_covering(CompanyId company, std::string_view vehicle, core::MaintenanceType type) const;
  /// What the vehicle's documents cover, by day and document.
  std::vector<ServiceDone> services_of(CompanyId company, std::string_view vehicle) const;
  /// The day of the vehicle's first document.
  std::optional<core::Date> first_of_vehicle(CompanyId company, std::string_view vehicle) const;

 private:
  std::vector<core::MaintenanceType> coverage(CompanyId company, std::string_view key) const;
  bool set_coverage(CompanyId company, const Document& document);
  void add_coverage(CompanyId company, std::vector<Document>& documents) const;

  Database& database_;
};

}  // namespace egarage::store
