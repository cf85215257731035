#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "channels/http/http_sender.hpp"

namespace egarage::channels::http {

/// Where a request goes, as libcurl understands its URL.
struct Target {
  std::string scheme;  ///< `https`, or `http` to loopback
  std::string host;    ///< lower case; IPv6 in brackets
  std::string port;
  std::string resource;   ///< path and query: the request target of RFC 9112 §3.2.1
  bool loopback = false;  ///< the host is 127.0.0.0/8, ::1 or localhost
};

/// Whether both lead to the same server, whatever they want there.
bool same_server(const Target& a, const Target& b);

/// The target of a URL that may be requested; otherwise why it may not be, a sentence without any part of the URL but
/// its host. May be: absolute, https (http to loopback), printable ASCII, without user and password, the host written
/// as it is in reach.hosts (in either case), so that no other spelling of an address or name gets through.
std::variant<Target, std::string> check_target(const std::string& url, const Reach& reach);

}  // namespace egarage::channels::http
