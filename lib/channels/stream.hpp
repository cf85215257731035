#pragma once

#include <curl/curl.h>

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace egarage::channels {

/// A libcurl handle that only connects and secures (CURLOPT_CONNECT_ONLY); from then on a stream of octets that never
/// blocks. Holds what is the same for every protocol: no proxy, no .netrc, a connection of its own, TLS 1.2 or newer
/// with the certificate and its name verified. Whoever owns it puts it into the network, and takes it out, which closes
/// the connection at once.
class Stream {
 public:
  Stream();

  template <typename Value>
  void set(CURLoption option, Value value) {
    check(curl_easy_setopt(easy_.get(), option, value));
  }
  /// The PEM file of the authorities to trust, instead of the system's. Empty: the system's.
  void trust_only(const std::string& ca_file);

  CURL* handle() const { return easy_.get(); }
  /// Why libcurl's work ended so, in its own words.
  std::string_view words(CURLcode result) const;

  /// To wait for; CURL_SOCKET_BAD before the connection stands.
  std::intptr_t socket() const;
  enum class Status {
    done,
    would_block,
    closed,  ///< the other side has said that nothing more will come
    broken,
    absent,  ///< there is no connection (any more): not an octet has been touched
  };
  struct Transferred {
    Status status;
    std::size_t octets;
  };
  Transferred receive(std::span<char> buffer);
  /// Under TLS octets may have left although it would block: the next call must begin with the same ones.
  Transferred send(std::string_view octets);

 private:
  struct Close {
    void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
  };
  static void check(CURLcode result);

  std::unique_ptr<CURL, Close> easy_;
  std::unique_ptr<char[]> error_;  ///< libcurl holds its address
};

}  // namespace egarage::channels
