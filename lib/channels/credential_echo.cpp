#include "channels/credential_echo.hpp"

#include <sodium.h>

#include <algorithm>
#include <string>
#include <utility>

namespace egarage::channels {

namespace {

constexpr std::size_t telling_length = 8;

core::Secret base64(std::string_view octets) {
  std::string text(sodium_base64_encoded_len(octets.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(octets.data()), octets.size(),
                    sodium_base64_VARIANT_ORIGINAL);
  text.pop_back();  // its terminating NUL
  return core::Secret{std::move(text)};
}

/// Whether the two have that many characters in a row in common. The shorter one's pieces are looked for: replies that
/// are a word, and tokens of hundreds of characters, meet once a message.
bool have_in_common(std::string_view one, std::string_view other, std::size_t length) {
  const auto [shorter, longer] = one.size() < other.size() ? std::pair(one, other) : std::pair(other, one);
  for (std::size_t at = 0; at + length <= shorter.size(); ++at) {
    if (longer.find(shorter.substr(at, length)) != std::string_view::npos) return true;
  }
  return false;
}

bool repeats(std::string_view text, std::string_view secret) {
  return have_in_common(text, secret, std::min(secret.size(), telling_length));
}

}  // namespace

std::vector<core::Secret> forms_on_the_wire(std::string_view user, const core::Secret& password) {
  if (password.empty()) return {};
  const std::string nul(1, '\0'), name(user);
  const core::Secret plain{nul + name + nul + password.reveal()};
  const core::Secret token{"user=" + name + "\x01" + "auth=Bearer " + password.reveal() + "\x01\x01"};
  return {password, base64(password.reveal()), base64(plain.reveal()), base64(token.reveal())};
}

core::Secret basic_credentials(std::string_view user, const core::Secret& password) {
  return base64(core::Secret{std::string(user) + ":" + password.reveal()}.reveal());
}

bool repeats_any(std::string_view text, const std::vector<core::Secret>& secrets) {
  return std::ranges::any_of(secrets, [&](const auto& secret) { return repeats(text, secret.reveal()); });
}

}  // namespace egarage::channels
