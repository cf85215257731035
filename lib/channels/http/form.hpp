#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace egarage::channels::http {

/// The fields of a request, in order; a name may repeat.
using Form = std::vector<std::pair<std::string, std::string>>;

/// Every octet but letters, digits, `-`, `.`, `_` and `~` as `%XX` (RFC 3986 §2.1): also right within a path or query.
std::string percent_encode(std::string_view text);
/// `application/x-www-form-urlencoded`.
std::string encode_form(const Form& form);

}  // namespace egarage::channels::http
