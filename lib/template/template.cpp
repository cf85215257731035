#include "template/template.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/utf8.hpp"
#include "template/compiled.hpp"
#include "template/parser.hpp"
#include "template/renderer.hpp"

namespace egarage::tmpl {

namespace {

/// Text that is not UTF-8 is refused where it stands, so that the author finds the character.
void check_utf8(const std::string& name, const std::string& text) {
  if (core::is_valid_utf8(text)) return;
  std::size_t line = 1;
  for (std::size_t begin = 0; begin <= text.size(); ++line) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const auto content = std::string_view(text).substr(begin, end - begin);
    if (!core::is_valid_utf8(content)) {
      throw TemplateError(name, line, 1, "the line is not valid UTF-8", "save the template in the UTF-8 encoding");
    }
    begin = end + 1;
  }
}

}  // namespace

TemplateError::TemplateError(std::string file, std::size_t line, std::size_t column, std::string sentence,
                             std::string hint)
    : std::runtime_error(fmt::format("{}:{}:{}: {}", file, line, column, sentence)),
      file_(std::move(file)),
      sentence_(std::move(sentence)),
      hint_(std::move(hint)),
      line_(line),
      column_(column) {}

Template::Template(std::unique_ptr<const Compiled> compiled) : compiled_(std::move(compiled)) {}
Template::Template(Template&&) noexcept = default;
Template& Template::operator=(Template&&) noexcept = default;
Template::~Template() = default;

Template Template::parse(std::string name, std::string text, const Limits& limits) {
  auto made = std::make_unique<Compiled>();
  made->name = std::move(name);
  made->text = std::move(text);
  if (made->text.size() > limits.source) {
    throw TemplateError(made->name, 1, 1, fmt::format("the template is longer than {} octets", limits.source),
                        "a message text has a few thousand; put parts that repeat into templates of their own");
  }
  check_utf8(made->name, made->text);
  Parser(*made, limits).run();
  return Template(std::move(made));
}

const std::string& Template::name() const { return compiled_->name; }
const std::vector<Reference>& Template::references() const { return compiled_->references; }
const std::vector<Dependency>& Template::dependencies() const { return compiled_->dependencies; }

std::string Template::render(const nlohmann::json& context, const RenderOptions& options) const {
  Renderer renderer(compiled_->name, context, options, compiled_->text.size());
  TemplateState state{compiled_.get(), {}, nullptr};
  const TemplateCall call(renderer, compiled_->name, state);
  renderer.render(compiled_->nodes);
  return renderer.finish();
}

}  // namespace egarage::tmpl
