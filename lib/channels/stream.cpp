#include "channels/stream.hpp"

#include <new>
#include <stdexcept>

namespace egarage::channels {

Stream::Stream() : easy_(curl_easy_init()), error_(std::make_unique<char[]>(CURL_ERROR_SIZE)) {
  if (!easy_) throw std::bad_alloc();
  set(CURLOPT_CONNECT_ONLY, 1L);
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_PROXY, "");
  set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  set(CURLOPT_FRESH_CONNECT, 1L);
  set(CURLOPT_TCP_NODELAY, 1L);
  set(CURLOPT_ERRORBUFFER, error_.get());
  set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  set(CURLOPT_SSL_VERIFYPEER, 1L);
  set(CURLOPT_SSL_VERIFYHOST, 2L);
}

void Stream::check(CURLcode result) {
  if (result == CURLE_OUT_OF_MEMORY) throw std::bad_alloc();
  if (result != CURLE_OK) {
    throw std::logic_error(std::string("libcurl refuses an option: ") + curl_easy_strerror(result));
  }
}

void Stream::trust_only(const std::string& ca_file) {
  if (ca_file.empty()) return;
  set(CURLOPT_CAINFO, ca_file.c_str());
  set(CURLOPT_CAPATH, static_cast<const char*>(nullptr));
}

std::string_view Stream::words(CURLcode result) const {
  return error_[0] != '\0' ? error_.get() : curl_easy_strerror(result);
}

std::intptr_t Stream::socket() const {
  curl_socket_t active = CURL_SOCKET_BAD;
  curl_easy_getinfo(easy_.get(), CURLINFO_ACTIVESOCKET, &active);
  return static_cast<std::intptr_t>(active);
}

Stream::Transferred Stream::receive(std::span<char> buffer) {
  std::size_t octets = 0;
  switch (curl_easy_recv(easy_.get(), buffer.data(), buffer.size(), &octets)) {
    case CURLE_OK:
      return {octets == 0 ? Status::closed : Status::done, octets};
    case CURLE_AGAIN:
      return {Status::would_block, 0};
    case CURLE_UNSUPPORTED_PROTOCOL:
      return {Status::absent, 0};
    default:
      return {Status::broken, 0};
  }
}

Stream::Transferred Stream::send(std::string_view octets) {
  std::size_t taken = 0;
  switch (curl_easy_send(easy_.get(), octets.data(), octets.size(), &taken)) {
    case CURLE_OK:
      return {Status::done, taken};
    case CURLE_AGAIN:
      return {Status::would_block, 0};
    case CURLE_UNSUPPORTED_PROTOCOL:
      return {Status::absent, 0};
    default:
      return {Status::broken, taken};
  }
}

}  // namespace egarage::channels
