#include "core/email_address.hpp"

#include <algorithm>

#include "core/ascii.hpp"
#include "core/idn.hpp"

namespace egarage::core {

namespace {

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}
bool has_empty_piece(std::string_view dotted) {
  return dotted.empty() || dotted.front() == '.' || dotted.back() == '.' || dotted.find("..") != std::string_view::npos;
}

std::string_view trim(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  const auto first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

/// An address in its normal form, or the reason why it is none.
struct Reading {
  std::string address;
  std::string_view refusal;
};

std::string_view refuse_local_part(std::string_view local) {
  if (local.empty()) return "has nothing before the \"@\"";
  if (!is_ascii(local)) return "has a non-ASCII local part";
  if (local.size() > 64) return "has a local part of more than 64 characters";
  if (local.front() == '"') return "has a quoted local part";
  if (!std::all_of(local.begin(), local.end(), [](char c) { return c == '.' || is_atom_character(c); })) {
    return "has a character before the \"@\" that no address has";
  }
  if (has_empty_piece(local)) return "has a misplaced dot before the \"@\"";
  return {};
}

std::string_view refuse_label(std::string_view label) {
  if (label.size() > 63) return "has a domain with a part of more than 63 characters";
  if (!std::all_of(label.begin(), label.end(), [](char c) { return c == '-' || is_letter_or_digit(c); })) {
    return "has a character after the \"@\" that no domain has";
  }
  if (label.front() == '-' || label.back() == '-') return "has a misplaced hyphen in its domain";
  return {};
}

/// Appends the domain in lower-case ASCII to the reading's address, or sets the refusal.
void read_domain(std::string_view domain, Reading& reading) {
  if (domain.empty()) return void(reading.refusal = "has nothing after the \"@\"");
  if (domain.front() == '[') return void(reading.refusal = "has an address literal instead of a domain");
  if (has_empty_piece(domain)) return void(reading.refusal = "has a misplaced dot in its domain");
  if (domain.find('.') == std::string_view::npos) return void(reading.refusal = "has a domain without a dot");
  std::string label;
  for (std::size_t start = 0, dot = 0; dot != std::string_view::npos; start = dot + 1) {
    dot = domain.find('.', start);
    auto ascii = to_ascii_label(domain.substr(start, dot - start));
    if (!ascii) return void(reading.refusal = "has a domain with letters that only its \"xn--\" form can carry");
    label = std::move(*ascii);
    reading.refusal = refuse_label(label);
    if (!reading.refusal.empty()) return;
    if (start > 0) reading.address += '.';
    reading.address += label;
  }
  if (std::all_of(label.begin(), label.end(), [](char c) { return c >= '0' && c <= '9'; })) {
    reading.refusal = "has a number where the top-level domain belongs";
  }
}

Reading read(std::string_view text) {
  Reading reading;
  text = trim(text);
  if (text.empty()) {
    reading.refusal = "is empty";
    return reading;
  }
  if (text.size() > 1000) {  // no need to read a megabyte to say no
    reading.refusal = "has more than 254 characters";
    return reading;
  }
  const auto at = text.find('@');
  if (at == std::string_view::npos) {
    reading.refusal = "has no \"@\"";
    return reading;
  }
  if (text.find('@', at + 1) != std::string_view::npos) {
    reading.refusal = "has more than one \"@\"";
    return reading;
  }
  reading.refusal = refuse_local_part(text.substr(0, at));
  if (!reading.refusal.empty()) return reading;
  reading.address.reserve(text.size());
  reading.address.append(text.substr(0, at + 1));
  read_domain(text.substr(at + 1), reading);
  // RFC 5321 §4.5.3.1.3: a path has at most 256 octets, of which the angle brackets take two.
  if (reading.refusal.empty() && reading.address.size() > 254) reading.refusal = "has more than 254 characters";
  return reading;
}

/// The text of a quoted-string's inside; empty when a quote stands in it unescaped.
std::optional<std::string> unquote(std::string_view inside) {
  std::string text;
  for (std::size_t at = 0; at < inside.size(); ++at) {
    if (inside[at] == '"') return std::nullopt;
    if (inside[at] == '\\' && ++at == inside.size()) return std::nullopt;
    text += inside[at];
  }
  return text;
}

}  // namespace

std::optional<EmailAddress> EmailAddress::parse(std::string_view text) {
  auto reading = read(text);
  if (!reading.refusal.empty()) return std::nullopt;
  return EmailAddress{std::move(reading.address)};
}

std::string EmailAddress::explain_refusal(std::string_view text) { return std::string(read(text).refusal); }

std::string_view EmailAddress::local_part() const { return std::string_view{text_}.substr(0, text_.find('@')); }
std::string_view EmailAddress::domain() const { return std::string_view{text_}.substr(text_.find('@') + 1); }

std::optional<Mailbox> parse_mailbox(std::string_view text) {
  text = trim(text);
  std::string name;
  if (!text.empty() && text.back() == '>') {
    const auto open = text.rfind('<');
    if (open == std::string_view::npos) return std::nullopt;
    const auto words = trim(text.substr(0, open));
    if (words.size() >= 2 && words.front() == '"' && words.back() == '"') {
      auto unquoted = unquote(words.substr(1, words.size() - 2));
      if (!unquoted) return std::nullopt;
      name = std::move(*unquoted);
    } else if (words.find_first_of("<>\"") == std::string_view::npos) {
      name = words;
    } else {
      return std::nullopt;
    }
    text = text.substr(open + 1, text.size() - open - 2);
  }
  auto address = EmailAddress::parse(text);
  if (!address) return std::nullopt;
  return Mailbox{std::move(name), std::move(*address)};
}

std::string mask_address(std::string_view address) {
  const auto parsed = EmailAddress::parse(address);
  if (!parsed) return "…";
  return std::string(parsed->local_part().substr(0, 1)) + "…@" + std::string(parsed->domain());
}

}  // namespace egarage::core
