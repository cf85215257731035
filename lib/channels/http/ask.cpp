#include "channels/http/ask.hpp"

#include "channels/http/call.hpp"

namespace egarage::channels::http {

std::variant<Answer, std::string> ask(Network& network, const Request& request, const Options& options) {
  const ConnectionPool pool;
  Call call(network, pool, options);
  if (const auto refused = call.begin(request)) return refused->reply.text;
  // libcurl keeps the time.
  while (call.is_running()) network.wait({}, std::chrono::seconds{1});
  auto result = call.take_result();
  if (const auto* failure = std::get_if<Failure>(&result)) return failure->reply.text;
  return std::move(std::get<Answer>(result));
}

}  // namespace egarage::channels::http
