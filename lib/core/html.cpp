#include "core/html.hpp"

namespace egarage::core {

namespace {

std::string_view entity(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    default:
      return "&quot;";
  }
}

}  // namespace

std::string html_escaped(std::string_view text) {
  std::string html;
  html.reserve(text.size() + 16);
  while (true) {
    const auto at = text.find_first_of("&<>\"");
    html += text.substr(0, at);
    if (at == std::string_view::npos) return html;
    html += entity(text[at]);
    text.remove_prefix(at + 1);
  }
}

}  // namespace egarage::core
