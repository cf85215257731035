#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "content/text_key.hpp"
#include "template/template.hpp"

namespace egarage::content {

/// A message as its template makes it.
struct RenderedText {
  std::string subject;  ///< one line, plain text; empty when the template has none
  std::string body;     ///< Markdown (CommonMark, line breaks kept)
};

/// Longer messages are not rendered, octets: their data is broken, and mail servers would refuse them, too.
inline constexpr std::size_t longest_message = 1024 * 1024;

/// A message text: `subject: …` on the first line, an empty line, then the body in Markdown; both in the template
/// language. Texts for SMS and WhatsApp need no subject, and parts have none: they are a body from the first line on.
class MessageTemplate {
 public:
  /// `name` appears in errors. Throws tmpl::TemplateError, also when the shape above is not kept.
  static MessageTemplate parse(const TextKey& key, const std::string& name, std::string_view text);

  /// Values cannot bring markup into the body, nor line breaks into the subject. Runs of empty lines, which unmet
  /// conditions leave behind, become one. `options.escape` is not looked at. Throws tmpl::TemplateError.
  RenderedText render(const nlohmann::json& context, tmpl::RenderOptions options) const;

  const std::optional<tmpl::Template>& subject() const { return subject_; }
  const tmpl::Template& body() const { return body_; }

 private:
  MessageTemplate(std::optional<tmpl::Template> subject, tmpl::Template body)
      : subject_(std::move(subject)), body_(std::move(body)) {}
  std::optional<tmpl::Template> subject_;
  tmpl::Template body_;
};

}  // namespace egarage::content
