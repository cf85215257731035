#pragma once

#include <optional>
#include <ostream>
#include <span>

#include "exchange/kind.hpp"
#include "store/database.hpp"

namespace egarage::exchange {

enum class Format { csv, json_lines };

/// Writes all rows of the owners, as `import` reads them: CSV with a header and commas (RFC 4180, lines end with LF),
/// or one JSON object per line with every column, null for an empty cell. `owners` are asked for of kinds that
/// companies own; of others everything is written, once. Rows are read in portions; what others change meanwhile may or
/// may not be among them.
void export_rows(store::Database& database, const Kind& kind, std::span<const Owner> owners, Format format,
                 std::ostream& output);

}  // namespace egarage::exchange
