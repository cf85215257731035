#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "template/renderer.hpp"

namespace egarage::tmpl {

/// What stands in a word of a text: `(www.example.cl).` → `(`, `www.example.cl`, `).`.
struct WebWord {
  std::string_view lead;
  std::string_view middle;
  std::string trail;
  /// Where the link goes: `http://www.example.cl`, `mailto:ana@example.cl`. Empty: a mail address that has no host.
  std::string address;
  bool is_mail = false;
};

/// The web or mail address in a word without blanks, quotes and angle brackets, as Django's urlize finds it. Empty when
/// there is none. Linear in its length; where entities make it more, the renderer is charged.
std::optional<WebWord> find_address(Renderer& renderer, std::string_view word);

}  // namespace egarage::tmpl
