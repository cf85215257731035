#include "channels/http/ask.hpp"

#include "channels/http/call.hpp"

namespace egarage::channels::http {

std::variant<Answer, std::string> ask(Network& network, const Request& request, const Options& options) {
  using Clock = std::chrono::steady_clock;
  CallResources resources;
  Call call(network, resources, options);
  if (const auto refused = call.begin(request, Clock::now())) return refused->reply.text;
  while (call.is_running()) {
    WaitList waits;
    call.add_waits(waits);
    network.wait(waits, std::chrono::seconds{1});
    call.drive(Clock::now());
  }
  auto result = call.take_result();
  if (const auto* failure = std::get_if<Failure>(&result)) return failure->reply.text;
  return std::move(std::get<Answer>(result));
}

}  // namespace egarage::channels::http
