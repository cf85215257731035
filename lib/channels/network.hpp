#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <memory>
#include <vector>

namespace egarage::channels {

using SteadyTime = std::chrono::steady_clock::time_point;

/// What all senders of a run wait for together.
struct WaitList {
  struct Socket {
    std::intptr_t handle;
    bool readable, writable;
  };
  std::vector<Socket> sockets;
  SteadyTime wake_at = SteadyTime::max();  ///< the earliest deadline

  void wake_by(SteadyTime time) { wake_at = std::min(wake_at, time); }
};

/// The one place where a run waits. Wraps a libcurl multi handle, whose poll works on every system.
class Network {
 public:
  Network();
  ~Network();
  Network(const Network&) = delete;
  Network& operator=(const Network&) = delete;

  /// Sleeps until a socket of the list is ready, libcurl has something to do, wake_at has come or `at_most` has passed;
  /// then lets libcurl do it.
  void wait(const WaitList& waits, std::chrono::milliseconds at_most);

  /// Ends the wait under way, or the next one at once. The only method that another thread may call.
  void wake();

  struct Implementation;
  Implementation& implementation() { return *implementation_; }

 private:
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace egarage::channels
