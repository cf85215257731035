#pragma once

#include <string>
#include <string_view>

#include "content/lint/finding.hpp"

namespace egarage::content {

/// Mistakes in a whole e-mail document: what HTML does not allow (found by HTML Tidy), and what mail programs drop,
/// block or clip. Lines are those of the document.
Findings check_email_html(const std::string& file, const std::string& html);

}  // namespace egarage::content
