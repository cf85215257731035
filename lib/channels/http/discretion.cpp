#include "channels/http/discretion.hpp"

#include <sodium.h>

#include "channels/credential_echo.hpp"
#include "core/utf8.hpp"

namespace egarage::channels::http {

namespace {

constexpr std::size_t longest_text = 500;

std::string one_short_line(std::string_view words) {
  return std::string(core::cut_utf8(core::one_line(core::valid_utf8(words)), longest_text));
}

core::Secret basic_credentials(std::string_view user, const core::Secret& password) {
  const core::Secret pair{std::string(user) + ":" + password.reveal()};
  const auto& octets = pair.reveal();
  std::string text(sodium_base64_encoded_len(octets.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(octets.data()), octets.size(),
                    sodium_base64_VARIANT_ORIGINAL);
  text.pop_back();  // its terminating NUL
  return core::Secret{std::move(text)};
}

}  // namespace

Discretion::Discretion(std::string_view user, const core::Secret& password) {
  if (password.empty()) return;
  secrets_.push_back(password);
  if (!user.empty()) secrets_.push_back(basic_credentials(user, password));
}

std::string Discretion::words(std::string_view words) const {
  if (email::repeats_any(words, secrets_)) return "(the answer repeats the credentials; its words are not kept)";
  return one_short_line(words);
}

Reply Discretion::reply(int code, std::string_view words) const {
  return {.phase = Phase::answer, .code = code, .enhanced = {}, .text = this->words(words)};
}

Reply refusal_before_sending(std::string_view words) {
  return {.phase = Phase::request, .code = 0, .enhanced = {}, .text = one_short_line(words)};
}

}  // namespace egarage::channels::http
