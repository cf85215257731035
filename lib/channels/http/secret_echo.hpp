#pragma once

#include "channels/http/provider.hpp"

namespace egarage::channels::http {

/// Takes out of a reply what repeats a secret of the request: gateways like to quote the login that they refuse.
void forget_secrets(Reply& reply, const Request& request);
void forget_secrets(Verdict& verdict, const Request& request);

}  // namespace egarage::channels::http
