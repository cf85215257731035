#pragma once

#include <string>
#include <string_view>

namespace egarage::channels::email {

// Each appends one header field, CRLF included, to a message being built. `name` is the field's name without the colon.

/// A field whose value is already right: ASCII, one line, short enough.
void append_field(std::string& out, std::string_view name, std::string_view value);

/// Free text (RFC 5322 §2.2.1): made one line, cut to 900 octets, folded so that no line exceeds 78 octets. What is not
/// plain ASCII, could be taken for an encoded word or cannot be folded is written as encoded words (RFC 2047) of at
/// most 75 octets that hold whole code points.
void append_text_field(std::string& out, std::string_view name, std::string_view text);

/// A display name and an address (RFC 5322 §3.4). The name is free text, cut to 200 octets, and written as it is, as a
/// quoted-string or as encoded words, whichever it needs; without one, the bare address. The address must be a valid
/// one.
void append_mailbox_field(std::string& out, std::string_view name, std::string_view display_name,
                          std::string_view address);

}  // namespace egarage::channels::email
