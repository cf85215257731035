#include "channels/email/message_id.hpp"

#include <fmt/format.h>

#include <cstdint>

namespace egarage::channels::email {

std::string clean_message_id(std::string_view id) {
  constexpr std::size_t longest = 250;
  std::string clean;
  for (const char c : id) {
    const bool allowed = c > ' ' && c <= '~' && std::string_view{"()<>[]:;,\\\""}.find(c) == std::string_view::npos;
    if (allowed && clean.size() < longest) clean += c;
  }
  return clean;
}

std::string fingerprint(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return fmt::format("{:016x}", hash);
}

}  // namespace egarage::channels::email
