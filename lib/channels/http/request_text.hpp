#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "channels/http/provider.hpp"
#include "channels/http/target.hpp"

namespace egarage::channels::http {

/// Requests as octets (RFC 9112 §3), one after the other in the same memory, which is wiped when it goes: what is the
/// same as in the request before is not written again.
class RequestText {
 public:
  RequestText() = default;
  ~RequestText();
  RequestText(const RequestText&) = delete;
  RequestText& operator=(const RequestText&) = delete;

  /// The parts of a request that `write_head` writes and that seldom change. Whether its header lines may be sent; if
  /// not, nothing is there to send.
  bool write_head(const Request& request, const Target& target);
  /// The rest, behind the head: how long the body is, and the body.
  void write_body(const Request& request);

  std::string_view octets() const { return text_; }

 private:
  void wipe();

  std::string text_;
  std::size_t head_ = 0;  ///< octets of text_ that belong to the head
};

}  // namespace egarage::channels::http
