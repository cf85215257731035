#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "template/decimal.hpp"
#include "template/filters.hpp"
#include "template/locale.hpp"
#include "template/python.hpp"
#include "template/string_format.hpp"

namespace egarage::tmpl {

namespace {

/// Python's whole numbers have no end; a sum that ours cannot hold is an error rather than a wrong number.
Value sum_of(Renderer& renderer, std::int64_t left, std::int64_t right) {
  using Bounds = std::numeric_limits<std::int64_t>;
  const bool fits = right >= 0 ? left <= Bounds::max() - right : left >= Bounds::min() - right;
  if (!fits) renderer.fail("the sum of the filter 'add' is beyond 64 bits");
  return left + right;
}

Value add(Renderer& renderer, const Value& input, const Value* argument) {
  const auto left = to_int(input);
  const auto right = to_int(*argument);
  if (left && right) return sum_of(renderer, *left, *right);
  if (input.is_text() && argument->is_text()) {
    std::string joined(input.text());
    joined += argument->text();
    return Value(std::move(joined)).with_safety(input.is_safe() && argument->is_safe());
  }
  if (input.is_number() && argument->is_number()) return *to_float(input) + *to_float(*argument);
  const auto is_list = [](const Value& value) {
    return value.array() != nullptr ||
           (value.made_sequence() != nullptr && value.made_sequence()->kind == SequenceKind::list);
  };
  if (!is_list(input) || !is_list(*argument)) return Value::empty_text();
  auto items = *input.iterate();
  const auto more = *argument->iterate();
  items.insert(items.end(), more.begin(), more.end());
  return Value::sequence(SequenceKind::list, std::move(items));
}

Value divisibleby(Renderer& renderer, const Value& input, const Value* argument) {
  const auto dividend = to_int(input);
  if (!dividend) renderer.fail("the value in front of the filter 'divisibleby' is not a number");
  const std::int64_t divisor = whole_argument(renderer, "divisibleby", *argument);
  if (divisor == 0) renderer.fail("the filter 'divisibleby' cannot divide by 0");
  return divisor == -1 || *dividend % divisor == 0;
}

/// The digit at a place, 1 being the last; what is no whole number comes back as it is.
Value get_digit(Renderer& renderer, const Value& input, const Value* argument) {
  const auto require_convertible = [&renderer](const Value& value) {
    if (!value.is_number() && !value.is_text()) renderer.fail("the filter 'get_digit' works on a number and a place");
  };
  require_convertible(*argument);
  const auto place = to_int(*argument);
  if (!place) return input;
  require_convertible(input);
  const auto number = to_int(input);
  if (!number) return input;
  if (*place < 1) return *number;
  const std::string digits = std::to_string(*number);
  if (static_cast<std::uint64_t>(*place) > digits.size()) return std::int64_t{0};
  const char digit = digits[digits.size() - static_cast<std::size_t>(*place)];
  if (digit == '-') renderer.fail("the filter 'get_digit' asks for the sign of a negative number");
  return std::int64_t{digit - '0'};
}

/// `13 KB` with a non-breaking space. Without USE_L10N the decimal point is a point in every language.
Value filesizeformat(Renderer& renderer, const Value& input, const Value*) {
  constexpr std::array<std::string_view, 5> units{"KB", "MB", "GB", "TB", "PB"};
  constexpr double unit_size = 1024;
  constexpr std::string_view space = "\u00A0";
  const auto* floating = input.floating();
  if (floating != nullptr && std::isinf(*floating)) renderer.fail("an infinite number has no size in octets");
  double size = floating != nullptr && !std::isnan(*floating) ? std::trunc(*floating) : 0;
  if (floating == nullptr) size = static_cast<double>(to_int(input).value_or(0));
  const std::string_view sign = size < 0 ? "-" : "";
  size = std::fabs(size);
  if (size < unit_size) return fmt::format("{}{:.0f}{}{}", sign, size, space, size == 1 ? "byte" : "bytes");
  std::size_t unit = 0;
  for (size /= unit_size; size >= unit_size && unit + 1 < units.size(); ++unit) size /= unit_size;
  return fmt::format("{}{:.1f}{}{}", sign, size, space, units[unit]);
}

/// repr(value) where Django falls back on it: the text as a Python program would write it.
Value as_is(Renderer& renderer, const Value& input) {
  auto text = python_repr(input, renderer.options().limits.depth);
  return text ? Value(std::move(*text)) : Value::empty_text();
}

std::optional<Decimal> decimal_of(const Value& value) {
  if (value.boolean() == nullptr && value.is_number()) return Decimal::parse(*python_repr(value, 1));
  const auto number = to_float(value);
  return number ? std::optional(Decimal::shortest(*number)) : std::nullopt;
}

Value floatformat(Renderer& renderer, const Value& input, const Value* argument) {
  const auto number = decimal_of(input);
  if (!number) return Value::empty_text();
  std::optional<std::int64_t> places = -1;
  if (argument != nullptr && argument->is_text()) {
    std::string_view digits = argument->text();
    // The suffix "g" asks for grouping by the locale; without Django's USE_L10N there is none.
    if (digits.ends_with('g')) digits.remove_suffix(1);
    if (!digits.empty() || argument->text().empty()) places = python_int(digits);
  } else if (argument != nullptr) {
    places = to_int(*argument);
    if (!places) renderer.fail("the argument of the filter 'floatformat' is not a number");
  }
  constexpr std::size_t most_digits = 200;
  if (!places || !number->is_finite() || number->extent() > most_digits) return as_is(renderer, input);
  if (*places < 0 && number->is_integer()) return Value::safe(number->rounded(0));
  const std::uint64_t wanted =
      *places < 0 ? 0 - static_cast<std::uint64_t>(*places) : static_cast<std::uint64_t>(*places);
  renderer.check_size(wanted);
  return Value::safe(number->rounded(wanted));
}

std::string with_commas(const std::string& text) {
  const std::size_t first = text.starts_with('-') ? 1 : 0;
  const std::size_t end = std::min(text.find_first_not_of("0123456789", first), text.size());
  return group_digits(std::string_view(text).substr(0, end), ",", ".") + text.substr(end);
}

/// Groups by the message's language, as humanize does even without USE_L10N.
Value intcomma(Renderer& renderer, const Value& input, const Value* argument) {
  const auto& locale = locale_of(renderer.options().language);
  const bool localized = argument == nullptr || argument->truthy();
  if (localized && input.floating() != nullptr) {
    return group_digits(Decimal::shortest(*input.floating()).fixed(), locale.group_separator, locale.decimal_point);
  }
  if (localized) {
    auto whole = input.is_text() ? python_whole(input.text()) : std::nullopt;
    if (const auto number = to_int(input); number && !whole) whole = std::to_string(*number);
    if (whole) return group_digits(*whole, locale.group_separator, locale.decimal_point);
  }
  return with_commas(renderer.str(input));
}

Value pluralize(Renderer& renderer, const Value& input, const Value* argument) {
  std::string suffixes = "s";
  if (argument != nullptr) {
    if (!argument->is_text()) renderer.fail("the argument of the filter 'pluralize' is not a text");
    suffixes = argument->text();
  }
  if (suffixes.find(',') == std::string::npos) suffixes.insert(0, ",");
  const std::size_t comma = suffixes.find(',');
  if (suffixes.find(',', comma + 1) != std::string::npos) return Value::empty_text();
  std::optional<bool> is_one;
  if (const auto number = to_float(input)) {
    is_one = !(*number < 1) && !(*number > 1) && *number == *number;
  } else if (!input.is_text()) {
    if (const auto length = input.length()) is_one = *length == 1;
  }
  if (!is_one) return Value::empty_text();
  return *is_one ? suffixes.substr(0, comma) : suffixes.substr(comma + 1);
}

Value stringformat(Renderer& renderer, const Value& input, const Value* argument) {
  auto text = string_format(renderer, renderer.str(*argument), input);
  return text ? Value(std::move(*text)) : Value::empty_text();
}

constexpr FilterRow rows[] = {
    {"add", add, Argument::required, Safety::lost},
    {"divisibleby", divisibleby, Argument::required, Safety::lost},
    {"filesizeformat", filesizeformat, Argument::none, Safety::kept},
    {"floatformat", floatformat, Argument::optional, Safety::kept},
    {"get_digit", get_digit, Argument::required, Safety::lost},
    {"intcomma", intcomma, Argument::optional, Safety::kept},
    {"pluralize", pluralize, Argument::optional, Safety::lost},
    {"stringformat", stringformat, Argument::required, Safety::kept},
};

}  // namespace

std::span<const FilterRow> number_filters() { return rows; }

}  // namespace egarage::tmpl
