#pragma once

#include <curl/curl.h>

#include <string_view>

namespace egarage::channels {

/// Whether a transfer failed because the two sides cannot agree on TLS or the server's certificate proves nothing:
/// trying again changes nothing. A handshake that ended with its connection is not meant. `error` is what libcurl says.
bool is_tls_disagreement(CURLcode result, std::string_view error);

}  // namespace egarage::channels
