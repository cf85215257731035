#include "channels/http/discretion.hpp"

#include "channels/credential_echo.hpp"
#include "channels/record.hpp"

namespace egarage::channels::http {

Discretion::Discretion(std::string_view user, const core::Secret& password) {
  if (password.empty()) return;
  secrets_.push_back(password);
  if (!user.empty()) secrets_.push_back(basic_credentials(user, password));
}

std::string Discretion::words(std::string_view words) const {
  if (repeats_any(words, secrets_)) return "(the answer repeats the credentials; its words are not kept)";
  return record_text(words);
}

bool Discretion::takes_as_id(std::string_view id) const {
  constexpr std::size_t longest_id = 200;
  return !id.empty() && id.size() <= longest_id && words(id) == id;
}

Reply Discretion::reply(int code, std::string_view words) const {
  return {.phase = Phase::answer, .code = code, .enhanced = {}, .text = this->words(words)};
}

Reply refusal_before_sending(std::string_view words) {
  return {.phase = Phase::request, .code = 0, .enhanced = {}, .text = record_text(words)};
}

}  // namespace egarage::channels::http
