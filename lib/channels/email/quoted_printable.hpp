#pragma once

#include <string>
#include <string_view>

namespace egarage::channels::email {

/// Appends text as quoted-printable (RFC 2045 §6.7): lines of at most 76 octets, every CR LF, lone CR or lone LF a
/// CRLF, the last line closed with one too; empty text appends nothing. No line begins with "." or "From ", so that no
/// relay has to change the octets on the way (dot-stuffing, mbox), and none contains "=_", so that it is safe in a
/// boundary.
void append_quoted_printable(std::string& out, std::string_view text);

}  // namespace egarage::channels::email
