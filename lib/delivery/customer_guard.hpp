#pragma once

#include <optional>
#include <string>
#include <vector>

#include "delivery/guards.hpp"
#include "store/queue.hpp"
#include "store/silences.hpp"

namespace egarage::delivery {

struct CompanyFacts;

/// What the store says, after a claim, of the customers whom its rows are written to.
struct CustomerFacts {
  std::vector<std::optional<std::string>> unwanted{};  ///< for each row why the customer does not want it, if so
  std::vector<store::Silence> silences{};              ///< of the company, lasting; mostly there are none
  std::vector<std::vector<std::string>> vehicles{};    ///< for each row, where there are silences
};

/// Asks the store; on whichever thread it belongs to. Rows without a customer's key cost nothing, and without a lasting
/// silence nobody is asked what a row is about.
CustomerFacts customer_facts(store::Database& database, const store::Lane& lane,
                             const std::vector<store::Claimed>& rows, core::Instant now);

/// The silence that covers the row at `now`, by the company's calendar: the rest lasts until messages of the event may
/// go on a later day. Empty: none.
std::optional<Rest> silence_over(const store::Claimed& row, std::size_t place, const CustomerFacts& facts,
                                 const CompanyFacts& company, core::Instant now);

}  // namespace egarage::delivery
