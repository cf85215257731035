#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "template/date_format.hpp"
#include "template/filters.hpp"

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

FormatResult formatted(Renderer& renderer, const Value& input, const Value* argument, FormatKind kind) {
  if (!input.is_text()) return {};
  const auto& options = renderer.options();
  const auto moment = parse_moment(input.text(), options.time_zone);
  if (!moment) return {};
  std::string format = argument != nullptr && argument->truthy() ? renderer.str(*argument) : "";
  if (format.empty()) format = kind == FormatKind::date ? "DATE_FORMAT" : "TIME_FORMAT";
  return format_moment(*moment, format_named(format), kind, locale_of(options.language), options.time_zone);
}

Value date_filter(Renderer& renderer, const Value& input, const Value* argument) {
  auto result = formatted(renderer, input, argument, FormatKind::date);
  if (result.failure == FormatFailure::time_of_a_date) {
    renderer.fail(
        fmt::format("'{}' is a date without a time, and the format of the filter 'date' asks for one", input.text()),
        "leave out the hours and minutes of the format");
  }
  return result.failure ? Value::empty_text() : Value(std::move(result.text));
}

Value time_filter(Renderer& renderer, const Value& input, const Value* argument) {
  auto result = formatted(renderer, input, argument, FormatKind::time);
  return result.failure ? Value::empty_text() : Value(std::move(result.text));
}

constexpr FilterRow rows[] = {
    {"date", date_filter, Argument::optional, Safety::lost},
    {"time", time_filter, Argument::optional, Safety::lost},
};

}  // namespace

std::span<const FilterRow> date_filters() { return rows; }

}  // namespace egarage::tmpl
