#include "core/instant.hpp"

#include <fmt/format.h>

#include <charconv>

namespace egarage::core {

namespace {

/// Takes exactly `digits` decimal digits off the front of `text`.
std::optional<int> take_number(std::string_view& text, std::size_t digits) {
  if (text.size() < digits) return std::nullopt;
  int value = 0;
  const auto end = text.data() + digits;
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc{} || stop != end || text.front() == '-') return std::nullopt;
  text.remove_prefix(digits);
  return value;
}

bool take(std::string_view& text, char expected) {
  if (text.empty() || text.front() != expected) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<Date> take_date(std::string_view& text) {
  const auto year = take_number(text, 4);
  if (!year || !take(text, '-')) return std::nullopt;
  const auto month = take_number(text, 2);
  if (!month || !take(text, '-')) return std::nullopt;
  const auto day = take_number(text, 2);
  if (!day) return std::nullopt;
  const Date date{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                  std::chrono::day{static_cast<unsigned>(*day)}};
  if (!date.ok()) return std::nullopt;
  return date;
}

std::optional<std::chrono::seconds> take_time(std::string_view& text) {
  const auto hour = take_number(text, 2);
  if (!hour || *hour > 23 || !take(text, ':')) return std::nullopt;
  const auto minute = take_number(text, 2);
  if (!minute || *minute > 59) return std::nullopt;
  int second = 0;
  if (take(text, ':')) {
    const auto seconds = take_number(text, 2);
    if (!seconds || *seconds > 59) return std::nullopt;
    second = *seconds;
    if (take(text, '.')) {
      const auto digits = std::min(text.find_first_not_of("0123456789"), text.size());
      if (digits == 0) return std::nullopt;
      text.remove_prefix(digits);
    }
  }
  return std::chrono::hours{*hour} + std::chrono::minutes{*minute} + std::chrono::seconds{second};
}

/// The distance from UTC that is left at the end of `text`; none means UTC.
std::optional<std::chrono::seconds> take_offset(std::string_view& text) {
  if (text.empty() || text == "Z" || text == "z") {
    text = {};
    return std::chrono::seconds{0};
  }
  const bool west = text.front() == '-';
  if (!west && text.front() != '+') return std::nullopt;
  text.remove_prefix(1);
  const auto hours = take_number(text, 2);
  if (!hours || *hours > 23) return std::nullopt;
  take(text, ':');
  const auto minutes = take_number(text, 2);
  if (!minutes || *minutes > 59) return std::nullopt;
  const std::chrono::seconds offset = std::chrono::hours{*hours} + std::chrono::minutes{*minutes};
  return west ? -offset : offset;
}

}  // namespace

std::optional<Instant> parse_instant(std::string_view text) {
  const auto date = take_date(text);
  if (!date || text.empty() || (text.front() != 'T' && text.front() != 't' && text.front() != ' ')) return std::nullopt;
  text.remove_prefix(1);
  const auto time = take_time(text);
  if (!time) return std::nullopt;
  const auto offset = take_offset(text);
  if (!offset || !text.empty()) return std::nullopt;
  if (date->year() < std::chrono::year{1970}) return std::nullopt;
  return Instant{std::chrono::sys_days{*date}} + *time - *offset;
}

std::string format_instant(Instant instant) {
  const auto day = std::chrono::floor<std::chrono::days>(instant);
  const std::chrono::hh_mm_ss time{instant - day};
  return fmt::format("{}T{:02}:{:02}:{:02}Z", format_date(Date{day}), time.hours().count(), time.minutes().count(),
                     time.seconds().count());
}

std::optional<Date> parse_date(std::string_view text) {
  const auto date = take_date(text);
  if (!date || !text.empty()) return std::nullopt;
  return date;
}

std::string format_date(Date date) {
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

std::optional<std::chrono::seconds> parse_duration(std::string_view text) {
  std::int64_t count = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (error != std::errc{} || count <= 0 || count > 1'000'000 || stop + 1 != text.data() + text.size()) {
    return std::nullopt;
  }
  switch (*stop) {
    case 's':
      return std::chrono::seconds{count};
    case 'm':
      return std::chrono::minutes{count};
    case 'h':
      return std::chrono::hours{count};
    case 'd':
      return std::chrono::days{count};
    default:
      return std::nullopt;
  }
}

std::string format_duration(std::chrono::seconds duration) {
  const auto seconds = duration.count();
  if (seconds < 120) return fmt::format("{} s", seconds);
  if (seconds < 120 * 60) return fmt::format("{} min", seconds / 60);
  if (seconds < 48 * 3600) return fmt::format("{} h", seconds / 3600);
  return fmt::format("{} d", seconds / 86400);
}

}  // namespace egarage::core
