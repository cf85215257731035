#include "channels/tls_failure.hpp"

#include <algorithm>
#include <array>

namespace egarage::channels {

bool is_tls_disagreement(CURLcode result, std::string_view error) {
  static constexpr std::array<std::string_view, 5> lost_connection{"SSL_ERROR_SYSCALL", "unexpected eof",
                                                                   "reset by peer", "Connection reset", "timed out"};
  switch (result) {
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_INVALIDCERTSTATUS:
    case CURLE_SSL_CIPHER:
      return true;
    case CURLE_SSL_CONNECT_ERROR:
      return std::ranges::none_of(lost_connection,
                                  [&](auto words) { return error.find(words) != std::string_view::npos; });
    default:
      return false;
  }
}

}  // namespace egarage::channels
