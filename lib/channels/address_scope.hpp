#pragma once

#include <curl/curl.h>

namespace egarage::channels {

/// Where an address leads, by the registries of special-purpose addresses (RFC 6890 and its successors).
enum class AddressScope {
  everywhere,  ///< an address of the Internet
  loopback,    ///< this machine: 127.0.0.0/8 and ::1
  inside,      ///< private, shared, link-local, unspecified: what only a neighbour of this machine should reach
  nowhere,     ///< multicast, reserved, documentation, or no IP address at all
};

/// Of an address as libcurl hands it to CURLOPT_OPENSOCKETFUNCTION. An IPv4 address inside an IPv6 one (mapped, NAT64,
/// 6to4) counts as itself.
AddressScope scope_of(const curl_sockaddr& address);

}  // namespace egarage::channels
