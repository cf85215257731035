#include "channels/email/list_unsubscribe.hpp"

#include <fmt/format.h>

#include <iterator>

#include "channels/email/header_encoding.hpp"
#include "core/ascii.hpp"

namespace egarage::channels::email {

namespace {

/// Appends the text with every octet that is not a letter, a digit or one of `others` percent-encoded (RFC 3986 §2.1).
void append_uri_text(std::string& out, std::string_view text, std::string_view others) {
  for (const char c : text) {
    if (core::is_letter_or_digit(c) || others.find(c) != std::string_view::npos) {
      out += c;
    } else {
      fmt::format_to(std::back_inserter(out), "%{:02X}", static_cast<unsigned char>(c));
    }
  }
}

}  // namespace

void append_list_unsubscribe(std::string& out, const core::EmailAccount& account) {
  constexpr std::size_t longest = 900;  // a URI cannot be folded, and a line has at most 998 octets
  const std::string_view wish = account.unsubscribe;
  const bool by_web = wish.starts_with("https://");
  std::string uri{'<'};
  if (by_web || wish.starts_with("mailto:")) append_uri_text(uri, wish, "-._~:/?#[]@!$&'()*+,;=%");
  const bool usable = uri.size() > 1 && uri.size() <= longest;
  if (!usable) {
    uri = "<mailto:";
    // RFC 6068 §2: of an address, what has a meaning of its own in a mailto URI is encoded.
    append_uri_text(uri, (account.reply_to ? *account.reply_to : account.from).address.str(), "-._~@!$'*+");
    uri += "?subject=BAJA";
  }
  uri += '>';
  append_field(out, "List-Unsubscribe", uri);
  if (usable && by_web) append_field(out, "List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
}

}  // namespace egarage::channels::email
