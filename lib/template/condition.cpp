#include "template/condition.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "template/expression.hpp"
#include "template/parser.hpp"
#include "template/python.hpp"
#include "template/renderer.hpp"

namespace egarage::tmpl {

namespace {

using ConditionPointer = std::unique_ptr<Condition>;

/// Operators nest as deep as they are chained. Beyond this a condition is a mistake, and the stack stays small.
constexpr std::size_t most_operators = 500;

enum class Operation {
  either,
  both,
  negation,
  in,
  not_in,
  is,
  is_not,
  equal,
  unequal,
  greater,
  greater_equal,
  less,
  less_equal
};

struct OperatorRow {
  std::string_view name;
  Operation operation;
  int binding_power;
};

constexpr std::array<OperatorRow, 13> operators{{
    {"or", Operation::either, 6},
    {"and", Operation::both, 7},
    {"not", Operation::negation, 8},
    {"in", Operation::in, 9},
    {"not in", Operation::not_in, 9},
    {"is", Operation::is, 10},
    {"is not", Operation::is_not, 10},
    {"==", Operation::equal, 10},
    {"!=", Operation::unequal, 10},
    {">", Operation::greater, 10},
    {">=", Operation::greater_equal, 10},
    {"<", Operation::less, 10},
    {"<=", Operation::less_equal, 10},
}};

const OperatorRow* find_operator(std::string_view word) {
  const auto* row = std::ranges::find(operators, word, &OperatorRow::name);
  return row != operators.end() ? row : nullptr;
}

class Term : public Condition {
 public:
  explicit Term(FilterExpression expression) : expression_(std::move(expression)) {}
  Value evaluate(Renderer& renderer) const override { return expression_.resolve_or_none(renderer); }

 private:
  FilterExpression expression_;
};

class Negation : public Condition {
 public:
  explicit Negation(ConditionPointer operand) : operand_(std::move(operand)) {}
  Value evaluate(Renderer& renderer) const override {
    const Nesting nesting(renderer);
    try {
      return !operand_->evaluate(renderer).truthy();
    } catch (const EvaluationError&) {
      return false;
    }
  }

 private:
  ConditionPointer operand_;
};

class Comparison : public Condition {
 public:
  Comparison(Operation operation, ConditionPointer left, ConditionPointer right)
      : operation_(operation), left_(std::move(left)), right_(std::move(right)) {}

  Value evaluate(Renderer& renderer) const override {
    const Nesting nesting(renderer);
    try {
      return combine(renderer);
    } catch (const EvaluationError&) {
      return false;
    }
  }

 private:
  Value combine(Renderer& renderer) const {
    Value left = left_->evaluate(renderer);
    if (operation_ == Operation::either && left.truthy()) return left;
    if (operation_ == Operation::both && !left.truthy()) return left;
    Value right = right_->evaluate(renderer);
    if (operation_ == Operation::either || operation_ == Operation::both) return right;
    renderer.charge(left.weight() + right.weight());
    return holds(left, right, renderer.options().limits.depth);
  }

  bool holds(const Value& left, const Value& right, std::size_t depth) const {
    const auto order = [&] { return compare(left, right, depth); };
    switch (operation_) {
      case Operation::in:
        return contains(right, left, depth).value_or(false);
      case Operation::not_in:
        return !contains(right, left, depth).value_or(true);
      case Operation::is:
        return identical(left, right);
      case Operation::is_not:
        return !identical(left, right);
      case Operation::equal:
        return equal(left, right, depth);
      case Operation::unequal:
        return !equal(left, right, depth);
      case Operation::greater:
        return order().value_or(0) > 0;
      case Operation::greater_equal:
        return order().value_or(-1) >= 0;
      case Operation::less:
        return order().value_or(0) < 0;
      case Operation::less_equal:
        return order().value_or(1) <= 0;
      default:
        return false;
    }
  }

  Operation operation_;
  ConditionPointer left_, right_;
};

/// Top-down operator precedence (Pratt), as Django's smartif.
class ConditionParser {
 public:
  ConditionParser(Parser& parser, std::span<const std::string_view> words) : parser_(parser) {
    for (std::size_t i = 0; i < words.size(); ++i) {
      const bool has_next = i + 1 < words.size();
      if (has_next && words[i] == "is" && words[i + 1] == "not") {
        words_.emplace_back("is not");
        ++i;
      } else if (has_next && words[i] == "not" && words[i + 1] == "in") {
        words_.emplace_back("not in");
        ++i;
      } else {
        words_.push_back(words[i]);
      }
    }
    const auto count = std::ranges::count_if(words_, [](auto word) { return find_operator(word) != nullptr; });
    if (static_cast<std::size_t>(count) > most_operators) {
      parser_.fail(fmt::format("a condition has more than {} operators", most_operators));
    }
  }

  ConditionPointer parse() {
    auto condition = expression(0);
    if (next_ < words_.size())
      parser_.fail(fmt::format("'{}' is left over at the end of the condition", words_[next_]));
    return condition;
  }

 private:
  ConditionPointer expression(int right_power) {
    ConditionPointer left = prefix();
    while (next_ < words_.size()) {
      const OperatorRow* row = find_operator(words_[next_]);
      if (row == nullptr || row->binding_power <= right_power) break;
      if (row->operation == Operation::negation) parser_.fail("'not' cannot stand between two values of a condition");
      ++next_;
      left = std::make_unique<Comparison>(row->operation, std::move(left), expression(row->binding_power));
    }
    return left;
  }

  ConditionPointer prefix() {
    if (next_ >= words_.size()) parser_.fail("the condition ends where a value is expected");
    const std::string_view word = words_[next_++];
    const OperatorRow* row = find_operator(word);
    if (row == nullptr) return std::make_unique<Term>(FilterExpression(parser_, word));
    if (row->operation != Operation::negation) parser_.fail(fmt::format("'{}' stands where a value is expected", word));
    return std::make_unique<Negation>(expression(row->binding_power));
  }

  Parser& parser_;
  std::vector<std::string_view> words_;
  std::size_t next_ = 0;
};

}  // namespace

std::unique_ptr<Condition> parse_condition(Parser& parser, std::span<const std::string_view> words) {
  return ConditionParser(parser, words).parse();
}

}  // namespace egarage::tmpl
