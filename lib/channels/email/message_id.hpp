#pragma once

#include <string>
#include <string_view>

namespace egarage::channels::email {

/// The Message-ID without angle brackets as it may stand in a header: characters that RFC 5322 §3.6.4 does not allow
/// there are left out, and what exceeds 250 octets is cut off.
std::string clean_message_id(std::string_view id);

/// 16 hexadecimal digits that depend on every octet of the text (FNV-1a), the same on every machine. Not a secret.
std::string fingerprint(std::string_view text);

}  // namespace egarage::channels::email
