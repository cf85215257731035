#include "channels/http/connection_pool.hpp"

#include <new>

namespace egarage::channels::http {

ConnectionPool::ConnectionPool() : share_(curl_share_init()) {
  if (!share_) throw std::bad_alloc();
  for (const auto shared : {CURL_LOCK_DATA_CONNECT, CURL_LOCK_DATA_SSL_SESSION}) {
    if (curl_share_setopt(share_.get(), CURLSHOPT_SHARE, shared) != CURLSHE_OK) throw std::bad_alloc();
  }
}

}  // namespace egarage::channels::http
