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

std::span<const FilterRow> ascii_filters();
std::span<const FilterRow> block_filters();
std::span<const FilterRow> business_filters();
std::span<const FilterRow> date_filters();
std::span<const FilterRow> length_filters();
std::span<const FilterRow> link_filters();
std::span<const FilterRow> list_filters();
std::span<const FilterRow> logic_filters();
std::span<const FilterRow> markup_filters();
std::span<const FilterRow> number_filters();
std::span<const FilterRow> sort_filters();
std::span<const FilterRow> text_filters();

/// Null when there is no such filter.
const FilterRow* find_filter(std::string_view name);
std::span<const std::string_view> filter_names();
/// Why a filter of Django is left out, and what to do instead. Empty for every other name.
std::string_view hint_for_left_out_filter(std::string_view name);

/// str(value) of Python, which most filters begin with; not copied where the value is a text already. Lives no longer
/// than the value.
class TextOf {
 public:
  TextOf(const Renderer& renderer, const Value& value)
      : printed_(value.is_text() ? std::string() : renderer.str(value)),
        view_(value.is_text() ? value.text() : std::string_view(printed_)) {}
  TextOf(const TextOf&) = delete;
  TextOf& operator=(const TextOf&) = delete;
  operator std::string_view() const { return view_; }  // NOLINT(google-explicit-constructor)
  std::string_view view() const { return view_; }

 private:
  std::string printed_;
  std::string_view view_;
};

/// int(argument), or an error at the current position that names the filter.
std::int64_t whole_argument(Renderer& renderer, std::string_view filter, const Value& argument);

}  // namespace egarage::tmpl
