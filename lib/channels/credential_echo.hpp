#pragma once

#include <string_view>
#include <vector>

#include "core/secret.hpp"

namespace egarage::channels {

/// The password as AUTH PLAIN, LOGIN and XOAUTH2 put it on the wire, and as it is. Empty for an empty password.
std::vector<core::Secret> forms_on_the_wire(std::string_view user, const core::Secret& password);

/// The same for HTTP's Basic scheme (RFC 7617 §2): `user:password` in Base64.
core::Secret basic_credentials(std::string_view user, const core::Secret& password);

/// Whether the text holds one of the secrets, or eight octets of one in a row: servers that do not understand a command
/// like to repeat it, or its beginning, in their reply.
bool repeats_any(std::string_view text, const std::vector<core::Secret>& secrets);

}  // namespace egarage::channels
