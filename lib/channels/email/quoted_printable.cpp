#include "channels/email/quoted_printable.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

namespace egarage::channels::email {

namespace {

enum class Kind : std::uint8_t { literal, encoded, line_end };

// A table instead of comparisons: this is the most executed loop of a run.
constexpr std::array<Kind, 256> kinds = [] {
  std::array<Kind, 256> table{};
  for (std::size_t octet = 0; octet < table.size(); ++octet) {
    const bool literal = (octet >= ' ' && octet <= '~' && octet != '=') || octet == '\t';
    table[octet] = literal ? Kind::literal : Kind::encoded;
  }
  table['\r'] = table['\n'] = Kind::line_end;
  return table;
}();

Kind kind_of(char c) { return kinds[static_cast<unsigned char>(c)]; }

/// How many octets at the front stand for themselves, for certain: whole words at a time, most of every text.
std::size_t literal_prefix(std::string_view text) {
  constexpr std::uint64_t ones = 0x0101010101010101, tops = 0x80 * ones;
  std::size_t at = 0;
  for (std::uint64_t word = 0; at + sizeof word <= text.size(); at += sizeof word) {
    std::memcpy(&word, text.data() + at, sizeof word);
    const auto below_blank = word - ' ' * ones, above_tilde = word + ones, equals = (word ^ ('=' * ones)) - ones;
    if (((word | below_blank | above_tilde | equals) & tops) != 0) break;
  }
  return at;
}

class Encoder {
 public:
  explicit Encoder(std::string& out) : out_(out) {}

  void encode(std::string_view text) {
    while (!text.empty()) text.remove_prefix(encode_some(text));
    if (column_ > 0) end_line();
  }

 private:
  static constexpr std::size_t width = 75;  // and the "=" of a soft break makes 76

  /// Returns how many octets it took.
  std::size_t encode_some(std::string_view text) {
    if (column_ == 0 && (text.front() == '.' || text.starts_with("From "))) return append_encoded(text.front());
    const auto room = text.substr(0, width - column_);
    auto run = literal_prefix(room);
    while (run < room.size() && kind_of(room[run]) == Kind::literal) ++run;
    out_.append(room.substr(0, run));
    column_ += run;
    if (run == text.size()) return run;
    switch (kind_of(text[run])) {
      case Kind::literal:
        break_softly();
        return run;
      case Kind::encoded:
        return run + append_encoded(text[run]);
      case Kind::line_end:
        end_line();
        return run + (text.substr(run).starts_with("\r\n") ? 2 : 1);
    }
    return run;
  }

  std::size_t append_encoded(char c) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    const auto octet = static_cast<unsigned char>(c);
    if (column_ + 3 > width) break_softly();
    const std::array<char, 3> code{'=', digits[octet >> 4], digits[octet & 0xF]};
    out_.append(code.data(), code.size());
    column_ += code.size();
    return 1;
  }

  void break_softly() {
    out_ += "=\r\n";
    column_ = 0;
  }

  void end_line() {
    // A blank at the end of a line may be lost on the way (RFC 2045 §6.7 rule 3).
    if (column_ > 0 && (out_.back() == ' ' || out_.back() == '\t')) {
      const char blank = out_.back();
      out_.pop_back();
      --column_;
      append_encoded(blank);
    }
    out_ += "\r\n";
    column_ = 0;
  }

  std::string& out_;
  std::size_t column_ = 0;
};

}  // namespace

void append_quoted_printable(std::string& out, std::string_view text) { Encoder{out}.encode(text); }

}  // namespace egarage::channels::email
