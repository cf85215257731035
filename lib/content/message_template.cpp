#include "content/message_template.hpp"

#include "core/utf8.hpp"

namespace egarage::content {
namespace {

constexpr std::string_view subject_prefix = "subject: ";
/// A subject longer than this is a mistake in the data; readers show less than a tenth of it.
constexpr std::size_t longest_subject = 988;  // octets, RFC 5322 §2.1.1 less the header's name

/// Trailing blanks of lines go, runs of empty lines become one, and none is left at the ends.
std::string tidy(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  std::size_t line_breaks = 0;
  while (!text.empty()) {
    const auto length = std::min(text.find('\n'), text.size());
    auto line = text.substr(0, length);
    text.remove_prefix(std::min(length + 1, text.size()));
    const auto last = line.find_last_not_of(" \t\r");
    line = last == std::string_view::npos ? std::string_view{} : line.substr(0, last + 1);
    if (!line.empty()) {
      if (!result.empty()) result.append(std::min<std::size_t>(line_breaks, 2), '\n');
      result += line;
      line_breaks = 0;
    }
    ++line_breaks;
  }
  return result;
}

/// SMS and WhatsApp show no subject.
bool needs_subject(const TextKey& key) {
  return key.kind() == TextKind::message && (!key.channel || *key.channel == core::Channel::email);
}

/// A part stands inside a line: the line break that ends its file is not of it.
std::string_view without_last_line_break(std::string_view text) {
  if (text.ends_with('\n')) text.remove_suffix(1);
  return text;
}

}  // namespace

MessageTemplate MessageTemplate::parse(const TextKey& key, const std::string& name, std::string_view text) {
  if (key.kind() == TextKind::part) {
    return {std::nullopt, tmpl::Template::parse(name, std::string{without_last_line_break(text)})};
  }
  if (!text.starts_with(subject_prefix)) {
    if (!needs_subject(key)) return {std::nullopt, tmpl::Template::parse(name, std::string{text})};
    throw tmpl::TemplateError(name, 1, 1, "the first line must begin with \"subject: \"",
                              "write \"subject: \" and the subject, then an empty line, then the message");
  }
  const auto subject_end = std::min(text.find('\n'), text.size());
  const auto rest = text.substr(subject_end);
  if (!rest.starts_with("\n\n")) {
    throw tmpl::TemplateError(name, 2, 1, "an empty line must stand between the subject and the body");
  }
  // The prefix and the two line breaks stay in the text, so that errors name the right line and column of the file.
  return {tmpl::Template::parse(name, std::string{text.substr(0, subject_end)}),
          tmpl::Template::parse(name, std::string{rest})};
}

RenderedText MessageTemplate::render(const nlohmann::json& context, tmpl::RenderOptions options) const {
  RenderedText message;
  if (subject_) {
    options.escape = tmpl::Escape::none;
    const auto subject = subject_->render(context, options);
    message.subject = core::one_line(std::string_view{subject}.substr(subject_prefix.size()));
    message.subject.resize(core::cut_utf8(message.subject, longest_subject).size());
  }
  options.escape = tmpl::Escape::markdown;
  message.body = tidy(body_.render(context, options));
  return message;
}

}  // namespace egarage::content
