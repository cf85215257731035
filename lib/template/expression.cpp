#include "template/expression.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "template/blocks.hpp"
#include "template/filters.hpp"
#include "template/parser.hpp"
#include "template/python.hpp"
#include "template/renderer.hpp"
#include "template/unicode.hpp"

namespace egarage::tmpl {

namespace {

void replace_all(std::string& text, std::string_view from, char to) {
  std::string result;
  for (std::size_t i = 0; i < text.size();) {
    if (text.compare(i, from.size(), from) == 0) {
      result += to;
      i += from.size();
    } else {
      result += text[i++];
    }
  }
  text = std::move(result);
}

std::string unescaped(std::string_view literal) {
  std::string text(literal.substr(1, literal.size() - 2));
  replace_all(text, std::string("\\") + literal.front(), literal.front());
  replace_all(text, "\\\\", '\\');
  return text;
}

std::vector<std::string> split_path(std::string_view text) {
  std::vector<std::string> path;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find('.', begin), text.size());
    path.emplace_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return path;
}

/// Reads an expression from left to right by Django's grammar.
class Scanner {
 public:
  Scanner(Parser& parser, std::string_view text) : parser_(parser), text_(text) {}

  bool at_end() const { return position_ == text_.size(); }
  std::string_view rest() const { return text_.substr(position_); }

  /// `\s*\|\s*`; false (and nothing consumed) when there is no bar.
  bool take_bar() {
    std::size_t at = behind_blanks(position_);
    if (at >= text_.size() || text_[at] != '|') return false;
    position_ = behind_blanks(at + 1);
    return true;
  }

  bool take(char wanted) {
    if (at_end() || text_[position_] != wanted) return false;
    ++position_;
    return true;
  }

  std::string_view take_name() {
    const std::size_t begin = position_;
    for (std::size_t next = begin; next < text_.size() && is_word(next_code_point(text_, next));) position_ = next;
    return text_.substr(begin, position_ - begin);
  }

  std::optional<Operand> take_operand() {
    if (at_end()) return std::nullopt;
    if (text_[position_] == '"' || text_[position_] == '\'') return take_string();
    if (auto translated = take_translated()) return translated;
    const std::size_t begin = position_;
    position_ = end_of_variable(begin);
    if (position_ == begin) position_ = end_of_signed_number(begin);
    if (position_ == begin) return std::nullopt;
    return named_or_number(text_.substr(begin, position_ - begin));
  }

 private:
  std::size_t behind_blanks(std::size_t at) const {
    for (std::size_t next = at; next < text_.size() && is_space(next_code_point(text_, next));) at = next;
    return at;
  }

  std::size_t end_of_variable(std::size_t at) const {
    for (std::size_t next = at; next < text_.size();) {
      const char32_t c = next_code_point(text_, next);
      if (c != '.' && !is_word(c)) break;
      at = next;
    }
    return at;
  }

  std::size_t end_of_signed_number(std::size_t begin) const {
    const auto is_digit = [this](std::size_t at) { return at < text_.size() && text_[at] >= '0' && text_[at] <= '9'; };
    if ((text_[begin] != '-' && text_[begin] != '+') || !is_digit(begin + 1)) return begin;
    std::size_t at = begin + 1;
    while (at < text_.size() && (is_digit(at) || text_[at] == '.' || text_[at] == 'e')) ++at;
    return at;
  }

  std::optional<Operand> take_string() {
    for (std::size_t i = position_ + 1; i < text_.size(); ++i) {
      if (text_[i] == '\\') {
        ++i;
      } else if (text_[i] == text_[position_]) {
        const auto literal = text_.substr(position_, i + 1 - position_);
        position_ = i + 1;
        return Operand(Value::safe(unescaped(literal)));
      }
    }
    return std::nullopt;
  }

  /// `_("text")` stands for the text: there are no translations. Django doubles its percent signs.
  std::optional<Operand> take_translated() {
    const std::size_t begin = position_;
    if (!rest().starts_with("_(\"") && !rest().starts_with("_('")) return std::nullopt;
    position_ += 2;
    const auto text = take_string();
    if (!text || !take(')')) {
      position_ = begin;
      return std::nullopt;
    }
    std::string doubled;
    for (const char c : text->literal()->text()) doubled.append(c == '%' ? 2 : 1, c);
    return Operand(Value::safe(std::move(doubled)));
  }

  Operand named_or_number(std::string_view text) {
    const bool is_float = text.find_first_of(".eE") != std::string_view::npos;
    if (is_float && !text.ends_with('.')) {
      if (const auto number = python_float_from(text)) return Operand(Value(*number));
    } else if (!is_float) {
      if (const auto number = python_int(text)) return Operand(Value(*number));
      const auto large =
          text.find_first_not_of("+-0123456789") == std::string_view::npos ? python_float_from(text) : std::nullopt;
      if (large) return Operand(Value(*large));
    }
    if (text.front() == '_' || text.find("._") != std::string_view::npos) {
      parser_.fail(fmt::format("variables and their members may not begin with an underscore: '{}'", text));
    }
    return Operand(split_path(text));
  }

  Parser& parser_;
  std::string_view text_;
  std::size_t position_ = 0;
};

}  // namespace

