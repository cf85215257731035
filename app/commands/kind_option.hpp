#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "exchange/kind.hpp"

namespace egarage::app {

/// The first word behind `import` and `export`; the command's help lists the kinds with their columns.
void add_kind_option(CLI::App& command, std::string& kind);
/// Throws core::Error{usage} naming the nearest kind when there is none of that name, and when a company is given for a
/// kind that companies do not own.
const exchange::Kind& kind_or_error(const std::string& name, const std::string& company);

}  // namespace egarage::app
