#include "channels/address_scope.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>

namespace egarage::channels {

namespace {

using Octets = std::span<const unsigned char>;
using enum AddressScope;

struct Block4 {
  std::uint32_t first;
  int bits;
  AddressScope scope;
};
constexpr Block4 blocks4[] = {
    {0x00000000, 8, inside},    // this network, RFC 791 §3.2; Linux connects 0.0.0.0 to itself
    {0x0a000000, 8, inside},    // RFC 1918
    {0x64400000, 10, inside},   // shared with the carrier, RFC 6598
    {0x7f000000, 8, loopback},  // RFC 1122 §3.2.1.3
    {0xa9fe0000, 16, inside},   // link-local, RFC 3927; where clouds keep their metadata
    {0xac100000, 12, inside},   // RFC 1918
    {0xc0000000, 24, inside},   // IETF protocol assignments, RFC 6890
    {0xc0000200, 24, nowhere},  // documentation, RFC 5737
    {0xc0586300, 24, nowhere},  // 6to4 relays, RFC 7526
    {0xc0a80000, 16, inside},   // RFC 1918
    {0xc6120000, 15, inside},   // benchmarks, RFC 2544
    {0xc6336400, 24, nowhere},  // documentation
    {0xcb007100, 24, nowhere},  // documentation
    {0xe0000000, 4, nowhere},   // multicast, RFC 5771
    {0xf0000000, 4, nowhere},   // reserved, RFC 1112 §4; broadcast
};

AddressScope scope_of_ipv4(Octets octets) {
  std::uint32_t address = 0;
  for (const auto octet : octets.first(4)) address = address << 8 | octet;
  for (const auto& block : blocks4) {
    if ((address ^ block.first) >> (32 - block.bits) == 0) return block.scope;
  }
  return everywhere;
}

template <std::size_t size>
bool begins(Octets octets, const std::array<unsigned char, size>& prefix) {
  return std::equal(prefix.begin(), prefix.end(), octets.begin());
}

AddressScope scope_of_ipv6(Octets octets) {
  using Prefix2 = std::array<unsigned char, 2>;
  static constexpr std::array<unsigned char, 15> zeros{};
  static constexpr std::array<unsigned char, 12> mapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  static constexpr std::array<unsigned char, 12> nat64{0x00, 0x64, 0xff, 0x9b};
  static constexpr std::array<unsigned char, 6> local_nat64{0x00, 0x64, 0xff, 0x9b, 0, 1};
  if (begins(octets, zeros) && octets[15] <= 1) return octets[15] == 1 ? loopback : inside;
  if (begins(octets, mapped) || begins(octets, nat64)) return scope_of_ipv4(octets.subspan(12));  // RFC 4291, RFC 6052
  if (begins(octets, Prefix2{0x20, 0x02})) return scope_of_ipv4(octets.subspan(2));               // 6to4, RFC 3056
  if ((octets[0] & 0xfe) == 0xfc) return inside;                             // unique local, RFC 4193
  if (octets[0] == 0xfe && (octets[1] & 0x80) == 0x80) return inside;        // link-local, site-local
  if (begins(octets, local_nat64)) return inside;                            // RFC 8215
  if ((octets[0] & 0xe0) != 0x20) return nowhere;                            // outside 2000::/3: not given out
  if (begins(octets, Prefix2{0x20, 0x01}) && octets[2] < 2) return nowhere;  // Teredo and others, RFC 2928
  if (begins(octets, std::array<unsigned char, 4>{0x20, 0x01, 0x0d, 0xb8})) return nowhere;  // documentation
  return everywhere;
}

}  // namespace

AddressScope scope_of(const curl_sockaddr& address) {
  // Both families keep the port before the address, wherever sockaddr_in and sockaddr_in6 exist; curl.h declares
  // neither. (IPv6 has the flow label between the two.)
  const auto* octets = reinterpret_cast<const unsigned char*>(&address.addr);
  if (address.family == AF_INET && address.addrlen >= 8) return scope_of_ipv4({octets + 4, 4});
  if (address.family == AF_INET6 && address.addrlen >= 24) return scope_of_ipv6({octets + 8, 16});
  return nowhere;
}

}  // namespace egarage::channels
