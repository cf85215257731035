#include "template/date_format.hpp"

#include <fmt/format.h>

#include <array>

namespace egarage::tmpl {

namespace {

using namespace std::chrono;

constexpr std::string_view time_characters = "aAefgGhHiOPsTuZ";
constexpr std::string_view date_characters = "bcdDEFIjlLmMnNorStUwWyYz";

/// A Moment taken apart once for all format characters.
class Formatter {
 public:
  Formatter(const Moment& moment, const Locale& locale, const core::TimeZone& zone)
      : moment_(moment), locale_(locale), zone_(zone), time_(moment.time.value_or(0s)) {}

  std::string time_part(char c) const {
    const auto hour = static_cast<int>(time_.hours().count());
    const auto minute = time_.minutes().count();
    const int hour12 = hour % 12 == 0 ? 12 : hour % 12;
    const std::string short_time = minute == 0 ? fmt::format("{}", hour12) : fmt::format("{}:{:02}", hour12, minute);
    const std::string_view half_day = hour > 11 ? "p.m." : "a.m.";
    switch (c) {
      case 'a':
        return std::string(half_day);
      case 'A':
        return hour > 11 ? "PM" : "AM";
      case 'f':
        return short_time;
      case 'g':
        return std::to_string(hour12);
      case 'G':
        return std::to_string(hour);
      case 'h':
        return fmt::format("{:02}", hour12);
      case 'H':
        return fmt::format("{:02}", hour);
      case 'i':
        return fmt::format("{:02}", minute);
      case 'P':
        if (minute == 0 && hour == 0) return std::string(locale_.midnight);
        if (minute == 0 && hour == 12) return std::string(locale_.noon);
        return fmt::format("{} {}", short_time, half_day);
      case 's':
        return fmt::format("{:02}", time_.seconds().count());
      case 'u':
        return fmt::format("{:06}", moment_.fraction.count());
      default:
        return zone_part(c);
    }
  }

  std::string iso_time() const {
    auto text =
        fmt::format("{:02}:{:02}:{:02}", time_.hours().count(), time_.minutes().count(), time_.seconds().count());
    if (moment_.fraction.count() != 0) text += fmt::format(".{:06}", moment_.fraction.count());
    return text;
  }

  std::string date_part(char c) const {
    const auto date = *moment_.date;
    const unsigned month = static_cast<unsigned>(date.month());
    const unsigned day = static_cast<unsigned>(date.day());
    const unsigned weekday = std::chrono::weekday(sys_days(date)).iso_encoding();
    const int year = static_cast<int>(date.year());
    switch (c) {
      case 'b':
        return std::string(locale_.months_short[month - 1]);
      case 'c':
        return iso();
      case 'd':
        return fmt::format("{:02}", day);
      case 'D':
        return std::string(locale_.weekdays_short[weekday - 1]);
      case 'E':
      case 'F':
        return std::string(locale_.months[month - 1]);
      case 'I':
        return moment_.instant ? (zone_.is_summer_time(*moment_.instant) ? "1" : "0") : "";
      case 'j':
        return std::to_string(day);
      case 'l':
        return std::string(locale_.weekdays[weekday - 1]);
      case 'L':
        return date.year().is_leap() ? "True" : "False";
      case 'm':
        return fmt::format("{:02}", month);
      case 'M':
        return capitalized(locale_.months_short[month - 1]);
      case 'n':
        return std::to_string(month);
      case 'N':
        return std::string(locale_.months_ap[month - 1]);
      case 'o':
        return std::to_string(iso_week().first);
      case 'r':
        return rfc_5322();
      case 'S':
        return std::string(ordinal_suffix(day));
      case 't':
        return fmt::format("{:02}", static_cast<unsigned>((date.year() / date.month() / last).day()));
      case 'U':
        return std::to_string(epoch().time_since_epoch().count());
      case 'w':
        return std::to_string(weekday % 7);
      case 'W':
        return std::to_string(iso_week().second);
      case 'y':
        return fmt::format("{:02}", year % 100);
      case 'Y':
        return std::to_string(year);
      case 'z':
        return std::to_string((sys_days(date) - sys_days(date.year() / January / 1)).count() + 1);
      default:
        return {};
    }
  }

