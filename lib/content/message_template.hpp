#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "content/message.hpp"
#include "template/template.hpp"

namespace egarage::content {

/// A message text: `subject: …` on the first line, an empty line, then the body in Markdown; both in the template
/// language.
class MessageTemplate {
 public:
  /// `name` appears in errors. Throws tmpl::TemplateError, also when the shape above is not kept.
  static MessageTemplate parse(const std::string& name, std::string_view text);

  /// Values cannot bring markup into the body, nor line breaks into the subject. Runs of empty lines, which unmet
  /// conditions leave behind, become one. `options.escape` is not looked at. Throws tmpl::TemplateError.
  RenderedMessage render(const nlohmann::json& context, tmpl::RenderOptions options) const;

 private:
  MessageTemplate(tmpl::Template subject, tmpl::Template body) : subject_(std::move(subject)), body_(std::move(body)) {}
  tmpl::Template subject_, body_;
};

}  // namespace egarage::content
