#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/instant.hpp"
#include "store/customers.hpp"
#include "store/database.hpp"
#include "store/identifiers.hpp"

namespace egarage::store {

/// Things of some days that nobody was told of yet: the company has no notification whose dedup key begins with
/// `EVENT/thing/day/step/`. In order of day and key, behind `after` when given, at most `count`. One pass over an
/// index, and a seek for each thing in it: what was told costs no more than that.
struct DaysAndStep {
  core::Date first, last;
  std::string_view step;  ///< `T+3`, `M+12`
};

/// Unpaid documents that are due on those days, with their due dates; PAGO_PENDIENTE.
std::vector<DatedKey> untold_unpaid(Database& database, CompanyId company, const DaysAndStep& wanted,
                                    const std::optional<DatedKey>& after, std::size_t count);
/// Those of them that there is a notification of whose dedup key begins with `PAGO_PENDIENTE/document/day/`: of another
/// step, whatever became of it.
std::vector<DatedKey> spoken_of_unpaid(Database& database, CompanyId company, const DaysAndStep& wanted,
                                       const std::optional<DatedKey>& after, std::size_t count);

/// A customer, by their last document.
struct AbsentCustomer : DatedKey {
  std::optional<std::string> why_not;  ///< what why_not_invited() (store/reasons.hpp) says of them on `today`
};

/// Customers whose last document is of those days; CLIENTE_INACTIVO.
std::vector<AbsentCustomer> untold_inactive(Database& database, CompanyId company, const DaysAndStep& wanted,
                                            core::Date today, const std::optional<DatedKey>& after, std::size_t count);

}  // namespace egarage::store
