#include "channels/http/form.hpp"

#include "core/ascii.hpp"

namespace egarage::channels::http {

std::string percent_encode(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string encoded;
  encoded.reserve(text.size() + text.size() / 2);
  for (const char c : text) {
    if (core::is_letter_or_digit(c) || c == '-' || c == '.' || c == '_' || c == '~') {
      encoded += c;
    } else {
      const auto octet = static_cast<unsigned char>(c);
      encoded += '%';
      encoded += digits[octet >> 4];
      encoded += digits[octet & 0xF];
    }
  }
  return encoded;
}

std::string encode_form(const Form& form) {
  std::string body;
  for (const auto& [name, value] : form) {
    if (!body.empty()) body += '&';
    body += percent_encode(name);
    body += '=';
    body += percent_encode(value);
  }
  return body;
}

}  // namespace egarage::channels::http
