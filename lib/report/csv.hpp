#pragma once

#include <string>
#include <string_view>

namespace egarage::report {

/// A cell of CSV (RFC 4180) for spreadsheets: what they would take for a formula begins with an apostrophe.
std::string csv_cell(std::string_view text);

}  // namespace egarage::report
