#pragma once

#include <curl/curl.h>

#include <memory>

namespace egarage::channels::http {

/// The kept connections and TLS sessions of one account. Without it libcurl would keep them for the whole run, and one
/// company's requests would travel on another's connection. All connections close with it; its calls must go first.
class ConnectionPool {
 public:
  ConnectionPool();
  CURLSH* handle() const { return share_.get(); }

 private:
  struct Close {
    void operator()(CURLSH* share) const { curl_share_cleanup(share); }
  };
  std::unique_ptr<CURLSH, Close> share_;
};

}  // namespace egarage::channels::http
