#include "channels/http/header_list.hpp"

#include <sodium.h>

#include <algorithm>
#include <cstring>
#include <new>

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

/// They are libcurl's: they say where a request ends and where it goes (RFC 9112 §6), and two of a kind would let
/// servers disagree.
bool is_reserved(const std::string& name) {
  static constexpr const char* reserved[] = {"Host", "Content-Length", "Transfer-Encoding", "Connection", "Expect"};
  return std::ranges::any_of(reserved, [&](const char* one) { return curl_strequal(name.c_str(), one) != 0; });
}

bool same_secret(const core::Secret& a, const core::Secret& b) { return a.reveal() == b.reveal(); }

}  // namespace

void HeaderList::Wipe::operator()(curl_slist* lines) const {
  for (auto* line = lines; line != nullptr; line = line->next) sodium_memzero(line->data, std::strlen(line->data));
  curl_slist_free_all(lines);
}

void HeaderList::add(const std::string& line) {
  curl_slist* longer = curl_slist_append(lines_.get(), line.c_str());
  if (longer == nullptr) throw std::bad_alloc();
  lines_.release();  // it is the head of the longer list
  lines_.reset(longer);
}

std::optional<HeaderList> HeaderList::make(const Request& request) {
  HeaderList list;
  // `Expect: 100-continue` would cost a round trip, and libcurl repeats a request that is answered 417.
  list.add("Expect:");
  bool has_content_type = false;
  const auto take = [&](const std::string& name, const std::string& value) {
    if (!is_name(name) || is_reserved(name) || !is_value(value)) return false;
    has_content_type = has_content_type || curl_strequal(name.c_str(), "Content-Type") != 0;
    // libcurl sends an empty header only when it ends in a semicolon.
    const core::Secret line{value.empty() ? name + ";" : name + ": " + value};
    list.add(line.reveal());
    return true;
  };
  for (const auto& [name, value] : request.headers) {
    if (!take(name, value)) return std::nullopt;
  }
  for (const auto& [name, value] : request.secret_headers) {
    if (!take(name, value.reveal())) return std::nullopt;
  }
  if (!request.bearer.empty()) {
    if (!take("Authorization", core::Secret{"Bearer " + request.bearer.reveal()}.reveal())) return std::nullopt;
  } else if (request.basic_user) {
    // RFC 7617 §2: a user with a colon is another user with another password.
    if (request.basic_user->find(':') != std::string::npos) return std::nullopt;
    const auto credentials = basic_credentials(*request.basic_user, request.basic_password);
    take("Authorization", core::Secret{"Basic " + credentials.reveal()}.reveal());
  }
  // libcurl would call every body a form.
  if (!has_content_type) list.add("Content-Type:");
  return list;
}

bool same_headers(const Request& a, const Request& b) {
  return a.headers == b.headers && same_secret(a.bearer, b.bearer) && a.basic_user == b.basic_user &&
         same_secret(a.basic_password, b.basic_password) &&
         std::ranges::equal(a.secret_headers, b.secret_headers, [](const auto& one, const auto& other) {
           return one.first == other.first && same_secret(one.second, other.second);
         });
}

}  // namespace egarage::channels::http
