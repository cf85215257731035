// What the HTTP engine allows without a store: http_blast URL CONNECTIONS MESSAGES BODY_FILE CA_FILE [PER_SECOND]
//
// One body, posted again and again by the product's own sender, driven as process-queue drives it. With a rate, a
// message may go out only when its time has come, as a paced account does.
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <memory>
#include <stdexcept>
#include <string>

#include "channels/http/http_sender.hpp"

namespace {

using namespace egarage::channels;
using Clock = std::chrono::steady_clock;

class OneBody final : public http::Provider {
 public:
  OneBody(std::string url, std::string body) : url_(std::move(url)), body_(std::move(body)) {}

  std::variant<http::Request, Outcome> request(const Message&) const override {
    http::Request request;
    request.url = url_;
    request.headers = {{"Content-Type", "application/json"}};
    request.bearer = token_;
    request.body = body_;
    return request;
  }
  http::Verdict judge(const Message&, const http::Answer& answer) const override {
    Reply reply{Phase::answer, answer.status, {}, {}};
    if (answer.status != 200) return {Rejected{reply, {}}, {}};
    return {Accepted{reply, answer.body.substr(0, 40)}, {}};
  }

 private:
  std::string url_, body_;
  egarage::core::Secret token_{std::string(200, 't')};
};

std::string content_of(const char* path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string host_of(const std::string& url) {
  const auto from = url.find("://") + 3;
  return url.substr(from, url.find_first_of(":/", from) - from);
}

void blast(Network& network, Sender& sender, std::size_t messages, double per_second) {
  const auto began = Clock::now();
  const auto due_at = [&](std::size_t n) {
    if (per_second <= 0) return began;
    return began + std::chrono::duration_cast<Clock::duration>(
                       std::chrono::duration<double>(static_cast<double>(n) / per_second));
  };
  std::vector<Result> results;
  WaitList waits;
  for (std::size_t begun = 0, accepted = 0; accepted < messages;) {
    sender.expect(messages - begun);
    const auto now = Clock::now();
    while (begun < messages && sender.room() > 0 && due_at(begun) <= now) {
      Message message;
      message.token = begun++;
      sender.submit(std::move(message));
    }
    waits.sockets.clear();
    waits.wake_at = per_second > 0 && begun < messages && sender.room() > 0 ? due_at(begun) : SteadyTime::max();
    sender.add_waits(waits);
    network.wait(waits, std::chrono::milliseconds{200});
    results.clear();
    sender.drive(Clock::now(), results);
    for (const auto& result : results) {
      if (!std::holds_alternative<Accepted>(result.outcome)) throw std::runtime_error("a message was not accepted");
    }
    accepted += results.size();
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 6 && argc != 7) {
    std::fprintf(stderr, "usage: http_blast URL CONNECTIONS MESSAGES BODY_FILE CA_FILE [PER_SECOND]\n");
    return 2;
  }
  try {
    http::Options options;
    options.connections = static_cast<std::size_t>(std::atol(argv[2]));
    options.ca_file = argv[5];
    options.reach = {{host_of(argv[1])}, false};
    Network network;
    const auto sender =
        make_http_sender(network, std::make_unique<OneBody>(argv[1], content_of(argv[4])), std::move(options));
    blast(network, *sender, static_cast<std::size_t>(std::atol(argv[3])), argc == 7 ? std::atof(argv[6]) : 0);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "error: %s\n", error.what());
    return 1;
  }
}