 private:
  std::string zone_part(char c) const {
    if (!moment_.instant) return {};
    if (c == 'Z') return std::to_string(zone_.offset(*moment_.instant).count());
    if (c == 'O') return offset("");
    return zone_.abbreviation(*moment_.instant);
  }

  std::string offset(std::string_view separator) const {
    const auto seconds = zone_.offset(*moment_.instant).count();
    const auto magnitude = seconds < 0 ? -seconds : seconds;
    return fmt::format("{}{:02}{}{:02}", seconds < 0 ? '-' : '+', magnitude / 3600, separator, magnitude / 60 % 60);
  }

  core::Instant epoch() const {
    return moment_.instant ? *moment_.instant : zone_.to_instant(core::LocalTime(local_days(*moment_.date)));
  }

  std::string iso() const {
    std::string text = core::format_date(*moment_.date);
    if (!moment_.instant) return text;
    return text + "T" + iso_time() + offset(":");
  }

  /// RFC 5322 §3.3 is English in every language.
  std::string rfc_5322() const {
    const auto& english = locale_of(core::Language::en);
    const auto date = *moment_.date;
    const auto month = english.months_short[static_cast<unsigned>(date.month()) - 1];
    return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} {}",
                       english.weekdays_short[weekday(sys_days(date)).iso_encoding() - 1],
                       static_cast<unsigned>(date.day()), capitalized(month), static_cast<int>(date.year()),
                       time_.hours().count(), time_.minutes().count(), time_.seconds().count(), offset(""));
  }

  /// Year and week of ISO 8601: a week belongs to the year that its Thursday lies in.
  std::pair<int, int> iso_week() const {
    const sys_days day(*moment_.date);
    const sys_days thursday = day + days(4 - static_cast<int>(weekday(day).iso_encoding()));
    const core::Date date(thursday);
    const auto since_new_year = thursday - sys_days(date.year() / January / 1);
    return {static_cast<int>(date.year()), static_cast<int>(since_new_year.count() / 7 + 1)};
  }

  static std::string capitalized(std::string_view name) {
    std::string text(name);
    text[0] = static_cast<char>(text[0] - 'a' + 'A');
    return text;
  }

  static std::string_view ordinal_suffix(unsigned day) {
    if (day >= 11 && day <= 13) return "th";
    constexpr std::array<std::string_view, 4> suffixes{"th", "st", "nd", "rd"};
    return suffixes[day % 10 < 4 ? day % 10 : 0];
  }

  const Moment& moment_;
  const Locale& locale_;
  const core::TimeZone& zone_;
  hh_mm_ss<seconds> time_;
};

bool is_in(std::string_view characters, char c) { return characters.find(c) != std::string_view::npos; }

}  // namespace

FormatResult format_moment(const Moment& moment, std::string_view format, FormatKind kind, const Locale& locale,
                           const core::TimeZone& zone) {
  const Formatter formatter(moment, locale, zone);
  FormatResult result;
  for (std::size_t i = 0; i < format.size(); ++i) {
    const char c = format[i];
    const bool behind_backslash = i > 0 && format[i - 1] == '\\';
    const bool is_time = is_in(time_characters, c);
    if (behind_backslash || (!is_time && !is_in(date_characters, c))) {
      if (c == '\\' && i + 1 < format.size() && format[i + 1] != '\n') {
        result.text += format[++i];
      } else {
        result.text += c;
      }
      continue;
    }
    if ((is_time || c == 'r') && !moment.time) {
      return {{}, moment.date ? FormatFailure::time_of_a_date : FormatFailure::unknown_part};
    }
    if (c == 'c' && kind == FormatKind::date && !moment.date && moment.time) {
      result.text += formatter.iso_time();
      continue;
    }
    if (!is_time && (kind == FormatKind::time || (!moment.date && c != 'I'))) return {{}, FormatFailure::unknown_part};
    if (is_time || moment.date) result.text += is_time ? formatter.time_part(c) : formatter.date_part(c);
  }
  return result;
}

}  // namespace egarage::tmpl
