#pragma once

#include "core/error.hpp"
#include "template/template.hpp"

namespace egarage::content {

/// A template's error as the program reports it: with file, line and column.
class TemplateFailure : public core::Error {
 public:
  explicit TemplateFailure(tmpl::TemplateError cause)
      : core::Error(core::ExitCode::configuration, cause.what(), cause.hint()), cause_(std::move(cause)) {}
  const tmpl::TemplateError& cause() const { return cause_; }

 private:
  tmpl::TemplateError cause_;
};

}  // namespace egarage::content
