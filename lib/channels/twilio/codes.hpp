#pragma once

#include <chrono>

#include "channels/http/ruling.hpp"

namespace egarage::channels::twilio {

/// What one of Twilio's error codes comes to (twilio.com/docs/api/errors).
struct CodeRuling {
  http::Ruling ruling;
  std::chrono::seconds wait{0};  ///< at least; 0: the caller's own
};

/// Decided by `code`; only a code that is not in the table is judged by the status: below 500 the message is refused,
/// from 500 on nobody knows.
CodeRuling ruling_of_code(int code, int status);

}  // namespace egarage::channels::twilio
