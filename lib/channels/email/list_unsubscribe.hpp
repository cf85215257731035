#pragma once

#include <string>

#include "core/email_account.hpp"

namespace egarage::channels::email {

/// Appends List-Unsubscribe (RFC 2369), and for an https address List-Unsubscribe-Post (RFC 8058), as promotional mail
/// needs them. An account without an `https://` or `mailto:` address to unsubscribe at gets a mailto to its Reply-To,
/// or to its From.
void append_list_unsubscribe(std::string& out, const core::EmailAccount& account);

}  // namespace egarage::channels::email
