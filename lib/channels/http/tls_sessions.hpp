#pragma once

#include <curl/curl.h>

#include <memory>

namespace egarage::channels::http {

/// The TLS sessions of one account, so that its further connections resume the first one's. Its connections must go
/// before it.
class TlsSessions {
 public:
  TlsSessions();
  CURLSH* handle() const { return share_.get(); }

 private:
  struct Close {
    void operator()(CURLSH* share) const { curl_share_cleanup(share); }
  };
  std::unique_ptr<CURLSH, Close> share_;
};

}  // namespace egarage::channels::http
