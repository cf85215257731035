#include "core/period_key.hpp"

#include <fmt/format.h>

#include "core/key_part.hpp"

namespace egarage::core {

namespace {

/// `M+12`: at most four digits, which are centuries.
std::optional<std::chrono::months> parse_period(std::string_view text) {
  if (text.size() < 3 || text.size() > 6 || !text.starts_with("M+")) return std::nullopt;
  int months = 0;
  for (const char digit : text.substr(2)) {
    if (digit < '0' || digit > '9') return std::nullopt;
    months = months * 10 + (digit - '0');
  }
  if (months == 0) return std::nullopt;
  return std::chrono::months{months};
}

}  // namespace

std::string period_name(std::chrono::months months) { return fmt::format("M+{}", months.count()); }

std::string to_string(const PeriodKey& key) {
  return fmt::format("{}/{}", format_date(key.since), period_name(key.months));
}

std::optional<PeriodKey> period_key_in(std::string_view dedup_key) {
  take_last_part(dedup_key);  // the channel
  const auto months = parse_period(take_last_part(dedup_key));
  const auto since = parse_date(take_last_part(dedup_key));
  if (!months || !since || dedup_key.empty()) return std::nullopt;
  return PeriodKey{*since, *months};
}

}  // namespace egarage::core
