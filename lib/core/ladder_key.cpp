#include "core/ladder_key.hpp"

#include <fmt/format.h>

#include <cstdlib>

namespace egarage::core {

namespace {

/// Cuts the part behind the last `/` off `key`; the whole of it when there is none.
std::string_view take_last_part(std::string_view& key) {
  const auto slash = key.rfind('/');
  const auto part = slash == std::string_view::npos ? key : key.substr(slash + 1);
  key = slash == std::string_view::npos ? std::string_view{} : key.substr(0, slash);
  return part;
}

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

std::string to_string(const LadderKey& key) {
  const auto days = key.step.count();
  return fmt::format("{}/T{}{}", format_date(key.date), days > 0 ? '+' : '-', std::abs(days));
}

std::optional<LadderKey> ladder_key_in(std::string_view dedup_key) {
  take_last_part(dedup_key);  // the channel
  const auto step = parse_step(take_last_part(dedup_key));
  const auto date = parse_date(take_last_part(dedup_key));
  if (!step || !date || dedup_key.empty()) return std::nullopt;
  return LadderKey{*date, *step};
}

}  // namespace egarage::core
