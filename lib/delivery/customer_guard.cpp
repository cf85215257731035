#include "delivery/customer_guard.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "delivery/company_book.hpp"
#include "store/customers.hpp"
#include "store/subjects.hpp"

namespace egarage::delivery {

namespace {

using std::chrono::days;

/// Who has withdrawn since the message was made gets nothing; who wants another channel nothing on this one.
std::optional<std::string> unwanted(store::Database& database, const store::Lane& lane, const store::Claimed& row) {
  if (!row.customer) return std::nullopt;
  const auto customer = store::Customers{database}.find(lane.company, *row.customer);
  if (!customer) return std::nullopt;
  const auto event_class = core::traits(row.event).event_class;
  const auto& wish = customer->wish(event_class);
  if (!wish || std::ranges::find(*wish, lane.channel) != wish->end()) return std::nullopt;
  if (wish->empty()) return fmt::format("the customer wants no {} messages", core::to_string(event_class));
  return fmt::format("the customer wants no {} messages by {}", core::to_string(event_class),
                     core::to_string(lane.channel));
}

}  // namespace

CustomerFacts customer_facts(store::Database& database, const store::Lane& lane,
                             const std::vector<store::Claimed>& rows, core::Instant now) {
  CustomerFacts facts;
  if (rows.empty()) return facts;
  // No calendar is more than a day behind this one.
  const core::Date yesterday{std::chrono::floor<days>(now) - days{1}};
  facts.silences = store::Silences{database}.lasting(lane.company, yesterday);
  for (const auto& row : rows) {
    facts.unwanted.push_back(unwanted(database, lane, row));
    if (!facts.silences.empty()) facts.vehicles.push_back(store::vehicles_of(database, row.id));
  }
  return facts;
}

std::optional<Rest> silence_over(const store::Claimed& row, std::size_t place, const CustomerFacts& facts,
                                 const CompanyFacts& company, core::Instant now) {
  if (facts.silences.empty()) return std::nullopt;
  const core::Date today{std::chrono::floor<days>(company.zone.to_local(now))};
  const store::SilencedMessage message{row.event, row.customer, facts.vehicles[place]};
  for (const auto& silence : facts.silences) {  // the longest first
    if (silence.until < today || !store::covers(silence, message)) continue;
    const auto day_after = std::chrono::local_days{silence.until} + days{1};
    return Rest{company.first_opening(row.event, company.zone.to_instant(core::LocalTime{day_after})),
                store::describe(silence)};
  }
  return std::nullopt;
}

}  // namespace egarage::delivery
