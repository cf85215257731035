#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "channels/outcome.hpp"
#include "core/secret.hpp"

namespace egarage::channels::http {

/// Keeps the words of answers for the records of attempts, unless they repeat a secret: some servers echo the request.
class Discretion {
 public:
  /// The password as it is and as Basic authentication encodes it (RFC 7617 §2).
  Discretion(std::string_view user, const core::Secret& password);

  /// One clean line of at most 500 octets.
  Reply reply(int code, std::string_view words) const;
  /// The same line alone, for the sentences of checks.
  std::string words(std::string_view words) const;
  /// Whether a provider's id of a message may be kept: one clean line of 1 to 200 octets that repeats no secret.
  bool takes_as_id(std::string_view id) const;

 private:
  std::vector<core::Secret> secrets_;
};

/// For what was decided without asking the provider.
Reply refusal_before_sending(std::string_view words);

}  // namespace egarage::channels::http
