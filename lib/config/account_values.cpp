#include "config/account_values.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "core/ascii.hpp"

namespace egarage::config {
namespace {

struct Url {
  std::string_view scheme, host, rest;
};

bool is_host(std::string_view host) {
  if (host.starts_with('[')) {
    return host.size() > 3 && host.ends_with(']') &&
           host.substr(1, host.size() - 2).find_first_not_of("0123456789abcdefABCDEF:.") == host.npos;
  }
  return !host.empty() && host.size() <= 253 && std::ranges::all_of(host, [](char c) {
    return core::is_letter_or_digit(c) || c == '.' || c == '-' || c == '_';
  });
}

bool is_port(std::string_view port) {
  return !port.empty() && port.size() <= 5 && port.find_first_not_of("0123456789") == port.npos;
}

/// RFC 3986, the part of it that requests need: no user before the host, no fragment, no blanks.
std::optional<Url> split_url(std::string_view text) {
  const auto colon = text.find("://");
  if (colon == text.npos || text.find_first_of(" \"<>\\^`{|}#") != text.npos) return std::nullopt;
  if (!std::ranges::all_of(text, [](unsigned char c) { return c > 0x20 && c < 0x7F; })) return std::nullopt;
  Url url{text.substr(0, colon), {}, {}};
  text.remove_prefix(colon + 3);
  const auto end = std::min(text.find_first_of("/?"), text.size());
  url.rest = text.substr(end);
  auto authority = text.substr(0, end);
  const auto port = authority.rfind(':');
  if (port != authority.npos && authority.find(']', port) == authority.npos) {
    if (!is_port(authority.substr(port + 1))) return std::nullopt;
    authority = authority.substr(0, port);
  }
  url.host = authority;
  if (!is_host(url.host)) return std::nullopt;
  return url;
}

Url checked_url(const Value& value, const std::string& text) {
  const auto url = split_url(text);
  if (!url || (url->scheme != "https" && url->scheme != "http")) {
    value.refuse("is not a URL", "Write it as \"https://host.example/path\".");
  }
  if (url->scheme == "http" && !is_loopback(url->host)) {
    value.refuse("sends messages readable by anyone on the way", "Write \"https://…\".");
  }
  return *url;
}

}  // namespace

bool is_loopback(std::string_view host) {
  return host == "localhost" || host == "::1" || host == "[::1]" ||
         (host.starts_with("127.") && host.find_first_not_of("0123456789.") == host.npos);
}

std::string read_transport(const Value& value, std::span<const std::string_view> transports) {
  auto text = value.text();
  if (std::ranges::find(transports, text) == transports.end()) {
    value.refuse(fmt::format("cannot be \"{}\"", text), fmt::format("Choose one of: {}.", fmt::join(transports, ", ")));
  }
  return text;
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

std::string read_url(const Value& value) {
  auto text = value.required_text();
  checked_url(value, text);
  return text;
}

std::string read_origin(const Value& value) {
  auto text = value.required_text();
  if (!checked_url(value, text).rest.empty()) {
    value.refuse("has something behind the host", "Write the beginning alone: \"https://host.example\".");
  }
  return text;
}

std::string read_callback(const Value& value) {
  auto text = value.required_text();
  const auto url = split_url(text);
  if (!url || url->scheme != "https") {
    value.refuse("is not an https URL", "Write it as \"https://host.example/path\".");
  }
  if (url->host.find('_') != url->host.npos) {
    value.refuse("has a host with \"_\" in it, which providers do not call", "Give the host a name without \"_\".");
  }
  return text;
}

std::string read_twilio_sid(const Value& value, std::string_view capitals) {
  auto text = value.required_text();
  const auto digits = std::string_view(text).substr(std::min(capitals.size(), text.size()));
  if (!text.starts_with(capitals) || digits.size() != 32 ||
      digits.find_first_not_of("0123456789abcdefABCDEF") != digits.npos) {
    value.refuse(fmt::format("does not begin with {} and 32 hexadecimal digits", capitals),
                 "Copy it from Twilio's console.");
  }
  return text;
}

}  // namespace egarage::config
