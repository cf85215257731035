#include "channels/http/secret_echo.hpp"

#include <algorithm>

#include "channels/credential_echo.hpp"

namespace egarage::channels::http {

namespace {

bool repeats_secret(const std::string& text, const Request& request) {
  if (text.empty()) return false;
  std::vector<core::Secret> secrets;
  const auto add = [&](const core::Secret& secret) {
    if (!secret.empty()) secrets.push_back(secret);
  };
  add(request.bearer);
  add(request.basic_password);
  if (!request.basic_password.empty()) {
    secrets.push_back(basic_credentials(request.basic_user.value_or(""), request.basic_password));
  }
  for (const auto& [name, value] : request.secret_headers) add(value);
  return repeats_any(text, secrets);
}

}  // namespace

void forget_secrets(Reply& reply, const Request& request) {
  if (repeats_secret(reply.text, request)) reply.text = "(the reply repeats a secret and is not recorded)";
  if (repeats_secret(reply.enhanced, request)) reply.enhanced.clear();
}

void forget_secrets(Verdict& verdict, const Request& request) {
  std::visit([&](auto& outcome) { forget_secrets(outcome.reply, request); }, verdict.outcome);
  if (verdict.standing.reply) forget_secrets(*verdict.standing.reply, request);
}

}  // namespace egarage::channels::http
