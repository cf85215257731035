#pragma once

#include <string>

#include "channels/channel.hpp"
#include "core/email_account.hpp"

namespace egarage::channels::email {

/// The message as RFC 5322 text: CRLF line ends only, lines of at most 998 octets, 7-bit. multipart/alternative of
/// text/plain and text/html, quoted-printable. The same input always gives the same octets (the MIME boundary is
/// derived from the Message-ID). Header values are free text: they are made one line and encoded (RFC 2047), never
/// trusted. Without HTML it is text/plain alone. A recipient that is no address becomes `To: undisclosed-recipients:;`.
/// Promotional messages carry List-Unsubscribe. No line begins with ".", so SMTP needs no dot-stuffing (RFC 5321
/// §4.5.2).
std::string build_mime(const Message& message, const core::EmailAccount& account);

}  // namespace egarage::channels::email
