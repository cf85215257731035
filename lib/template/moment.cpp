#include "template/moment.hpp"

#include <charconv>

namespace egarage::tmpl {

namespace {

std::optional<int> two_digits(std::string_view text, std::size_t at) {
  int value = 0;
  const char* begin = text.data() + at;
  if (at + 2 > text.size() || *begin < '0' || *begin > '9') return std::nullopt;
  const auto [end, error] = std::from_chars(begin, begin + 2, value);
  return error == std::errc{} && end == begin + 2 ? std::optional(value) : std::nullopt;
}

std::optional<std::chrono::seconds> parse_time(std::string_view text) {
  if (text.size() != 5 && text.size() != 8) return std::nullopt;
  const auto hour = two_digits(text, 0);
  const auto minute = two_digits(text, 3);
  const auto second = text.size() == 8 ? two_digits(text, 6) : std::optional(0);
  const bool colons = text[2] == ':' && (text.size() == 5 || text[5] == ':');
  if (!colons || !hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 59) return std::nullopt;
  return std::chrono::hours(*hour) + std::chrono::minutes(*minute) + std::chrono::seconds(*second);
}

/// The decimals behind the seconds of an instant, as far as microseconds.
std::chrono::microseconds fraction_of(std::string_view text) {
  constexpr std::size_t behind_seconds = 19;
  std::int64_t micros = 0;
  if (text.size() <= behind_seconds || text[behind_seconds] != '.') return std::chrono::microseconds(0);
  for (std::size_t i = behind_seconds + 1, weight = 100'000; weight > 0; ++i, weight /= 10) {
    if (i >= text.size() || text[i] < '0' || text[i] > '9') break;
    micros += static_cast<std::int64_t>(weight) * (text[i] - '0');
  }
  return std::chrono::microseconds(micros);
}

}  // namespace

std::optional<Moment> parse_moment(std::string_view text, const core::TimeZone& zone) {
  constexpr std::size_t longest = 40;
  if (text.size() > longest) return std::nullopt;
  Moment moment;
  if (const auto date = core::parse_date(text)) {
    moment.date = date;
    return moment;
  }
  if (const auto time = parse_time(text)) {
    moment.time = time;
    return moment;
  }
  moment.instant = core::parse_instant(text);
  if (!moment.instant) return std::nullopt;
  const auto local = zone.to_local(*moment.instant);
  const auto day = std::chrono::floor<std::chrono::days>(local);
  moment.date = core::Date(day);
  moment.time = local - day;
  moment.fraction = fraction_of(text);
  return moment;
}

}  // namespace egarage::tmpl
