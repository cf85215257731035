#include "producers/maintenance/inspection_calendar.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

namespace egarage::producers::maintenance {

namespace {

/// As the Chilean press reports it (two papers agree); an operator with better knowledge gives a table of their own.
constexpr std::string_view chilean_months = R"(digit,month
9,1
0,2
1,4
2,5
3,6
4,7
5,8
6,9
7,10
8,11
)";

std::optional<unsigned> number(std::string_view text) {
  unsigned value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// One line without its end.
std::string_view take_line(std::string_view& text) {
  const auto end = std::min(text.find('\n'), text.size());
  auto line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  return line;
}

}  // namespace

std::variant<InspectionCalendar, std::string> InspectionCalendar::parse(std::string_view csv) {
  InspectionCalendar calendar;
  std::array<bool, 10> seen{};
  bool heading = false;
  for (int line_number = 1; !csv.empty(); ++line_number) {
    const auto line = take_line(csv);
    if (line.empty() || line.front() == '#') continue;
    if (!heading) {
      if (line != "digit,month") return fmt::format("line {}: the heading is not `digit,month`", line_number);
      heading = true;
      continue;
    }
    const auto comma = std::min(line.find(','), line.size());
    const auto digit = number(line.substr(0, comma));
    const auto month = number(line.substr(std::min(comma + 1, line.size())));
    if (!digit || *digit > 9) return fmt::format("line {}: the digit is not 0 to 9", line_number);
    if (!month || *month < 1 || *month > 12) return fmt::format("line {}: the month is not 1 to 12", line_number);
    if (std::exchange(seen[*digit], true)) return fmt::format("line {}: digit {} comes twice", line_number, *digit);
    calendar.months_[*digit] = std::chrono::month{*month};
  }
  const auto missing = std::find(seen.begin(), seen.end(), false);
  if (missing != seen.end()) return fmt::format("digit {} has no month", missing - seen.begin());
  return calendar;
}

const InspectionCalendar& InspectionCalendar::chile() {
  static const auto calendar = std::get<InspectionCalendar>(parse(chilean_months));
  return calendar;
}

std::optional<InspectionWindow> InspectionCalendar::next_window(std::string_view plate, core::Date today) const {
  const auto digit = last_plate_digit(plate);
  if (!digit) return std::nullopt;
  const auto month = month_of(*digit);
  const auto year = month < today.month() ? today.year() + std::chrono::years{1} : today.year();
  return InspectionWindow{year / month / 1, year / month / std::chrono::last};
}

}  // namespace egarage::producers::maintenance
