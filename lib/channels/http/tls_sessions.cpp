#include "channels/http/tls_sessions.hpp"

#include <new>

namespace egarage::channels::http {

TlsSessions::TlsSessions() : share_(curl_share_init()) {
  if (!share_) throw std::bad_alloc();
  if (curl_share_setopt(share_.get(), CURLSHOPT_SHARE, CURL_LOCK_DATA_SSL_SESSION) != CURLSHE_OK)
    throw std::bad_alloc();
}

}  // namespace egarage::channels::http
