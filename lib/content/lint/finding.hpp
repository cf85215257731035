#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/enum_names.hpp"
#include "template/template.hpp"

namespace egarage::content {

enum class Severity {
  error,    ///< the text is refused
  warning,  ///< worth a look
};
inline constexpr core::EnumNames<Severity, 2> severity_names{
    {{Severity::error, "error"}, {Severity::warning, "warning"}}};

/// Something about a text that its author should know.
struct Finding {
  Severity severity;
  std::string file;
  std::size_t line, column;  ///< from 1; 0 when it is about the text as a whole
  std::string sentence;
  std::string hint;  ///< may be empty
  bool operator==(const Finding&) const = default;
};
using Findings = std::vector<Finding>;

inline Finding finding_of(const tmpl::TemplateError& error) {
  return {Severity::error, error.file(), error.line(), error.column(), error.sentence(), error.hint()};
}

}  // namespace egarage::content
