#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "config/peer.hpp"
#include "config/section.hpp"
#include "config/sections.hpp"
#include "core/ascii.hpp"
#include "core/places.hpp"

namespace egarage::config {
namespace {

using core::HttpGateway;

constexpr std::array<std::string_view, 3> methods{"POST", "PUT", "GET"};

/// The text, when every place in it is one of `known`.
std::string with_places(const Value& value, std::span<const std::string_view> known) {
  auto text = value.required_text();
  core::fill_places(text, [&](std::string_view place) -> std::optional<std::string> {
    if (std::ranges::find(known, place) != known.end()) return std::nullopt;
    const auto nearest = core::nearest_name(place, known);
    value.refuse(fmt::format("has a place that cannot be filled: {{{{{}}}}}", place),
                 nearest ? fmt::format("Did you mean {{{{{}}}}}?", *nearest)
                         : fmt::format("Places here: {}.", fmt::join(known, ", ")));
  });
  return text;
}

std::string lower_case(std::string_view text) {
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return lower;
}

/// RFC 9110 §5.1. What the request says of itself is not the operator's to say.
void check_header_name(const Value& value, std::string_view name) {
  const bool token = !name.empty() && std::ranges::all_of(name, [](char c) {
    return core::is_atom_character(c) && std::string_view{"/=?{}"}.find(c) == std::string_view::npos;
  });
  constexpr std::array<std::string_view, 7> ours{"host",       "content-type", "content-length", "transfer-encoding",
                                                 "connection", "user-agent",   "expect"};
  if (!token) value.refuse("is not the name of a header", "Use letters, digits and hyphens, such as X-Api-Key.");
  if (std::ranges::find(ours, lower_case(name)) != ours.end()) {
    value.refuse("is a header that the program writes itself", "Remove it; encoding decides the Content-Type.");
  }
}

void read_headers(const Value& section, std::vector<std::pair<std::string, std::string>>& headers) {
  for (const auto& [name, value] : section.members()) {
    check_header_name(value, name);
    auto text = with_places(value, core::gateway_header_places);
    if (lower_case(name) == "authorization" && text.find("{{password}}") == text.npos) {
      value.refuse("holds credentials in clear", "Write \"Bearer {{password}}\" and give the account a password.");
    }
    headers.emplace_back(name, std::move(text));
  }
}

std::string header_name(const Value& value) {
  auto text = value.required_text();
  check_header_name(value, text);
  return text;
}

/// RFC 6901.
std::string pointer(const Value& value) {
  auto text = value.required_text();
  bool right = text.front() == '/';
  for (auto at = text.find('~'); at != text.npos; at = text.find('~', at + 1)) {
    right = right && at + 1 < text.size() && (text[at + 1] == '0' || text[at + 1] == '1');
  }
  if (!right) value.refuse("is no JSON pointer", "Write the way to the value: \"/messages/0/id\" (RFC 6901).");
  return text;
}

void read_codes(const Value& section, std::map<std::string, core::GatewayClass>& codes) {
  for (const auto& [name, value] : section.members()) {
    if (name.empty()) value.refuse("is a meaning without a code", "Put the provider's code before the \"=\".");
    codes[name] = choice(value, core::gateway_class_names);
  }
}

constexpr Key<HttpGateway> keys[] = {
    {"method", [](const Value& v, HttpGateway& g) { g.method = one_of(v, methods); }},
    {"url", [](const Value& v, HttpGateway& g) { g.url = read_request_url(v); }},
    {"headers", [](const Value& v, HttpGateway& g) { read_headers(v, g.headers); }},
    {"encoding", [](const Value& v, HttpGateway& g) { g.encoding = choice(v, core::gateway_encoding_names); }},
    {"body", [](const Value& v, HttpGateway& g) { g.body = with_places(v, core::gateway_places); }},
    {"first_status", [](const Value& v, HttpGateway& g) { g.first_status = static_cast<int>(v.integer(200, 599)); }},
    {"last_status", [](const Value& v, HttpGateway& g) { g.last_status = static_cast<int>(v.integer(200, 599)); }},
    {"success_pointer", [](const Value& v, HttpGateway& g) { g.success_pointer = pointer(v); }},
    {"success_equals", [](const Value& v, HttpGateway& g) { g.success_equals = v.required_text(); }},
    {"id_pointer", [](const Value& v, HttpGateway& g) { g.id_pointer = pointer(v); }},
    {"code_pointer", [](const Value& v, HttpGateway& g) { g.code_pointer = pointer(v); }},
    {"codes", [](const Value& v, HttpGateway& g) { read_codes(v, g.codes); }},
    {"idempotency_header", [](const Value& v, HttpGateway& g) { g.idempotency_header = header_name(v); }},
    {"plus", [](const Value& v, HttpGateway& g) { g.plus = v.flag(); }},
    {"longest", [](const Value& v, HttpGateway& g) { g.longest = static_cast<std::size_t>(v.integer(1, 10'000)); }},
};

void check_body(const HttpGateway& gateway, const Value& section) {
  const auto body = section.member_or_self("body");
  if (gateway.body.empty()) {
    section.refuse("has no body", "Add body = '…' with the places {{to}} and {{text}}.");
  }
  std::vector<std::string> found;
  core::fill_places(gateway.body, [&](std::string_view place) -> std::optional<std::string> {
    found.emplace_back(place);
    return std::nullopt;
  });
  for (const std::string_view needed : {"to", "text"}) {
    if (std::ranges::find(found, needed) == found.end()) {
      body.refuse(fmt::format("has no {{{{{}}}}}", needed), "Without it the gateway does not know what goes to whom.");
    }
  }
  const bool json = gateway.encoding == core::GatewayEncoding::json;
  if (json && !nlohmann::json::parse(gateway.body, nullptr, false).is_structured()) {
    body.refuse("is not JSON", "Places stand within double quotes: '{\"to\":\"{{to}}\"}'; or set encoding = \"form\".");
  }
  if (gateway.method != "GET") return;
  if (json) body.refuse("becomes the query of a GET", "Set encoding = \"form\", or method = \"POST\".");
  if (std::ranges::find(found, "password") != found.end()) {
    body.refuse("would put the password into a URL, which servers log", "Use method = \"POST\", or a header.");
  }
}

}  // namespace

core::HttpGateway read_gateway(const Value& section) {
  HttpGateway gateway;
  read_section(section, keys, gateway);
  if (gateway.url.empty()) section.refuse("has no url", "Add url = \"https://…\": where messages are posted to.");
  check_body(gateway, section);
  if (gateway.id_pointer.empty()) {
    section.refuse(
        "has no id_pointer",
        "Add id_pointer = \"/…\": where the answer names the message; without it nothing proves that it was taken.");
  }
  if (gateway.success_pointer.empty() != gateway.success_equals.empty()) {
    section.refuse("needs both success_pointer and success_equals, or neither",
                   "Say where the answer tells of success, and what stands there then.");
  }
  if (gateway.codes.empty() != gateway.code_pointer.empty()) {
    section.refuse("needs both code_pointer and codes, or neither",
                   "Say where the answer gives its error code, and what each one means.");
  }
  if (gateway.first_status > gateway.last_status) {
    section.member_or_self("first_status")
        .refuse("is above last_status", "A success is a status from the first to the last.");
  }
  return gateway;
}

}  // namespace egarage::config
