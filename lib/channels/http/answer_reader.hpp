#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "channels/http/provider.hpp"

namespace egarage::channels::http {

/// Reads the answer to one request after the other out of a stream of octets (RFC 9112). Interim answers (1xx) are
/// passed over.
class AnswerReader {
 public:
  AnswerReader();
  ~AnswerReader();
  AnswerReader(AnswerReader&&) noexcept;

  enum class Progress {
    incomplete,
    complete,
    not_http,
    header_too_long,  ///< more than 64 KiB
    body_too_long,    ///< more than 1 MiB, or so many octets around it that no such answer can be meant
  };

  /// The next octets belong to the answer to such a request (an answer to HEAD has no body).
  void begin(Method method);
  /// Until it is no longer incomplete.
  Progress take(std::string_view octets);
  /// No more octets will come, which is how some answers end.
  Progress end();
  /// Whether any octet of the answer, interim ones not counted, has been seen.
  bool has_begun() const;

  // Once complete.
  int status() const;
  std::optional<std::string> header(std::string_view name) const;
  std::string take_body();
  /// Whether the connection may carry another request: the server means to go on, and nothing followed the answer.
  bool keeps_connection() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace egarage::channels::http
