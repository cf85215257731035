#pragma once

#include <span>
#include <string>
#include <string_view>

#include "template/renderer.hpp"
#include "template/value.hpp"

namespace egarage::tmpl {

enum class Argument { none, optional, required };
/// Whether a text that was marked safe is still safe behind the filter (Django's is_safe).
enum class Safety { lost, kept };

/// What a filter does. `argument` is null when there is none. May throw through Renderer::fail.
/// The result may borrow from the input and from the argument's template or context, not from a copy.
using FilterFunction = Value (*)(Renderer& renderer, const Value& input, const Value* argument);

/// A row of a filter table. A new filter is a function and a row in its family's file.
struct FilterRow {
  std::string_view name;
  FilterFunction apply;
  Argument argument;
  Safety safety;
};

std::span<const FilterRow> text_filters();
std::span<const FilterRow> markup_filters();
std::span<const FilterRow> number_filters();
std::span<const FilterRow> list_filters();
std::span<const FilterRow> logic_filters();
std::span<const FilterRow> date_filters();
std::span<const FilterRow> business_filters();

/// Null when there is no such filter.
const FilterRow* find_filter(std::string_view name);
std::span<const std::string_view> filter_names();

/// int(argument), or an error at the current position that names the filter.
std::int64_t whole_argument(Renderer& renderer, std::string_view filter, const Value& argument);

}  // namespace egarage::tmpl
