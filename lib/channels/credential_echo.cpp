#include "channels/credential_echo.hpp"

#include <sodium.h>

#include <algorithm>
#include <string>

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

bool repeats(std::string_view text, std::string_view secret) {
  const auto length = std::min(secret.size(), telling_length);
  for (std::size_t at = 0; at + length <= secret.size(); ++at) {
    if (text.find(secret.substr(at, length)) != std::string_view::npos) return true;
  }
  return false;
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
