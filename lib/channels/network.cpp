#include "channels/network.hpp"

#include <algorithm>
#include <climits>
#include <new>

#include "channels/transfers.hpp"

namespace egarage::channels {

Network::Implementation::Implementation() {
  static const CURLcode initialised = curl_global_init(CURL_GLOBAL_DEFAULT);
  multi = initialised == CURLE_OK ? curl_multi_init() : nullptr;
  if (multi == nullptr) throw std::bad_alloc();
}

Network::Implementation::~Implementation() { curl_multi_cleanup(multi); }

void Network::Implementation::add(CURL* easy, Transfer& transfer) {
  curl_easy_setopt(easy, CURLOPT_PRIVATE, &transfer);
  if (curl_multi_add_handle(multi, easy) != CURLM_OK) throw std::bad_alloc();
  ++running;
}

void Network::Implementation::take_out(CURL* easy) { curl_multi_remove_handle(multi, easy); }

bool Network::Implementation::is_ready(std::intptr_t socket) const {
  return std::binary_search(ready.begin(), ready.end(), socket);
}

void Network::Implementation::poll(const WaitList& waits, int milliseconds) {
  polled.clear();
  for (const auto& socket : waits.sockets) {
    const int events = (socket.readable ? CURL_WAIT_POLLIN : 0) | (socket.writable ? CURL_WAIT_POLLOUT : 0);
    polled.push_back({static_cast<curl_socket_t>(socket.handle), static_cast<short>(events), 0});
  }
  curl_multi_poll(multi, polled.data(), static_cast<unsigned>(polled.size()), milliseconds, nullptr);
  ready.clear();
  for (const auto& socket : polled) {
    if (socket.revents != 0) ready.push_back(static_cast<std::intptr_t>(socket.fd));
  }
  std::sort(ready.begin(), ready.end());
}

void Network::Implementation::perform() {
  if (running == 0) return;  // established connections are not libcurl's business any more
  curl_multi_perform(multi, &running);
  int left = 0;
  while (CURLMsg* message = curl_multi_info_read(multi, &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    Transfer* transfer = nullptr;
    const CURLcode result = message->data.result;  // the message dies with the next call on this handle
    curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &transfer);
    transfer->finished(result);
  }
}

Network::Network() : implementation_(std::make_unique<Implementation>()) {}
Network::~Network() = default;

void Network::wake() { curl_multi_wakeup(implementation_->multi); }

void Network::wait(const WaitList& waits, std::chrono::milliseconds at_most) {
  using std::chrono::milliseconds;
  auto time = std::clamp(at_most, milliseconds::zero(), milliseconds(INT_MAX));
  if (waits.wake_at != SteadyTime::max()) {
    const auto now = std::chrono::steady_clock::now();
    // Rounded up, so that the deadline has passed when the wait is over.
    const auto until =
        waits.wake_at <= now ? milliseconds::zero() : std::chrono::ceil<milliseconds>(waits.wake_at - now);
    time = std::min(time, until);
  }
  implementation_->poll(waits, static_cast<int>(time.count()));
  implementation_->perform();
}

}  // namespace egarage::channels
