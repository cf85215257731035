#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "template/date_format.hpp"
#include "template/filters.hpp"
#include "template/python.hpp"
#include "template/time_distance.hpp"

namespace egarage::tmpl {

namespace {

/// Django's settings of these names, as they are without USE_L10N.
struct NamedFormat {
  std::string_view name, format;
};
constexpr std::array<NamedFormat, 7> named_formats{{
    {"DATE_FORMAT", "N j, Y"},
    {"DATETIME_FORMAT", "N j, Y, P"},
    {"TIME_FORMAT", "P"},
    {"YEAR_MONTH_FORMAT", "F Y"},
    {"MONTH_DAY_FORMAT", "F j"},
    {"SHORT_DATE_FORMAT", "m/d/Y"},
    {"SHORT_DATETIME_FORMAT", "m/d/Y P"},
}};

std::string_view format_named(std::string_view text) {
  const auto* row = std::ranges::find(named_formats, text, &NamedFormat::name);
  return row != named_formats.end() ? row->format : text;
}

bool is_nothing(const Value& value) { return value.is_none() || (value.is_text() && value.text().empty()); }

/// A moment without date and time is what no date is; then even a format that is false is shown: `0`, `[]`.
FormatResult formatted(Renderer& renderer, const Moment& moment, const Value* argument, FormatKind kind) {
  const auto& options = renderer.options();
  const bool is_list = argument != nullptr && (argument->is_sequence() || argument->object() != nullptr);
  if (is_list && argument->truthy() && kind == FormatKind::date) {
    renderer.fail("the format of a date is not a text");
  }
  const bool is_moment = moment.date || moment.time;
  const bool has_format = argument != nullptr && (is_moment ? argument->truthy() : !is_nothing(*argument));
  std::string format = has_format ? renderer.str(*argument) : "";
  if (format.empty()) format = kind == FormatKind::date ? "DATE_FORMAT" : "TIME_FORMAT";
  return format_moment(moment, format_named(format), kind, locale_of(options.language), options.time_zone);
}

std::optional<Moment> moment_of(const Renderer& renderer, const Value& value) {
  return value.is_text() ? parse_moment(value.text(), renderer.options().time_zone) : std::nullopt;
}

Value formatted_date(Renderer& renderer, const Moment& moment, const Value* argument) {
  auto result = formatted(renderer, moment, argument, FormatKind::date);
  if (result.failure == FormatFailure::time_of_a_date) {
    renderer.fail(fmt::format("'{}' is a date without a time, and the format asks for one",
                              core::format_date(moment.date.value())),
                  "leave out the hours and minutes of the format");
  }
  return result.failure ? Value::empty_text() : Value(std::move(result.text));
}

/// What is no date has no parts, but a format without parts is shown even so.
Value date_filter(Renderer& renderer, const Value& input, const Value* argument) {
  if (is_nothing(input)) return Value::empty_text();
  return formatted_date(renderer, moment_of(renderer, input).value_or(Moment{}), argument);
}

Value time_filter(Renderer& renderer, const Value& input, const Value* argument) {
  if (is_nothing(input)) return Value::empty_text();
  auto result = formatted(renderer, moment_of(renderer, input).value_or(Moment{}), argument, FormatKind::time);
  return result.failure ? Value::empty_text() : Value(std::move(result.text));
}

core::LocalTime local_now(const Renderer& renderer) {
  return renderer.options().time_zone.to_local(renderer.options().now);
}

int year_of(auto time) { return static_cast<int>(core::Date(std::chrono::floor<std::chrono::days>(time)).year()); }

/// A date is midnight on the wall clock; an instant counts as UTC, in the year that it is written with.
struct Stamp {
  ClockTime time;
  bool is_instant;
};

Stamp stamp_of(Renderer& renderer, std::string_view filter, const Value& value) {
  const auto moment = moment_of(renderer, value);
  if (!moment || !moment->date) {
    renderer.fail(fmt::format("the filter '{}' works on dates and instants", filter),
                  "write a date as 2026-11-22, an instant as 2026-11-22T15:04:05Z");
  }
  if (!moment->instant) {
    const auto midnight = std::chrono::local_days(*moment->date);
    return {{midnight.time_since_epoch(), static_cast<int>(moment->date->year())}, false};
  }
  const auto written_year = python_int(value.text().substr(0, 4));
  return {{moment->instant->time_since_epoch() + moment->fraction, static_cast<int>(written_year.value_or(0))}, true};
}

Stamp now_like(const Renderer& renderer, const Stamp& other) {
  const core::Instant now = renderer.options().now;
  if (other.is_instant) return {{now.time_since_epoch(), year_of(now)}, true};
  const auto local = local_now(renderer);
  return {{local.time_since_epoch(), year_of(local)}, false};
}

enum class Direction { since, until };

Value distance(Renderer& renderer, std::string_view filter, const Value& input, const Value* argument,
               Direction direction) {
  if (!input.truthy()) return Value::empty_text();
  const Stamp time = stamp_of(renderer, filter, input);
  const bool has_reference = argument != nullptr && argument->truthy();
  const Stamp reference = has_reference ? stamp_of(renderer, filter, *argument) : now_like(renderer, time);
  // Python subtracts no instant from a date.
  if (time.is_instant != reference.is_instant) return Value::empty_text();
  const auto& locale = locale_of(renderer.options().language);
  return direction == Direction::since ? time_distance(time.time, reference.time, locale)
                                       : time_distance(reference.time, time.time, locale);
}

Value timesince(Renderer& renderer, const Value& input, const Value* argument) {
  return distance(renderer, "timesince", input, argument, Direction::since);
}
Value timeuntil(Renderer& renderer, const Value& input, const Value* argument) {
  return distance(renderer, "timeuntil", input, argument, Direction::until);
}

/// `hoy`, `ayer`, `mañana` by the calendar of the message's zone; any other date by its format.
Value naturalday(Renderer& renderer, const Value& input, const Value* argument) {
  const auto moment = moment_of(renderer, input);
  if (!moment || !moment->date) return input;
  const auto today = std::chrono::floor<std::chrono::days>(local_now(renderer));
  const auto& locale = locale_of(renderer.options().language);
  switch ((std::chrono::local_days(*moment->date) - today).count()) {
    case -1:
      return Value::borrowed(locale.yesterday);
    case 0:
      return Value::borrowed(locale.today);
    case 1:
      return Value::borrowed(locale.tomorrow);
    default:
      return formatted_date(renderer, {.date = moment->date, .time = {}, .fraction = {}, .instant = {}}, argument);
  }
}

constexpr FilterRow rows[] = {
    {"date", date_filter, Argument::optional, Safety::lost},
    {"naturalday", naturalday, Argument::optional, Safety::lost},
    {"time", time_filter, Argument::optional, Safety::lost},
    {"timesince", timesince, Argument::optional, Safety::lost},
    {"timeuntil", timeuntil, Argument::optional, Safety::lost},
};

}  // namespace

std::span<const FilterRow> date_filters() { return rows; }

}  // namespace egarage::tmpl
