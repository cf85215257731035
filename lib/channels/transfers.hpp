#pragma once

#include <curl/curl.h>

#include <cstdint>
#include <vector>

#include "channels/network.hpp"

namespace egarage::channels {

/// What hears how a libcurl transfer ended. It must outlive the transfer or take it out of the network first.
class Transfer {
 public:
  virtual ~Transfer() = default;
  virtual void finished(CURLcode result) = 0;
};

/// The part of the network that only channels speaking libcurl see.
struct Network::Implementation {
  Implementation();
  ~Implementation();
  Implementation(const Implementation&) = delete;
  Implementation& operator=(const Implementation&) = delete;

  /// Lets libcurl work on the handle; `transfer.finished()` is called from within Network::wait. The handle stays in
  /// the multi handle afterwards (CURLOPT_CONNECT_ONLY needs that) until it is taken out.
  void add(CURL* easy, Transfer& transfer);
  void take_out(CURL* easy);
  /// Whether the last wait found something to read or write at this socket. A socket that was not waited for is not
  /// ready; the next wait will tell.
  bool is_ready(std::intptr_t socket) const;

  void poll(const WaitList& waits, int milliseconds);
  void perform();

  CURLM* multi;
  int running = 0;  ///< transfers that libcurl has not finished yet
  std::vector<curl_waitfd> polled;
  std::vector<std::intptr_t> ready;  ///< sorted
};

}  // namespace egarage::channels
