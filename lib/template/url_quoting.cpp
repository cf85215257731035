#include "template/url_quoting.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "core/idn.hpp"
#include "core/utf8.hpp"
#include "template/normalization.hpp"
#include "template/unicode.hpp"

namespace egarage::tmpl {

namespace {

constexpr auto npos = std::string_view::npos;

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::optional<unsigned> hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return std::nullopt;
}

/// What octets that came out of percent codes say; U+FFFD for what is no UTF-8.
void append_valid(std::string& out, std::string_view octets) {
  while (!octets.empty()) {
    const std::size_t plain = std::min(octets.find_first_not_of('\0'), octets.size());
    out.append(plain, '\0');
    octets.remove_prefix(plain);
    const auto text = octets.substr(0, octets.find('\0'));
    out += core::valid_utf8(text);
    octets.remove_prefix(text.size());
  }
}

/// Percent codes become characters. Each run of ASCII is read for itself, as Python does.
std::string without_percent_codes(std::string_view text) {
  if (text.find('%') == npos) return std::string(text);
  std::string result, octets;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (static_cast<unsigned char>(text[i]) >= 0x80) {
      append_valid(result, std::exchange(octets, {}));
      result += text[i];
      continue;
    }
    const auto high = text[i] == '%' && i + 2 < text.size() ? hex_digit(text[i + 1]) : std::nullopt;
    const auto low = high ? hex_digit(text[i + 2]) : std::nullopt;
    if (low) {
      octets += static_cast<char>(*high << 4U | *low);
      i += 2;
    } else {
      octets += text[i];
    }
  }
  append_valid(result, octets);
  return result;
}

std::string with_percent_codes(std::string_view text, std::string_view kept) {
  constexpr std::string_view hex = "0123456789ABCDEF";
  std::string result;
  result.reserve(text.size());
  for (const char c : text) {
    const bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                       std::string_view("_.-~").find(c) != npos || kept.find(c) != npos;
    if (plain) {
      result += c;
    } else {
      result += '%';
      result += hex[static_cast<unsigned char>(c) >> 4U];
      result += hex[static_cast<unsigned char>(c) & 0xFU];
    }
  }
  return result;
}

std::string requoted(std::string_view part) {
  return with_percent_codes(without_percent_codes(part), ":/?#[]@!$&'()*+,;=");  // RFC 3986 §2.2
}

std::string requoted_word(std::string_view word) {
  std::string plain(word);
  std::ranges::replace(plain, '+', ' ');
  std::string quoted = with_percent_codes(without_percent_codes(without_percent_codes(plain)), " ");
  std::ranges::replace(quoted, ' ', '+');
  return quoted;
}

/// Names and values of `a=1&b` are quoted one by one, so that what separates them stays what it is.
std::string requoted_query(std::string_view query) {
  std::string result;
  for (std::size_t begin = 0; begin <= query.size();) {
    const std::size_t end = std::min(query.find('&', begin), query.size());
    const auto pair = query.substr(begin, end - begin);
    begin = end + 1;
    if (pair.empty()) continue;
    const std::size_t equals = std::min(pair.find('='), pair.size());
    if (!result.empty()) result += '&';
    result +=
        requoted_word(pair.substr(0, equals)) + '=' + requoted_word(pair.substr(std::min(equals + 1, pair.size())));
  }
  return result;
}

constexpr std::size_t longest_label = 63;  // RFC 1035 §2.3.4

std::optional<std::string> ascii_label(std::string_view label) {
  if (is_ascii(label))
    return label.empty() || label.size() > longest_label ? std::nullopt : std::optional(std::string(label));
  // RFC 3491 writes ß as ss.
  std::string letters;
  const std::string composed = compose(label);
  for (std::size_t i = 0; i < composed.size(); ++i) {
    constexpr std::string_view sharp_s = "ß";
    const bool is_sharp_s = composed.compare(i, sharp_s.size(), sharp_s) == 0;
    letters += is_sharp_s ? std::string("ss") : std::string(1, composed[i]);
    if (is_sharp_s) ++i;
  }
  auto ascii = core::to_ascii_label(letters);
  return ascii && ascii->size() <= longest_label ? ascii : std::nullopt;
}

/// The offset behind the entity that begins at `begin`, and its character; npos when there is none.
std::pair<std::size_t, std::string> read_entity(std::string_view text, std::size_t begin) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 6> names{
      {{"amp", "&"}, {"lt", "<"}, {"gt", ">"}, {"quot", "\""}, {"apos", "'"}, {"nbsp", "\u00A0"}}};
  constexpr std::size_t longest = 32;
  const std::size_t end = text.substr(0, begin + longest).find(';', begin);
  if (end == npos) return {npos, {}};
  std::string_view name = text.substr(begin + 1, end - begin - 1);
  for (const auto& [known, sign] : names) {
    if (known == name) return {end + 1, std::string(sign)};
  }
  if (!name.starts_with('#')) return {npos, {}};
  const bool is_hex = name.starts_with("#x") || name.starts_with("#X");
  name.remove_prefix(is_hex ? 2 : 1);
  unsigned code = 0;
  const auto [stop, error] = std::from_chars(name.data(), name.data() + name.size(), code, is_hex ? 16 : 10);
  if (name.empty() || error != std::errc{} || stop != name.data() + name.size()) return {npos, {}};
  std::string sign;
  const bool is_character = code > 0 && code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF);
  append_code_point(sign, is_character ? code : 0xFFFD);
  return {end + 1, std::move(sign)};
}

}  // namespace

std::string without_entities(std::string_view html) {
  std::string result;
  result.reserve(html.size());
  for (std::size_t i = 0; i < html.size();) {
    auto [end, sign] = html[i] == '&' ? read_entity(html, i) : std::pair(npos, std::string());
    if (end == npos) {
      result += html[i++];
    } else {
      result += sign;
      i = end;
    }
  }
  return result;
}

std::optional<std::string> ascii_host(std::string_view host) {
  const bool only_ascii = is_ascii(host);
  std::string result;
  for (std::size_t begin = 0; begin <= host.size();) {
    const std::size_t end = std::min(host.find('.', begin), host.size());
    const auto label = host.substr(begin, end - begin);
    const bool is_root = label.empty() && end == host.size() && (begin > 0 || only_ascii);
    if (!is_root) {
      const auto ascii = ascii_label(label);
      if (!ascii) return std::nullopt;
      result += *ascii;
    }
    if (end < host.size()) result += '.';
    begin = end + 1;
  }
  return result;
}

std::string quoted_url(std::string_view url) {
  const std::size_t colon = url.find(':');
  std::string_view rest = url.substr(colon + 3);
  const auto take_from = [&rest](std::string_view signs) {
    const std::size_t at = std::min(rest.find_first_of(signs), rest.size());
    return std::exchange(rest, rest.substr(0, at)).substr(at);
  };
  const auto fragment = take_from("#");
  const auto query = take_from("?");
  const auto path = take_from("/");
  const bool brackets_match = (rest.find('[') == npos) == (rest.find(']') == npos);
  const auto host = brackets_match ? ascii_host(rest) : std::nullopt;
  if (!host) return requoted(url);
  std::string result = lower_text(url.substr(0, colon)) + "://" + *host + requoted(path);
  if (query.size() > 1) {
    const std::string words = requoted_query(query.substr(1));
    if (!words.empty()) result += '?' + words;
  }
  if (fragment.size() > 1) result += requoted(fragment);
  return result;
}

}  // namespace egarage::tmpl
