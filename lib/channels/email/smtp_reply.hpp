#pragma once

#include <string>
#include <string_view>

#include "channels/outcome.hpp"

namespace egarage::channels::email {

/// A server's reply (RFC 5321 §4.2), possibly of several lines.
struct SmtpReply {
  int code = 0;               ///< 200 to 599
  std::string_view enhanced;  ///< RFC 3463 status at the head of the text, e.g. `5.1.1`; empty without one
  std::string_view text;      ///< the lines without code and status, a space between them; cut at a few hundred octets

  bool positive() const { return code / 100 == 2; }
  bool intermediate() const { return code / 100 == 3; }
  bool negative() const { return code >= 400; }
};

/// Puts replies together from octets as they arrive, in whatever pieces. Uses bounded memory whatever it is fed.
class SmtpReplyParser {
 public:
  static constexpr std::size_t longest_line = 8192;
  static constexpr std::size_t most_lines = 100;
  static constexpr std::size_t longest_reply = 300'000;

  enum class Result {
    incomplete,  ///< everything was taken, the reply goes on
    complete,    ///< reply() is there; what follows it was left in `octets`
    malformed,   ///< not SMTP, or beyond the limits; nothing more can be made of this connection
  };
  /// Takes octets from the front of `octets` until one reply is complete.
  Result parse(std::string_view& octets);
  /// The reply just completed; its views are good until the next parse().
  const SmtpReply& reply() const { return reply_; }

 private:
  Result take_line(std::string_view line);
  void keep(std::string_view text);

  std::string partial_;  ///< the beginning of a line whose end has not arrived
  std::string status_, text_;
  SmtpReply reply_;
  std::size_t lines_ = 0, octets_ = 0;
};

/// The status at the head of a reply's text, `^[245]\.\d{1,3}\.\d{1,3}` followed by a blank or the end; empty if none.
std::string_view leading_status(std::string_view text);

/// For the attempt's record.
Reply record(Phase phase, const SmtpReply& reply);

/// The server's own name for the message, from replies such as `Ok: queued as 4BxY7` and `OK id=1hQ`; empty if it gives
/// none.
std::string provider_id(std::string_view text);

}  // namespace egarage::channels::email
