#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "core/instant.hpp"

namespace egarage::channels::http {

/// No wish of a provider is honoured for longer: a mistake there must not silence an account for days.
inline constexpr std::chrono::hours longest_wish{6};

/// Reads Retry-After (RFC 9110 §10.2.3): seconds, or a date, which counts from `now`. Empty for anything else, and for
/// what is over already; at most `longest_wish`.
std::optional<std::chrono::seconds> read_retry_after(std::string_view value, core::Instant now);

/// Reads an HTTP date in any of its three forms (RFC 9110 §5.6.7). Empty for anything else.
std::optional<core::Instant> read_http_date(std::string_view value);

}  // namespace egarage::channels::http
