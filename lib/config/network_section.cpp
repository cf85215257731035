#include <fmt/format.h>

#include <algorithm>

#include "config/section.hpp"
#include "config/sections.hpp"
#include "core/ascii.hpp"

namespace egarage::config {
namespace {

std::string host_name(const Value& value) {
  auto text = value.required_text();
  std::ranges::transform(text, text.begin(), core::lower);
  const bool clean = text.size() <= 253 && std::ranges::all_of(text, [](char c) {
                       return core::is_letter_or_digit(c) || c == '.' || c == '-';
                     });
  if (!clean) {
    value.refuse(fmt::format("is not a host name: \"{}\"", text),
                 "Write the name alone, such as \"sms.example.com\": no https://, no port, no path.");
  }
  return text;
}

constexpr Key<NetworkSettings> keys[] = {
    {"allowed_hosts",
     [](const Value& v, NetworkSettings& s) {
       for (const auto& item : v.list()) s.allowed_hosts.push_back(host_name(item));
     }},
    {"private_addresses", [](const Value& v, NetworkSettings& s) { s.private_addresses = v.flag(); }},
};

}  // namespace

NetworkSettings read_network(const Value& section) {
  NetworkSettings settings;
  read_section(section, keys, settings);
  return settings;
}

}  // namespace egarage::config
