#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "channels/channel.hpp"
#include "core/secret.hpp"

namespace egarage::channels::http {

enum class Method { get, post, put };

/// A request as it goes on the wire, except for what every request carries (Host, Content-Length, User-Agent).
struct Request {
  Method method = Method::post;
  std::string url;                                           ///< absolute; the host must be one the sender may speak to
  std::vector<std::pair<std::string, std::string>> headers;  ///< without secrets
  std::string body;
  core::Secret bearer;                    ///< Authorization: Bearer; empty for none
  std::optional<std::string> basic_user;  ///< Authorization: Basic, with basic_password
  core::Secret basic_password;
  std::vector<std::pair<std::string, core::Secret>> secret_headers;
};

/// A complete answer, at most 1 MiB of body.
struct Answer {
  int status = 0;
  std::string body;
  std::optional<std::chrono::seconds> retry_after;  ///< RFC 9110 §10.2.3, either form; at most 6 hours
};

/// What an answer means for its message, and for the account where it says something about that.
struct Verdict {
  Outcome outcome;
  Standing standing;
};

/// What a look at the provider's list of messages brought.
struct LookupPage {
  std::vector<std::string> ids;     ///< of messages that are the one looked for, oldest last
  std::optional<std::string> next;  ///< absolute URL of the next page; empty when this was the last
};

/// One provider's language: pure functions between messages and HTTP, tested without a network. The account and its
/// opened secrets live inside. Nothing it returns in an Outcome, Standing or Reply holds a secret.
class Provider {
 public:
  virtual ~Provider() = default;

  /// The request for a message; or the outcome, where the message can be judged without asking (too long, no template).
  virtual std::variant<Request, Outcome> request(const Message& message) const = 0;
  /// Reads a complete answer, which is never a redirect. The provider's own codes count, not the HTTP status alone.
  virtual Verdict judge(const Message& message, const Answer& answer) const = 0;

  /// The request that lists earlier messages to the recipient, newest first; empty where the provider has none. (Asked
  /// once with an empty Lookup, to learn whether it has.)
  virtual std::optional<Request> lookup_request(const Lookup&) const { return std::nullopt; }
  /// Empty when the answer is no such list.
  virtual std::optional<LookupPage> read_lookup(const Lookup&, const Answer&) const { return std::nullopt; }

  /// A harmless request that proves login and configuration (`doctor`); and what its answer says of them: a sentence
  /// about what is wrong, empty when all is well.
  struct Check {
    std::string what;  ///< `phone number id and token`
    Request request;
  };
  virtual std::vector<Check> checks() const { return {}; }
  virtual std::string judge_check(const Check&, const Answer&) const { return {}; }
};

}  // namespace egarage::channels::http
