#pragma once

#include "core/error.hpp"
#include "template/template.hpp"

namespace egarage::content {

/// A template's error as the program reports it: with file, line and column.
inline core::Error template_failure(const tmpl::TemplateError& error) {
  return {core::ExitCode::configuration, error.what(), error.hint()};
}

}  // namespace egarage::content
