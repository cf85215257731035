#pragma once

#include <string>
#include <string_view>

#include "content/email_body.hpp"
#include "sample_company.hpp"

namespace egarage::test {

inline bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

inline std::size_t count(const std::string& text, std::string_view part) {
  std::size_t found = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

/// The e-mail of a company with that body.
inline content::EmailBody compose(std::string_view markdown, const core::Company& company = chilean_company(),
                                  core::Event event = core::Event::documento_creado,
                                  core::Language language = core::Language::es, std::string_view unsubscribe = "") {
  static const content::EmailComposer composer;
  return composer.compose("Asunto", markdown, content::brand_of(company), event, language, unsubscribe);
}

}  // namespace egarage::test
