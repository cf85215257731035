#include "core/time_of_day.hpp"

#include <fmt/format.h>

namespace egarage::core {
namespace {

/// Takes two digits off the beginning of the text; empty when there are none, or they make 60 or more.
std::optional<int> take_two_digits(std::string_view& text) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (text.size() < 2 || !is_digit(text[0]) || !is_digit(text[1])) return std::nullopt;
  const int value = (text[0] - '0') * 10 + text[1] - '0';
  text.remove_prefix(2);
  return value < 60 ? std::optional(value) : std::nullopt;
}

/// Whether there was one.
bool take_colon(std::string_view& text) {
  if (!text.starts_with(':')) return false;
  text.remove_prefix(1);
  return true;
}

}  // namespace

std::optional<std::chrono::minutes> parse_time_of_day(std::string_view text) {
  const auto hours = take_two_digits(text);
  const bool has_minutes = take_colon(text);
  const auto minutes = take_two_digits(text);
  const bool has_seconds = take_colon(text);
  const auto seconds = has_seconds ? take_two_digits(text) : std::optional(0);
  if (!hours || !has_minutes || !minutes || !seconds || !text.empty()) return std::nullopt;
  const auto time = std::chrono::hours{*hours} + std::chrono::minutes{*minutes};
  if (time + std::chrono::seconds{*seconds} > std::chrono::hours{24}) return std::nullopt;
  return time;
}

std::string format_time_of_day(std::chrono::minutes after_midnight) {
  return fmt::format("{:02}:{:02}", after_midnight.count() / 60, after_midnight.count() % 60);
}

}  // namespace egarage::core
