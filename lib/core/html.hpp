#pragma once

#include <string>
#include <string_view>

namespace egarage::core {

/// The text as HTML shows it, in content and in attributes between double quotes: & < > " escaped.
std::string html_escaped(std::string_view text);

}  // namespace egarage::core
