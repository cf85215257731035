#include <fmt/format.h>

#include <cmath>

#include "core/instant.hpp"
#include "template/expression.hpp"
#include "template/filters.hpp"
#include "template/python.hpp"
#include "template/tags.hpp"
#include "template/unicode.hpp"

namespace egarage::tmpl {

namespace {

/// Shows a text, or keeps it under a name.
void show_or_assign(Renderer& renderer, const std::string& name, std::string text) {
  if (name.empty()) {
    renderer.append_literal(text);
  } else {
    renderer.assign(name, Value(std::move(text)));
  }
}

/// `{% now "format" %}`: the filter `date` for the time of the rendering.
class NowNode : public Node {
 public:
  NowNode(std::string_view format, std::string name, Position position)
      : format_(format), name_(std::move(name)), position_(position) {}

  void render(Renderer& renderer) const override {
    renderer.at(position_);
    static const FilterRow& date = *find_filter("date");
    const Value format = Value::borrowed(format_);
    const Value text = date.apply(renderer, Value(core::format_instant(renderer.options().now)), &format);
    show_or_assign(renderer, name_, renderer.str(text));
  }

 private:
  std::string_view format_;
  std::string name_;  ///< empty means print
  Position position_;
};

/// Without the first and the last character, whatever they are: Django does not look whether they are quotes.
std::string_view without_ends(std::string_view word) {
  const std::size_t count = length_of(word);
  if (count < 2) return {};
  const std::size_t begin = offset_of(word, 1);
  return word.substr(begin, offset_of(word, count - 1) - begin);
}

/// Takes `as name` away from the end of `words`; empty when it is not there.
std::string take_as_name(std::vector<std::string_view>& words) {
  if (words.size() < 2 || words[words.size() - 2] != "as") return {};
  std::string name(words.back());
  words.resize(words.size() - 2);
  return name;
}

std::unique_ptr<Node> parse_now(Parser& parser, const Token& token) {
  auto words = split_words(token.content);
  const std::string name = words.size() == 4 ? take_as_name(words) : "";
  if (words.size() != 2) parser.fail("'now' needs one format", "write {% now \"d/m/Y\" %} or {% now \"Y\" as year %}");
  if (!name.empty()) parser.bind(name);
  return std::make_unique<NowNode>(without_ends(words[1]), name, token.position);
}

/// int(value) as a double, which is what Python multiplies with.
std::optional<double> whole_number(const Value& value) {
  if (const auto number = to_int(value)) return static_cast<double>(*number);
  if (const auto* number = value.floating(); number != nullptr && std::isfinite(*number)) return std::trunc(*number);
  if (!value.is_text()) return std::nullopt;
  const std::string_view digits = strip(value.text());
  const bool has_sign = digits.starts_with('-') || digits.starts_with('+');
  if (digits.substr(has_sign ? 1 : 0).find_first_not_of("0123456789_") != std::string_view::npos) return std::nullopt;
  return python_float_from(digits);
}

/// The part that a value is of a maximum, in units of a width.
class WidthRatioNode : public Node {
 public:
  WidthRatioNode(FilterExpression value, FilterExpression maximum, FilterExpression width, std::string name,
                 Position position)
      : value_(std::move(value)),
        maximum_(std::move(maximum)),
        width_(std::move(width)),
        name_(std::move(name)),
        position_(position) {}

  void render(Renderer& renderer) const override {
    renderer.at(position_);
    Value value;
    Value maximum;
    Value given_width;
    try {
      value = value_.resolve(renderer);
      maximum = maximum_.resolve(renderer);
      given_width = width_.resolve(renderer);
    } catch (const MissingArgument&) {
      return;
    }
    const auto width = whole_number(given_width);
    renderer.at(position_);
    if (!width) renderer.fail("the last argument of 'widthratio' is not a whole number", "write a number: 100");
    show_or_assign(renderer, name_, ratio(to_float(value), to_float(maximum), *width));
  }

 private:
  /// Empty where Python raises, "0" where it divides by zero. Halves go to the even neighbour.
  static std::string ratio(std::optional<double> value, std::optional<double> maximum, double width) {
    if (!value || !maximum) return {};
    if (std::fpclassify(*maximum) == FP_ZERO) return "0";
    const double rounded = std::nearbyint(*value / *maximum * width);
    if (!std::isfinite(rounded)) return {};
    return fmt::format("{:.0f}", rounded + 0.0);
  }

  FilterExpression value_, maximum_, width_;
  std::string name_;  ///< empty means print
  Position position_;
};

std::unique_ptr<Node> parse_widthratio(Parser& parser, const Token& token) {
  auto words = split_words(token.content);
  const std::string name = words.size() == 6 ? take_as_name(words) : "";
  if (words.size() != 4) {
    parser.fail("'widthratio' needs three arguments",
                "write {% widthratio value maximum 100 %} or {% widthratio value maximum 100 as name %}");
  }
  FilterExpression value(parser, words[1]);
  FilterExpression maximum(parser, words[2]);
  FilterExpression width(parser, words[3]);
  if (!name.empty()) parser.bind(name);
  return std::make_unique<WidthRatioNode>(std::move(value), std::move(maximum), std::move(width), name, token.position);
}

constexpr TagRow rows[] = {{"now", parse_now}, {"widthratio", parse_widthratio}};

}  // namespace

std::span<const TagRow> value_tags() { return rows; }

}  // namespace egarage::tmpl
