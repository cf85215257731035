#pragma once

#include <memory>
#include <string>
#include <vector>

#include "channels/http/provider.hpp"
#include "channels/network.hpp"

namespace egarage::channels::http {

/// Where requests may go. Anything else is refused before, or right after, the name is resolved.
struct Reach {
  std::vector<std::string> hosts;  ///< the only names and addresses that URLs may have; upper case counts as lower case
  bool private_addresses = false;  ///< whether names may resolve to private, link-local or unspecified addresses
};

struct Timeouts {
  std::chrono::seconds connect{30};
  std::chrono::seconds whole{60};  ///< of one request; users put Twilio's own limit at about 26 s
  std::chrono::seconds idle{30};   ///< a connection without work is closed after this
};

struct Options {
  std::size_t connections = 8;
  std::string ca_file;  ///< PEM file of the authorities to trust; empty means the system's
  Reach reach;
  Timeouts timeouts;
};

/// Sends over HTTP/1.1 with kept connections, which libcurl opens and secures. Of every message exactly one request is
/// written, whatever happens to the connection; redirects are not followed; https only, except to loopback.
///
/// Without an answer, a message whose request never began is Returned, every other one Uncertain. The account is
/// blocked by a certificate that proves nothing, a redirect, or a URL beyond its reach; paused by three requests in a
/// row that never began (by the first, until it has answered once), or by three in a row that end uncertain or in a
/// 5xx. One request at a time goes out until the account has given a clear answer, and again after an unclear one.
std::unique_ptr<Sender> make_http_sender(Network& network, std::unique_ptr<Provider> provider, Options options);

}  // namespace egarage::channels::http
