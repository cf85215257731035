#include "channels/http/header_lines.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "channels/credential_echo.hpp"

namespace egarage::channels::http {

namespace {

/// RFC 9110 §5.1: a name is a token.
bool is_name(std::string_view text) {
  static constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           marks.find(c) != std::string_view::npos;
  });
}

bool is_value(std::string_view text) {
  return std::ranges::none_of(text, [](char c) { return (c >= 0 && c < ' ' && c != '\t') || c == 0x7f; });
}

bool same_name(const std::string& a, const char* b) { return curl_strequal(a.c_str(), b) != 0; }

/// They are the engine's: they say where a request ends and where it goes (RFC 9112 §6), and two of a kind would let
/// servers disagree. `Expect: 100-continue` would cost a round trip.
bool is_reserved(const std::string& name) {
  static constexpr const char* reserved[] = {"Host", "Content-Length", "Transfer-Encoding", "Connection", "Expect"};
  return std::ranges::any_of(reserved, [&](const char* one) { return same_name(name, one); });
}

/// The lines so far. A longer text takes their place, so that no memory with a secret is let go unwiped.
class Lines {
 public:
  bool add(const std::string& name, const std::string& value) {
    if (!is_name(name) || is_reserved(name) || !is_value(value)) return false;
    has_user_agent_ = has_user_agent_ || same_name(name, "User-Agent");
    has_accept_ = has_accept_ || same_name(name, "Accept");
    append(name, value);
    return true;
  }

  core::Secret take() && {
    if (!has_user_agent_) append("User-Agent", "egarage-notify");
    if (!has_accept_) append("Accept", "*/*");
    return std::move(text_);
  }

 private:
  void append(std::string_view name, std::string_view value) {
    std::string longer;
    longer.reserve(text_.reveal().size() + name.size() + value.size() + 4);
    longer.append(text_.reveal()).append(name).append(": ").append(value).append("\r\n");
    text_ = core::Secret{std::move(longer)};
  }

  core::Secret text_;
  bool has_user_agent_ = false;
  bool has_accept_ = false;
};

bool same_secret(const core::Secret& a, const core::Secret& b) { return a.reveal() == b.reveal(); }

}  // namespace

std::optional<core::Secret> header_lines(const Request& request) {
  Lines lines;
  for (const auto& [name, value] : request.headers) {
    if (!lines.add(name, value)) return std::nullopt;
  }
  for (const auto& [name, value] : request.secret_headers) {
    if (!lines.add(name, value.reveal())) return std::nullopt;
  }
  if (!request.bearer.empty()) {
    const core::Secret credentials{"Bearer " + request.bearer.reveal()};
    if (!lines.add("Authorization", credentials.reveal())) return std::nullopt;
  } else if (request.basic_user) {
    // RFC 7617 §2: a user with a colon is another user with another password.
    if (request.basic_user->find(':') != std::string::npos) return std::nullopt;
    const core::Secret credentials{"Basic " + basic_credentials(*request.basic_user, request.basic_password).reveal()};
    lines.add("Authorization", credentials.reveal());
  }
  return std::move(lines).take();
}

bool same_headers(const Request& a, const Request& b) {
  return a.headers == b.headers && same_secret(a.bearer, b.bearer) && a.basic_user == b.basic_user &&
         same_secret(a.basic_password, b.basic_password) &&
         std::ranges::equal(a.secret_headers, b.secret_headers, [](const auto& one, const auto& other) {
           return one.first == other.first && same_secret(one.second, other.second);
         });
}

}  // namespace egarage::channels::http
