#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "template/value.hpp"

/// The rules of Python that Django's results rest on.
namespace egarage::tmpl {

/// str(value). Nested deeper than `depth` it gives up with an empty optional.
std::optional<std::string> python_str(const Value& value, std::size_t depth);
/// repr(value), likewise.
std::optional<std::string> python_repr(const Value& value, std::size_t depth);
std::string python_float(double value);

/// int(text) and float(text): blanks around and single underscores between digits are allowed.
std::optional<std::int64_t> python_int(std::string_view text);
/// str(int(text)), however many digits there are, up to those that Python reads: a sign, no zeros in front.
std::optional<std::string> python_whole(std::string_view text);
std::optional<double> python_float_from(std::string_view text);
/// int(value) and float(value); empty where Python raises.
std::optional<std::int64_t> to_int(const Value& value);
std::optional<double> to_float(const Value& value);

/// `==`; nested deeper than `depth` counts as different.
bool equal(const Value& a, const Value& b, std::size_t depth);
/// -1, 0, 1; empty where Python raises TypeError or a NaN makes every comparison false.
std::optional<int> compare(const Value& a, const Value& b, std::size_t depth);
/// `needle in haystack`; empty where Python raises TypeError.
std::optional<bool> contains(const Value& haystack, const Value& needle, std::size_t depth);
/// `is`, as far as a template can tell: None and booleans are themselves, everything else only if it is the same
/// object.
bool identical(const Value& a, const Value& b);

}  // namespace egarage::tmpl
