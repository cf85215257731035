#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/company.hpp"
#include "core/distance_unit.hpp"
#include "core/instant.hpp"
#include "exchange/fields.hpp"
#include "exchange/record.hpp"
#include "store/database.hpp"
#include "store/directory.hpp"

namespace egarage::exchange {

/// Whose rows they are.
struct Owner {
  store::CompanyId id;
  core::Company company;

  /// What its odometers count where nobody says it.
  core::DistanceUnit usual_unit() const {
    return company.country == "US" ? core::DistanceUnit::mi : core::DistanceUnit::km;
  }
};

/// Puts what the fields say into the store. Empty when a field refuses it, and then nothing was written.
using PutRow = std::optional<store::Upsert>(store::Database& database, const Owner& owner, Fields& fields,
                                            core::Instant now);
/// Takes a row, a cell for each column of the kind but `company`.
using RowSink = std::function<void(const Cells&)>;
/// Gives all rows of the owner, in the order of their keys, without holding more than a portion of them.
using WriteRows = void(store::Database& database, const Owner& owner, const RowSink& sink);

/// One kind of thing that files hold. Its columns begin with `company` where companies own it; else there is no owner.
struct Kind {
  std::string_view name;
  Columns columns;
  PutRow* put;
  WriteRows* write;

  bool is_of_companies() const { return columns.front().name == "company"; }
};

/// In the order in which they refer to each other: what is named comes before what names it.
std::span<const Kind> all_kinds();
const Kind* find_kind(std::string_view name);

// One file each.
Kind companies();
Kind customers();
Kind vehicles();
Kind odometer();
Kind documents();
Kind plans();
Kind reminders();
Kind appointments();
Kind silences();
Kind holidays();
Kind inspection_months();

}  // namespace egarage::exchange
