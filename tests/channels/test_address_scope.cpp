#include "channels/address_scope.hpp"

#include <netdb.h>

#include <array>
#include <cstring>

#include "support/catch.hpp"

using namespace egarage;
using namespace egarage::channels;

namespace {

/// As the resolver gives it for a numeric address.
AddressScope scope(const char* text) {
  addrinfo hints{};
  hints.ai_flags = AI_NUMERICHOST;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  REQUIRE(getaddrinfo(text, "443", &hints, &found) == 0);
  std::array<char, 128> memory{};
  auto& address = *reinterpret_cast<curl_sockaddr*>(memory.data());
  address.family = found->ai_family;
  address.addrlen = found->ai_addrlen;
  std::memcpy(&address.addr, found->ai_addr, found->ai_addrlen);
  freeaddrinfo(found);
  return scope_of(address);
}

}  // namespace

TEST_CASE("an address is known for where it leads") {
  using enum AddressScope;
  struct Row {
    AddressScope scope;
    std::vector<const char*> addresses;
  };
  const Row rows[] = {
      {everywhere,
       {"8.8.8.8", "1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "172.15.255.255",
        "172.32.0.0", "192.167.255.255", "192.169.0.0", "169.253.0.1", "198.17.255.255", "223.255.255.255",
        "2606:4700::1", "2a03:2880::1", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "2002:808:808::1"}},
      {loopback, {"127.0.0.1", "127.255.255.254", "::1", "::ffff:127.0.0.1"}},
      {inside,
       {"0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "100.64.0.1",
        "100.127.255.255",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.1",
        "192.168.255.255",
        "198.18.0.1",
        "198.19.255.255",
        "::",
        "fc00::1",
        "fd12:3456::1",
        "fe80::1",
        "febf::1",
        "fec0::1",
        "::ffff:10.0.0.1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::1",
        "2002:a00:1::"}},
      {nowhere,
       {"224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.51.100.7", "203.0.113.9",
        "192.88.99.1", "ff02::1", "::2", "::127.0.0.1", "2001::1", "2001:db8::1", "100::1", "4000::1"}},
  };
  for (const auto& row : rows) {
    for (const auto* address : row.addresses) {
      CAPTURE(address);
      CHECK(scope(address) == row.scope);
    }
  }
}

TEST_CASE("what is no internet address leads nowhere") {
  curl_sockaddr address{};
  address.family = AF_UNIX;
  address.addrlen = sizeof address.addr;
  CHECK(scope_of(address) == AddressScope::nowhere);
}
