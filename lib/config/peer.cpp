#include "config/peer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "core/ascii.hpp"

namespace egarage::config {

namespace {

constexpr std::string_view digits = "0123456789";

/// The parts of an absolute http or https URL without user and fragment.
struct Url {
  bool secure;
  std::string_view host, port, rest;  ///< IPv6 without its brackets; `rest` begins with `/` or `?`
};

bool is_host_character(char c) { return core::is_letter_or_digit(c) || c == '.' || c == '-' || c == '_'; }

std::optional<Url> parse_url(std::string_view text) {
  constexpr std::string_view plain = "http://", secure = "https://";
  Url url{};
  url.secure = text.starts_with(secure);
  if (!url.secure && !text.starts_with(plain)) return std::nullopt;
  if (text.find_first_of(" <>\"\\^`{|}#@") != std::string_view::npos) return std::nullopt;
  text.remove_prefix(url.secure ? secure.size() : plain.size());
  const auto end = std::min(text.find_first_of("/?"), text.size());
  auto authority = text.substr(0, end);
  url.rest = text.substr(end);
  if (authority.starts_with('[')) {
    const auto bracket = authority.find(']');
    if (bracket == std::string_view::npos) return std::nullopt;
    url.host = authority.substr(1, bracket - 1);
    authority.remove_prefix(bracket + 1);
    if (url.host.find_first_not_of("0123456789abcdefABCDEF:.") != std::string_view::npos) return std::nullopt;
  } else {
    url.host = authority.substr(0, authority.find(':'));
    authority.remove_prefix(url.host.size());
    if (!std::ranges::all_of(url.host, is_host_character)) return std::nullopt;
  }
  if (url.host.empty() || url.host.size() > 253) return std::nullopt;
  if (authority.empty()) return url;
  url.port = authority.substr(1);
  const bool is_port = authority.starts_with(':') && !url.port.empty() && url.port.size() <= 5 &&
                       url.port.find_first_not_of(digits) == std::string_view::npos;
  if (!is_port) return std::nullopt;
  return url;
}

void check_secure(const Value& value, const Url& url) {
  if (url.secure || is_loopback(url.host)) return;
  value.refuse("is not https, so that the password could be read on the way",
               "Write \"https://…\"; http:// is for this machine only.");
}

}  // namespace

bool is_loopback(std::string_view host) {
  const bool is_ipv4 = host.find_first_not_of("0123456789.") == std::string_view::npos;  // not 127.example.com
  return host == "localhost" || host == "::1" || (is_ipv4 && host.starts_with("127."));
}

std::string read_ca_file(const Value& value) {
  const auto path = value.path();
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(path, ignored)) {
    value.refuse(fmt::format("names a file that is not there: {}", path.string()),
                 "Give the path of a PEM file, or remove the line to trust the system's authorities.");
  }
  return path.string();
}

std::string read_api_origin(const Value& value) {
  auto text = value.required_text();
  const auto url = parse_url(text);
  if (!url || (!url->rest.empty() && url->rest != "/")) {
    value.refuse("is not the address of an API", "Write scheme and host alone, such as \"https://api.example.com\".");
  }
  check_secure(value, *url);
  if (text.ends_with('/')) text.pop_back();
  return text;
}

std::string read_request_url(const Value& value) {
  auto text = value.required_text();
  const auto url = parse_url(text);
  if (!url) value.refuse("is not a URL", "Write the whole address, such as \"https://sms.example.com/v1/send\".");
  check_secure(value, *url);
  return text;
}

std::string read_status_callback(const Value& value) {
  auto text = value.required_text();
  const auto url = parse_url(text);
  if (!url || !url->secure) {
    value.refuse("is not an https link", "Write the whole address, such as \"https://example.com/twilio\".");
  }
  if (url->host.find('_') != std::string_view::npos) {
    value.refuse("has a \"_\" in its host, which Twilio refuses", "Give the host a name without underscores.");
  }
  return text;
}

std::string read_twilio_sid(const Value& value, std::string_view prefix) {
  constexpr std::size_t length = 32;
  auto text = value.required_text();
  const bool shaped = text.starts_with(prefix) && text.size() == prefix.size() + length &&
                      text.find_first_not_of("0123456789abcdefABCDEF", prefix.size()) == std::string::npos;
  if (!shaped) {
    value.refuse(fmt::format("cannot be \"{}\"", text),
                 fmt::format("Copy it from Twilio's console: {} and {} hexadecimal digits.", prefix, length));
  }
  return text;
}

std::string read_e164_number(const Value& value) {
  auto text = value.required_text();
  const bool shaped = text.size() >= 8 && text.size() <= 16 && text[0] == '+' && text[1] != '0' &&
                      text.find_first_not_of(digits, 1) == std::string::npos;
  if (!shaped) {
    value.refuse(fmt::format("is not a number with + and country code: \"{}\"", text),
                 "Write it without blanks, such as \"+56912345678\".");
  }
  return text;
}

}  // namespace egarage::config
