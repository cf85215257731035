#include "core/ladder_key.hpp"

#include <fmt/format.h>

#include <cstdlib>

#include "core/key_part.hpp"

namespace egarage::core {

namespace {

/// `T-5`: at most four digits, which are ten years and more.
std::optional<std::chrono::days> parse_step(std::string_view text) {
  if (text.size() < 3 || text.size() > 6 || !(text.starts_with("T-") || text.starts_with("T+"))) return std::nullopt;
  int days = 0;
  for (const char digit : text.substr(2)) {
    if (digit < '0' || digit > '9') return std::nullopt;
    days = days * 10 + (digit - '0');
  }
  return std::chrono::days{text[1] == '-' ? -days : days};
}

}  // namespace

std::string step_name(std::chrono::days step) {
  return fmt::format("T{}{}", step.count() > 0 ? '+' : '-', std::abs(step.count()));
}

std::string to_string(const LadderKey& key) { return fmt::format("{}/{}", format_date(key.date), step_name(key.step)); }

std::optional<LadderKey> ladder_key_in(std::string_view dedup_key) {
  take_last_part(dedup_key);  // the channel
  const auto step = parse_step(take_last_part(dedup_key));
  const auto date = parse_date(take_last_part(dedup_key));
  if (!step || !date || dedup_key.empty()) return std::nullopt;
  return LadderKey{*date, *step};
}

}  // namespace egarage::core
