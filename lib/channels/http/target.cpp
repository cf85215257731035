#include "channels/http/target.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <memory>
#include <new>
#include <optional>

namespace egarage::channels::http {

namespace {

/// From the scheme to the path: what browsers, proxies and libraries are known to read differently.
std::string_view authority_of(std::string_view url) {
  const auto begin = url.find("://");
  if (begin == std::string_view::npos) return {};
  const auto authority = url.substr(begin + 3);
  return authority.substr(0, authority.find_first_of("/?#"));
}

std::string_view without_port(std::string_view authority) {
  const auto from = authority.starts_with('[') ? authority.find(']') : 0;
  if (from == std::string_view::npos) return {};
  return authority.substr(0, authority.find(':', from));
}

std::string_view without_brackets(std::string_view host) {
  return host.starts_with('[') && host.ends_with(']') ? host.substr(1, host.size() - 2) : host;
}

std::optional<std::string> part(CURLU* url, CURLUPart what, unsigned flags = 0) {
  char* text = nullptr;
  if (curl_url_get(url, what, &text, flags) != CURLUE_OK) return std::nullopt;
  const std::unique_ptr<char, decltype(&curl_free)> owner(text, &curl_free);
  return text;
}

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

bool is_loopback(std::string_view host) {
  if (host == "localhost" || host == "[::1]") return true;
  return host.starts_with("127.") && host.find_first_not_of("0123456789.") == std::string_view::npos;
}

}  // namespace

std::variant<Target, std::string> check_target(const std::string& url, const Reach& reach) {
  const auto is_printable = [](char c) { return c > ' ' && c < 0x7f && c != '\\'; };
  if (!std::ranges::all_of(url, is_printable)) return "the URL holds a character that no URL may hold";
  const auto authority = authority_of(url);
  if (authority.find('@') != std::string_view::npos) return "the URL holds a user name";

  const std::unique_ptr<CURLU, decltype(&curl_url_cleanup)> parsed(curl_url(), &curl_url_cleanup);
  if (!parsed) throw std::bad_alloc();
  if (curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), CURLU_DISALLOW_USER) != CURLUE_OK) {
    return "the URL is not a URL of http or https";
  }
  auto scheme = part(parsed.get(), CURLUPART_SCHEME);
  auto host = part(parsed.get(), CURLUPART_HOST);
  auto port = part(parsed.get(), CURLUPART_PORT, CURLU_DEFAULT_PORT);
  if (!scheme || !host || host->empty() || !port) return "the URL names no host";
  *scheme = lower(*scheme);
  *host = lower(*host);
  if (*scheme != "https" && *scheme != "http") return "the URL is neither http nor https";

  const bool listed = std::ranges::any_of(
      reach.hosts, [&](const std::string& name) { return without_brackets(lower(name)) == without_brackets(*host); });
  // libcurl reads 0x7f.1 and 2130706433 as 127.0.0.1, and %61 as a: only the plain spelling is taken.
  if (!listed || lower(without_port(authority)) != *host) {
    return "\"" + *host + "\" is not a host that this account may speak to";
  }
  const bool loopback = is_loopback(*host);
  if (*scheme == "http" && !loopback) return "http without TLS is for this machine only, not for \"" + *host + "\"";
  auto resource = part(parsed.get(), CURLUPART_PATH).value_or("/");
  if (const auto query = part(parsed.get(), CURLUPART_QUERY)) resource += "?" + *query;
  return Target{std::move(*scheme), std::move(*host), std::move(*port), std::move(resource), loopback};
}

bool same_server(const Target& a, const Target& b) {
  return a.scheme == b.scheme && a.host == b.host && a.port == b.port;
}

}  // namespace egarage::channels::http
