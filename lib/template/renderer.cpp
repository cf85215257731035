#include "template/renderer.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/utf8.hpp"
#include "template/decimal.hpp"
#include "template/escaping.hpp"
#include "template/python.hpp"

namespace egarage::tmpl {

Renderer::Renderer(const std::string& name, const nlohmann::json& context, const RenderOptions& options,
                   std::size_t expected_size)
    : name_(&name), context_(&context), options_(options), escape_(options.escape) {
  output_.reserve(std::min(expected_size, options.limits.output));
}

std::string too_many_names() { return fmt::format("more than {} names are set at once", most_names); }

void Renderer::render(const NodeList& nodes) {
  const Nesting nesting(*this);
  for (const auto& node : nodes) {
    charge();
    node->render(*this);
  }
}

std::string Renderer::finish() {
  if (!core::is_valid_utf8(output_) || output_.find('\0') != std::string::npos) return core::valid_utf8(output_);
  return std::move(output_);
}

void Renderer::charge(std::size_t octets) {
  // Some filters take 20 ns an octet (normal forms, classes of code points): so small that a million steps of them end
  // within a second.
  constexpr std::size_t octets_a_step = 32;
  steps_ += 1 + octets / octets_a_step;
  if (steps_ > options_.limits.steps) {
    fail<TemplateError>(fmt::format("rendering takes more than {} steps", options_.limits.steps),
                        "look for loops inside loops over long lists");
  }
}

void Renderer::check_size(std::size_t octets) const {
  if (octets > options_.limits.output) {
    fail<TemplateError>(fmt::format("the text grows longer than {} octets", options_.limits.output),
                        "a message this long is most likely a mistake in the template");
  }
}

std::optional<Value> Renderer::find(const std::string& name) const {
  for (std::size_t i = bindings_.size(); i > first_visible_; --i) {
    if (bindings_[i - 1].name == name) return bindings_[i - 1].value;
  }
  if (context_->is_object()) {
    if (const auto found = context_->find(name); found != context_->end()) {
      const auto replaced = std::ranges::find(overrides_, name, &Binding::name);
      return replaced != overrides_.end() ? replaced->value : Value::of(*found);
    }
  }
  if (name == "None") return Value();
  if (name == "True") return Value(true);
  if (name == "False") return Value(false);
  return std::nullopt;
}

const nlohmann::json* Renderer::in_context(const std::string& name) const {
  if (!overrides_.empty() || !context_->is_object()) return nullptr;
  for (std::size_t i = bindings_.size(); i > first_visible_; --i) {
    if (bindings_[i - 1].name == name) return nullptr;
  }
  const auto found = context_->find(name);
  return found != context_->end() ? &*found : nullptr;
}

std::size_t Renderer::bind(std::string_view name, Value value) {
  if (bindings_.size() >= most_names) fail<TemplateError>(too_many_names(), "set fewer names at once");
  bindings_.push_back({name, std::move(value)});
  return bindings_.size() - 1;
}

void Renderer::assign(std::string_view name, Value value) {
  for (std::size_t i = frame_; i < bindings_.size(); ++i) {
    if (bindings_[i].name == name) return rebind(i, std::move(value));
  }
  bind(name, std::move(value));
}

void Renderer::assign_upward(std::string_view name, Value value) {
  for (std::size_t i = bindings_.size(); i > first_visible_; --i) {
    if (bindings_[i - 1].name == name) return rebind(i - 1, std::move(value));
  }
  if (!context_->is_object() || context_->find(name) == context_->end()) return assign(name, std::move(value));
  const auto replaced = std::ranges::find(overrides_, name, &Binding::name);
  if (replaced != overrides_.end()) {
    replaced->value = std::move(value);
  } else if (overrides_.size() >= most_names) {
    fail<TemplateError>(too_many_names(), "set fewer names at once");
  } else {
    overrides_.push_back({name, std::move(value)});
  }
}

std::optional<std::vector<Value>> Renderer::iterate(const Value& value) {
  for (std::size_t left = value.length().value_or(0); left > 0; --left) charge();
  return value.iterate();
}

// In Markdown, the text value "1978" at the beginning of a line must not become a list because the template goes on
// with ". "; a number such as forloop.counter may: that list is the author's.
void Renderer::append_literal(std::string_view text) {
  if (open_number_ == output_.size() && (text.starts_with('.') || text.starts_with(')'))) output_ += '\\';
  check_size(output_.size() + text.size());
  output_ += text;
}

void Renderer::append_text(const Value& value, std::string_view text) {
  check_size(output_.size() + text.size());
  if (escape_ == Escape::none || value.is_safe()) {
    output_ += text;
  } else if (escape_ == Escape::html) {
    append_html(output_, text);
  } else {
    append_markdown(output_, text);
    if (value.is_text() && ends_in_open_number(output_)) open_number_ = output_.size();
  }
  check_size(output_.size());
}

void Renderer::append_value(const Value& value) {
  if (value.is_text()) {
    append_text(value, value.text());
  } else {
    append_text(value, text_of(value));
  }
}

std::string Renderer::text_of(const Value& value) const {
  constexpr std::size_t most_digits = 200;  // Django writes longer numbers with their exponent
  if (const auto* number = value.floating()) {
    if (const auto decimal = Decimal::shortest(*number); decimal.extent() <= most_digits) return decimal.fixed();
  }
  return str(value);
}

std::string Renderer::str(const Value& value) const {
  auto text = python_str(value, options_.limits.depth);
  if (!text) fail<TemplateError>(fmt::format("a value is nested deeper than {} levels", options_.limits.depth));
  return std::move(*text);
}

}  // namespace egarage::tmpl
