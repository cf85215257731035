// A link with latency on loopback: delay_proxy TARGET_PORT ONE_WAY_MILLISECONDS
//
// Listens on a free port of 127.0.0.1 and prints it. Whatever arrives leaves on the other side one way later, in order
// and at any rate. The connection itself costs what it would on such a link: the server sees it 1.5 round trips after
// the client asked for it.
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <memory>
#include <string>
#include <unordered_map>

namespace {

using Clock = std::chrono::steady_clock;

struct Side {
  int socket = -1;
  std::string outgoing;  // released, but not yet taken by the kernel
  bool end_follows = false;
  bool ended = false;  // nothing more goes out here
};

struct Link {
  std::array<Side, 2> sides;  // 0: the client, 1: the server
};

struct Parcel {
  Clock::time_point release;
  std::shared_ptr<Link> link;
  std::size_t to;
  std::string octets;  // none: the end of the stream
};

struct Connect {
  Clock::time_point when;
  std::shared_ptr<Link> link;
};

[[noreturn]] void fail(const char* what) {
  std::perror(what);
  std::exit(1);
}

sockaddr_in loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  return address;
}

class Proxy {
 public:
  Proxy(int target_port, std::chrono::microseconds one_way)
      : target_port_(target_port),
        one_way_(one_way),
        poll_(epoll_create1(0)),
        listener_(socket(AF_INET, SOCK_STREAM, 0)) {
    auto address = loopback(0);
    if (bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) fail("bind");
    if (listen(listener_, 512) != 0) fail("listen");
    socklen_t size = sizeof address;
    getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    watch(EPOLL_CTL_ADD, listener_, EPOLLIN);
    std::printf("%d\n", ntohs(address.sin_port));
    std::fflush(stdout);
  }

  void run() {
    std::array<epoll_event, 256> events;
    while (true) {
      const auto pause = time_to_next();
      const auto count = epoll_pwait2(poll_, events.data(), events.size(), pause ? &*pause : nullptr, nullptr);
      for (int i = 0; i < count; ++i) serve(events[static_cast<std::size_t>(i)]);
      const auto now = Clock::now();
      for (; !connects_.empty() && connects_.front().when <= now; connects_.pop_front())
        connect_to_server(connects_.front());
      for (; !parcels_.empty() && parcels_.front().release <= now; parcels_.pop_front()) deliver(parcels_.front());
    }
  }

 private:
  void watch(int operation, int socket, std::uint32_t what) {
    epoll_event event{};
    event.events = what;
    event.data.fd = socket;
    if (epoll_ctl(poll_, operation, socket, &event) != 0) fail("epoll_ctl");
  }

  std::unique_ptr<timespec> time_to_next() const {
    if (connects_.empty() && parcels_.empty()) return nullptr;
    auto next = Clock::time_point::max();
    if (!connects_.empty()) next = connects_.front().when;
    if (!parcels_.empty()) next = std::min(next, parcels_.front().release);
    const auto left = std::max(next - Clock::now(), Clock::duration::zero());
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(left);
    return std::make_unique<timespec>(timespec{seconds.count(), (left - seconds).count()});
  }

  void adopt(int socket, const std::shared_ptr<Link>& link, std::size_t side) {
    fcntl(socket, F_SETFL, O_NONBLOCK);
    const int yes = 1;
    setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    link->sides[side].socket = socket;
    links_.emplace(socket, std::pair{link, side});
    watch(EPOLL_CTL_ADD, socket, EPOLLIN);
  }

  void serve(const epoll_event& event) {
    if (event.data.fd == listener_) {
      const int client = accept(listener_, nullptr, nullptr);
      if (client < 0) return;
      auto link = std::make_shared<Link>();
      adopt(client, link, 0);
      connects_.push_back({Clock::now() + 3 * one_way_, std::move(link)});
      return;
    }
    const auto found = links_.find(event.data.fd);
    if (found == links_.end()) return;  // closed a moment ago
    const auto [link, side] = found->second;
    if (event.events & EPOLLOUT) push(link, side);
    if (event.events & (EPOLLIN | EPOLLHUP | EPOLLERR)) take(link, side);
  }

  void take(const std::shared_ptr<Link>& link, std::size_t side) {
    const int socket = link->sides[side].socket;
    if (socket < 0) return;
    static std::array<char, 262144> buffer;
    const auto got = read(socket, buffer.data(), buffer.size());
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (got < 0) return close_link(*link);
    if (got == 0) watch(EPOLL_CTL_MOD, socket, 0);
    parcels_.push_back(
        {Clock::now() + one_way_, link, 1 - side, std::string(buffer.data(), static_cast<std::size_t>(got))});
  }

  void connect_to_server(const Connect& request) {
    if (request.link->sides[0].socket < 0) return;
    const int server = socket(AF_INET, SOCK_STREAM, 0);
    auto address = loopback(target_port_);
    if (connect(server, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
      close(server);
      return close_link(*request.link);
    }
    adopt(server, request.link, 1);
    push(request.link, 1);
  }

  void deliver(Parcel& parcel) {
    auto& side = parcel.link->sides[parcel.to];
    if (parcel.octets.empty()) side.end_follows = true;
    side.outgoing += parcel.octets;
    push(parcel.link, parcel.to);
  }

  void push(const std::shared_ptr<Link>& link, std::size_t number) {
    auto& side = link->sides[number];
    if (side.socket < 0) return;
    while (!side.outgoing.empty()) {
      const auto sent = send(side.socket, side.outgoing.data(), side.outgoing.size(), MSG_NOSIGNAL);
      if (sent < 0 && errno == EAGAIN) return watch(EPOLL_CTL_MOD, side.socket, EPOLLIN | EPOLLOUT);
      if (sent < 0) return close_link(*link);
      side.outgoing.erase(0, static_cast<std::size_t>(sent));
      if (side.outgoing.empty()) watch(EPOLL_CTL_MOD, side.socket, EPOLLIN);
    }
    if (!side.end_follows || side.ended) return;
    shutdown(side.socket, SHUT_WR);
    side.ended = true;
    if (link->sides[1 - number].ended) close_link(*link);
  }

  void close_link(Link& link) {
    for (auto& side : link.sides) {
      if (side.socket < 0) continue;
      links_.erase(side.socket);
      close(side.socket);
      side.socket = -1;
    }
  }

  int target_port_;
  std::chrono::microseconds one_way_;
  int poll_, listener_;
  std::unordered_map<int, std::pair<std::shared_ptr<Link>, std::size_t>> links_;
  std::deque<Parcel> parcels_;  // the delay is the same for all: first in, first out
  std::deque<Connect> connects_;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fprintf(stderr, "usage: delay_proxy TARGET_PORT ONE_WAY_MILLISECONDS\n");
    return 2;
  }
  const auto one_way = std::chrono::duration<double, std::milli>(std::atof(argv[2]));
  Proxy(std::atoi(argv[1]), std::chrono::duration_cast<std::chrono::microseconds>(one_way)).run();
}
