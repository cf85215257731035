#include "channels/email/header_encoding.hpp"

#include <algorithm>
#include <array>

#include "core/ascii.hpp"
#include "core/utf8.hpp"

namespace egarage::channels::email {

namespace {

constexpr std::size_t longest_text = 900, longest_name = 200;
constexpr std::size_t line_width = 78;          // RFC 5322 §2.1.1
constexpr std::size_t encoded_line_width = 76;  // RFC 2047 §2: of a line that holds an encoded word

/// A field under construction; knows how far its last line has come.
class Field {
 public:
  Field(std::string& out, std::string_view name) : out_(out), line_start_(out.size()) {
    out_.append(name);
    out_ += ':';
  }

  std::size_t column() const { return out_.size() - line_start_; }

  /// Appends a piece after a blank, on a new line if this one is too full for it.
  void append(std::string_view piece) {
    if (column() + 1 + piece.size() > width_) fold();
    out_ += ' ';
    out_.append(piece);
  }

  void append_words(std::string_view text) {
    while (!text.empty()) {
      const auto word = text.substr(0, text.find(' '));
      append(word);
      text.remove_prefix(std::min(word.size() + 1, text.size()));
    }
  }

  void append_encoded_words(std::string_view text);

  void end() { out_ += "\r\n"; }

 private:
  void fold() {
    out_ += "\r\n";
    line_start_ = out_.size();
  }

  std::string& out_;
  std::size_t line_start_;
  std::size_t width_ = line_width;
};

/// What may stand for itself in an encoded word, in a phrase too (RFC 2047 §5 rule 3).
bool is_literal_in_encoded_word(char c) {
  return core::is_letter_or_digit(c) || c == '!' || c == '*' || c == '+' || c == '-' || c == '/';
}

/// The "Q" form of one code point.
std::string_view encode_code_point(std::string_view octets, std::array<char, 12>& buffer) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  if (octets == " ") return "_";
  if (octets.size() == 1 && is_literal_in_encoded_word(octets.front())) return octets;
  std::size_t size = 0;
  for (const char c : octets) {
    const auto octet = static_cast<unsigned char>(c);
    buffer[size++] = '=';
    buffer[size++] = digits[octet >> 4];
    buffer[size++] = digits[octet & 0xF];
  }
  return {buffer.data(), size};
}

void Field::append_encoded_words(std::string_view text) {
  width_ = encoded_line_width;
  for (bool first = true; !text.empty(); first = false) {
    if (!first) fold();
    out_ += " =?UTF-8?Q?";
    while (!text.empty()) {
      const auto octets = text.substr(0, core::first_code_point(text).octets);
      std::array<char, 12> buffer;
      const auto code = encode_code_point(octets, buffer);
      if (column() + code.size() + 2 > width_) break;
      out_.append(code);
      text.remove_prefix(octets.size());
    }
    out_ += "?=";
  }
}

bool is_printable_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

/// Whether the text reads the same to a mail program when it stands in a field of that name as it is.
bool can_stand_as_it_is(std::string_view text, std::string_view name) {
  if (!is_printable_ascii(text) || text.find("=?") != std::string_view::npos) return false;
  std::size_t longest_word = 0;
  for (std::size_t start = 0, end = 0; end != std::string_view::npos; start = end + 1) {
    end = text.find(' ', start);
    longest_word = std::max(longest_word, std::min(end, text.size()) - start);
  }
  return name.size() + 2 + longest_word <= line_width;
}

std::string quote(std::string_view text) {
  std::string quoted{'"'};
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted += '"';
}

void append_phrase(Field& field, std::string_view phrase, std::string_view name) {
  if (!can_stand_as_it_is(phrase, name)) return field.append_encoded_words(phrase);
  if (std::all_of(phrase.begin(), phrase.end(), [](char c) { return c == ' ' || core::is_atom_character(c); })) {
    return field.append_words(phrase);
  }
  const auto quoted = quote(phrase);
  if (field.column() + 1 + quoted.size() > line_width) return field.append_encoded_words(phrase);
  field.append(quoted);
}

/// One line of at most that many octets.
std::string header_text(std::string_view text, std::size_t octets) {
  auto line = core::one_line(text);
  line.resize(core::cut_utf8(line, octets).size());
  if (!line.empty() && line.back() == ' ') line.pop_back();
  return line;
}

}  // namespace

void append_field(std::string& out, std::string_view name, std::string_view value) {
  out.append(name);
  out += ": ";
  out.append(value);
  out += "\r\n";
}

void append_text_field(std::string& out, std::string_view name, std::string_view text) {
  const auto line = header_text(text, longest_text);
  Field field{out, name};
  if (can_stand_as_it_is(line, name)) {
    field.append_words(line);
  } else {
    field.append_encoded_words(line);
  }
  field.end();
}

void append_mailbox_field(std::string& out, std::string_view name, std::string_view display_name,
                          std::string_view address) {
  const auto phrase = header_text(display_name, longest_name);
  Field field{out, name};
  if (phrase.empty()) {
    field.append(address);
  } else {
    append_phrase(field, phrase, name);
    std::string route{'<'};
    route.append(address) += '>';
    field.append(route);
  }
  field.end();
}

}  // namespace egarage::channels::email
