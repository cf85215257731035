#pragma once

#include <string>
#include <variant>

#include "channels/http/http_sender.hpp"

namespace egarage::channels::http {

/// One request and its answer, waited for on a connection of its own: what `doctor` needs. The same rules hold as for
/// the sender. Otherwise a sentence on why there is no answer: name, address, TLS, time; a redirect is none either.
std::variant<Answer, std::string> ask(Network& network, const Request& request, const Options& options);

}  // namespace egarage::channels::http
