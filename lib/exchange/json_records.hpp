#pragma once

#include <memory>

#include "exchange/record.hpp"
#include "exchange/source.hpp"

namespace egarage::exchange {

/// One flat JSON object per line (RFC 8259), its members named like the columns. Values are texts, numbers (taken as
/// they are written, so that no decimal is lost), true and false (`yes`, `no`), null (an empty cell) and, for columns
/// of that form, lists of texts (joined by `|`; `none` for one without any). Empty lines are passed over.
std::unique_ptr<RecordReader> make_json_records(Source source, Columns columns);

}  // namespace egarage::exchange
