#pragma once

#include <optional>
#include <string>
#include <variant>

#include "channels/http/call.hpp"

namespace egarage::channels::http {

/// The search for one earlier message through the pages of a provider's list.
class MessageSearch {
 public:
  /// A list is not followed further: a message that was sent a moment ago stands near its beginning.
  static constexpr int most_pages = 20;

  explicit MessageSearch(Lookup lookup) : lookup_(std::move(lookup)) {}

  const Lookup& lookup() const { return lookup_; }
  /// Takes a page. The request of the next one, or the result.
  std::variant<Request, LookupResult> read(const Provider& provider, const Call& call, const Answer& answer,
                                           const Reach& reach);
  LookupResult unanswered(Reply why) const;

 private:
  LookupResult conclude(int status) const;

  Lookup lookup_;
  std::vector<std::string> ids_;  ///< oldest last
  int pages_ = 0;
};

}  // namespace egarage::channels::http
