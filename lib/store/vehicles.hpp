#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/distance_unit.hpp"
#include "core/instant.hpp"
#include "store/database.hpp"
#include "store/directory.hpp"
#include "store/identifiers.hpp"

namespace egarage::store {

struct Vehicle {
  std::string key;       ///< the host's, unique within the company
  std::string customer;  ///< key of its owner
  std::string plate;     ///< as its owner writes it; may be empty
  std::string make, model;
  std::optional<int> year;
  core::DistanceUnit unit = core::DistanceUnit::km;  ///< of its odometer
  bool sold = false;                                 ///< its owner has it no more: nothing is sent about it
  bool operator==(const Vehicle&) const = default;
};

/// A company's vehicles. Lists come in portions, in key order: the next one begins behind `after`.
class Vehicles {
 public:
  explicit Vehicles(Database& database) : database_(database) {}

  /// Creates the vehicle or makes it equal to `vehicle`; either way its maintenance is to be planned anew. `country`
  /// says how its plate is read (core::normalised_plate). A new owner and a sale are audited.
  Upsert upsert(CompanyId company, const Vehicle& vehicle, std::string_view country, core::Instant now);
  std::optional<Vehicle> find(CompanyId company, std::string_view key) const;
  bool exists(CompanyId company, std::string_view key) const;
  std::vector<Vehicle> list(CompanyId company, std::string_view after, std::size_t count) const;

  /// Those with that plate, however it is written; usually one. None for a plate without letters and digits.
  std::vector<Vehicle> with_plate(CompanyId company, std::string_view plate, std::string_view country) const;
  /// Unsold ones whose plate's last digit it is.
  std::vector<Vehicle> with_last_digit(CompanyId company, int digit, std::string_view after, std::size_t count) const;
  std::vector<Vehicle> of_customer(CompanyId company, std::string_view customer) const;

  /// Those of which something has changed since `note_planned` that maintenance is planned from: the vehicle, its
  /// readings, documents and reminders, or a plan.
  std::vector<Vehicle> to_replan(CompanyId company, std::string_view after, std::size_t count) const;
  /// The unsold ones among them whose plate's last digit it is.
  std::vector<Vehicle> to_replan_with_digit(CompanyId company, int digit, std::string_view after,
                                            std::size_t count) const;
  /// Belongs in the transaction that holds what was planned.
  void note_planned(CompanyId company, std::string_view key);

 private:
  Database& database_;
};

}  // namespace egarage::store