std::optional<Value> Operand::find(Renderer& renderer) const {
  if (const auto* literal = std::get_if<Value>(&content_)) {
    return literal->is_text() ? Value::borrowed(literal->text()).with_safety(true) : *literal;
  }
  const auto& path = std::get<std::vector<std::string>>(content_);
  // Most paths lead through the context's objects alone: nothing on the way needs to become a Value.
  std::size_t i = 1;
  const auto* json = renderer.in_context(path.front());
  for (; json != nullptr && i < path.size() && json->is_object(); ++i) {
    const auto found = json->find(path[i]);
    if (found == json->end()) break;
    json = &*found;
  }
  auto value = json != nullptr ? std::optional(Value::of(*json)) : renderer.find(path.front());
  for (; value && i < path.size(); ++i) {
    if (value->is_text()) renderer.charge(value->weight());
    value = value->block() != nullptr ? value->block()->member(renderer, path[i]) : value->member(path[i]);
    if (value && value->made_sequence() != nullptr) renderer.charge(value->weight());
  }
  return value;
}

std::string Operand::shown() const {
  if (const auto* path = std::get_if<std::vector<std::string>>(&content_))
    return fmt::format("{}", fmt::join(*path, "."));
  return "literal";
}

FilterExpression::FilterExpression(Parser& parser, std::string_view text) : position_(parser.position()) {
  Scanner scanner(parser, text);
  auto operand = scanner.take_operand();
  if (!operand) parser.fail(fmt::format("'{}' does not begin with a variable, a number or a quoted text", text));
  const auto refer = [&parser](const Operand& to) {
    if (to.path() != nullptr) parser.names().refer(*to.path(), parser.position());
  };
  refer(*operand);
  operand_ = std::move(*operand);
  while (!scanner.at_end()) {
    const auto before = scanner.rest();
    if (!scanner.take_bar()) parser.fail(fmt::format("could not understand '{}' in '{}'", before, text));
    const auto name = scanner.take_name();
    if (name.empty()) parser.fail(fmt::format("a filter's name is missing after '|' in '{}'", text));
    const FilterRow* filter = find_filter(name);
    if (filter == nullptr) {
      const auto left_out = hint_for_left_out_filter(name);
      parser.fail(fmt::format("unknown filter '{}'", name),
                  left_out.empty() ? hint_for(name, filter_names()) : std::string(left_out));
    }
    std::optional<Operand> argument;
    const auto behind_name = scanner.rest();
    if (scanner.take(':')) {
      argument = scanner.take_operand();
      if (!argument) {
        parser.fail(fmt::format("could not understand '{}' in '{}'", behind_name, text),
                    fmt::format("write the argument right behind the colon: {}:\"…\"", name));
      }
      refer(*argument);
    }
    if (filter->argument == Argument::none && argument)
      parser.fail(fmt::format("the filter '{}' takes no argument", name));
    if (filter->argument == Argument::required && !argument) {
      parser.fail(fmt::format("the filter '{}' needs an argument", name), fmt::format("write {}:\"…\"", name));
    }
    steps_.push_back({filter, std::move(argument)});
  }
}

Meaning FilterExpression::meaning(Parser& parser) const {
  if (operand_.path() == nullptr || !steps_.empty()) return Meaning::unknown();
  return parser.names().meaning_of(*operand_.path());
}

std::optional<std::string_view> FilterExpression::literal_text() const {
  const Value* literal = operand_.literal();
  if (literal == nullptr || !literal->is_text() || !steps_.empty()) return std::nullopt;
  return literal->text();
}

bool FilterExpression::has_filter(std::string_view name) const {
  return std::ranges::any_of(steps_, [name](const Step& step) { return step.filter->name == name; });
}

Value FilterExpression::resolve(Renderer& renderer) const {
  auto value = operand_.find(renderer);
  if (!value) value = Value::empty_text();
  apply(renderer, *value);
  return std::move(*value);
}

Value FilterExpression::resolve_or_none(Renderer& renderer) const {
  auto value = operand_.find(renderer);
  if (!value) value = Value();
  apply(renderer, *value);
  return std::move(*value);
}

void FilterExpression::apply(Renderer& renderer, Value& value) const {
  if (steps_.empty()) return;
  renderer.at(position_);
  for (const auto& [filter, operand] : steps_) {
    std::optional<Value> found;
    const Value* argument = operand ? operand->literal() : nullptr;
    if (operand && argument == nullptr) {
      found = operand->find(renderer);
      if (!found) {
        renderer.fail<MissingArgument>(
            fmt::format("the variable '{}' does not exist, and the filter '{}' needs it as its argument",
                        operand->shown(), filter->name));
      }
      argument = &*found;
    }
    if (argument != nullptr) renderer.charge(argument->weight());
    renderer.charge(value.weight());
    Value result = filter->apply(renderer, value, argument);
    if (result.is_text()) renderer.check_size(result.text().size());
    renderer.charge(result.weight());
    if (filter->safety == Safety::kept && value.is_safe() && result.is_text() && !result.is_safe()) {
      result = result.with_safety(true);
    }
    value = std::move(result);
  }
}

}  // namespace egarage::tmpl
