#pragma once

#include <curl/curl.h>

#include <memory>
#include <optional>

#include "channels/http/provider.hpp"

namespace egarage::channels::http {

/// The header lines of a request in libcurl's form, wiped when they go.
class HeaderList {
 public:
  HeaderList() = default;
  /// Empty when a name or value cannot be part of a header (RFC 9110 §5.5: a line break would begin another one), or is
  /// one that frames the request.
  static std::optional<HeaderList> make(const Request& request);

  curl_slist* get() const { return lines_.get(); }

 private:
  struct Wipe {
    void operator()(curl_slist* lines) const;
  };
  void add(const std::string& line);

  std::unique_ptr<curl_slist, Wipe> lines_;
};

/// Whether both requests have the same header lines.
bool same_headers(const Request& a, const Request& b);

}  // namespace egarage::channels::http
