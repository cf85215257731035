#include "app/reference_configuration.hpp"

#include <stdexcept>

namespace egarage::app {
namespace {

// A TOML basic string.
std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

// Gives the line that says `key = …`, commented out or not, a new value; its comment stays behind it.
void set(std::string& text, std::string_view section, std::string_view key, std::string_view value) {
  const auto start = text.find(section);
  const auto assignment = std::string(key) + " = ";
  for (auto line = start; line != std::string::npos; line = text.find('\n', line)) {
    if (line != start) ++line;
    const auto name = text.compare(line, 2, "# ") == 0 ? line + 2 : line;
    if (text.compare(name, assignment.size(), assignment) == 0) {
      const auto end = text.find('\n', line);
      const auto comment = text.find('#', name);
      const auto value_end = comment < end ? comment : end;
      text.replace(line, value_end - line, assignment + quoted(value) + (comment < end ? "  " : ""));
      return;
    }
  }
  throw std::logic_error("the reference configuration has no line for " + std::string(key));
}

}  // namespace

std::string configuration_with(const Answers& answers) {
  std::string text(reference_configuration());
  if (!answers.store.empty()) set(text, "[store]", "path", answers.store);
  if (!answers.platform_name.empty()) set(text, "[platform]", "name", answers.platform_name);
  if (!answers.from.empty()) set(text, "[platform.email]", "from", answers.from);
  if (!answers.host.empty()) {
    set(text, "[platform.email]", "transport", "smtp");
    set(text, "[platform.email]", "host", answers.host);
    if (!answers.user.empty()) {
      set(text, "[platform.email]", "user", answers.user);
      set(text, "[platform.email]", "password", "env:EGARAGE_SMTP_PASSWORD");
    }
  }
  return text;
}

}  // namespace egarage::app
