// What the machine and the server allow: blast URL CONNECTIONS MESSAGES MESSAGE_FILE [CA_FILE]
//
// One message, ready as octets (the final dot included), sent again and again over poll(2), with the next message's
// commands behind the final dot. No store, no rendering, no retries. libcurl opens the connection as it does for the
// product, so that TLS costs the same.
#include <curl/curl.h>
#include <poll.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace {

const std::string envelope = "MAIL FROM:<contacto@taller-sur.example>\r\nRCPT TO:<cliente@example.cl>\r\nDATA\r\n";

class Connection {
 public:
  Connection(const char* url, const char* ca_file) : handle_(curl_easy_init()) {
    curl_easy_setopt(handle_, CURLOPT_URL, url);
    curl_easy_setopt(handle_, CURLOPT_CONNECT_ONLY, 1L);
    if (ca_file != nullptr) curl_easy_setopt(handle_, CURLOPT_CAINFO, ca_file);
    if (const auto code = curl_easy_perform(handle_); code != CURLE_OK)
      throw std::runtime_error(curl_easy_strerror(code));
    curl_easy_getinfo(handle_, CURLINFO_ACTIVESOCKET, &socket_);
  }
  Connection(Connection&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)), socket_(other.socket_) {}
  Connection& operator=(Connection&&) = delete;
  ~Connection() { curl_easy_cleanup(handle_); }

  curl_socket_t socket() const { return socket_; }
  bool wants_to_write() const { return sent_ < outgoing_->size(); }

  void begin(const std::string& octets, int replies) {
    outgoing_ = &octets;
    sent_ = 0;
    expected_ = replies;
    write();
  }

  void write() {
    while (wants_to_write()) {
      std::size_t sent = 0;
      const auto code = curl_easy_send(handle_, outgoing_->data() + sent_, outgoing_->size() - sent_, &sent);
      if (code == CURLE_AGAIN) return;
      if (code != CURLE_OK) throw std::runtime_error(curl_easy_strerror(code));
      sent_ += sent;
    }
  }

  /// True when the last of the expected replies is here.
  bool read() {
    char buffer[4096];
    while (true) {
      std::size_t got = 0;
      const auto code = curl_easy_recv(handle_, buffer, sizeof buffer, &got);
      if (code == CURLE_AGAIN) return expected_ == 0;
      if (code != CURLE_OK || got == 0) throw std::runtime_error("the server has closed the connection");
      for (std::size_t i = 0; i < got; ++i) note(buffer[i]);
    }
  }

 private:
  void note(char octet) {
    if (at_line_start_ && octet != '2' && octet != '3') throw std::runtime_error("the server refuses");
    at_line_start_ = octet == '\n';
    if (at_line_start_) --expected_;
  }

  CURL* handle_;
  curl_socket_t socket_ = -1;
  const std::string* outgoing_ = &envelope;
  std::size_t sent_ = envelope.size();
  int expected_ = 0;
  bool at_line_start_ = true;
};

void blast(std::vector<Connection>& connections, std::size_t messages, const std::string& message) {
  const auto message_and_next = message + envelope;
  std::size_t to_begin = messages, to_accept = messages;
  std::vector<bool> has_message(connections.size());
  for (std::size_t i = 0; i < connections.size() && to_begin > 0; ++i, --to_begin) {
    has_message[i] = true;
    connections[i].begin(envelope, 3);
  }
  std::vector<bool> in_data(connections.size());
  std::vector<pollfd> waits(connections.size());
  while (to_accept > 0) {
    for (std::size_t i = 0; i < connections.size(); ++i) {
      const auto out = connections[i].wants_to_write() ? POLLOUT : 0;
      waits[i] = {connections[i].socket(), static_cast<short>(POLLIN | out), 0};
    }
    poll(waits.data(), waits.size(), -1);
    for (std::size_t i = 0; i < connections.size(); ++i) {
      auto& connection = connections[i];
      if (waits[i].revents & POLLOUT) connection.write();
      if (!(waits[i].revents & (POLLIN | POLLHUP | POLLERR)) || !connection.read()) continue;
      if (in_data[i]) --to_accept;
      in_data[i] = has_message[i];
      if (!has_message[i]) continue;
      has_message[i] = to_begin > 0;
      if (has_message[i]) --to_begin;
      connection.begin(has_message[i] ? message_and_next : message, has_message[i] ? 4 : 1);
    }
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 5 && argc != 6) {
    std::fprintf(stderr, "usage: blast URL CONNECTIONS MESSAGES MESSAGE_FILE [CA_FILE]\n");
    return 2;
  }
  try {
    std::ifstream file(argv[4], std::ios::binary);
    const std::string message{std::istreambuf_iterator<char>(file), {}};
    std::vector<Connection> connections;
    for (int i = 0; i < std::atoi(argv[2]); ++i) connections.emplace_back(argv[1], argc == 6 ? argv[5] : nullptr);
    blast(connections, static_cast<std::size_t>(std::atol(argv[3])), message);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "error: %s\n", error.what());
    return 1;
  }
}
