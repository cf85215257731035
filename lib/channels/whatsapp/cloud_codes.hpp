#pragma once

#include <chrono>
#include <string>

#include "channels/http/ruling.hpp"

namespace egarage::channels::whatsapp {

/// An error of the Graph API (developers.facebook.com, "Error codes"), as far as it decides something.
struct GraphError {
  int code = 0, subcode = 0;
  bool is_transient = false;
  std::string words;  ///< message and details
};

struct GraphRuling {
  http::Ruling ruling;
  std::chrono::seconds wait{0};  ///< at least; 0: the caller's own
};

/// What the error comes to. Meta asks to decide by code, because subcodes and HTTP statuses are not kept stable
/// (developers.facebook.com, "Error codes"); the status only decides for a code that is not in the table: below 500 the
/// message is refused, or deferred where the error calls itself transient; from 500 on nobody knows.
GraphRuling ruling_of_error(const GraphError& error, int status);

}  // namespace egarage::channels::whatsapp
