#pragma once

#include <optional>

#include "channels/http/provider.hpp"

namespace egarage::channels::http {

/// The header lines that a request brings with it, and `User-Agent` and `Accept` where it has none; each ends in CRLF.
/// Empty when a name or value cannot be part of a header (RFC 9110 §5.5: a line break would begin another one), or is
/// one that frames the request.
std::optional<core::Secret> header_lines(const Request& request);

/// Whether both requests have the same header lines.
bool same_headers(const Request& a, const Request& b);

}  // namespace egarage::channels::http
