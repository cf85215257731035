#include "core/gsm7.hpp"

#include <algorithm>
#include <optional>
#include <set>

#include "core/utf8.hpp"

namespace egarage::core {
namespace {

// 3GPP TS 23.038 §6.2.1, without ESC; the extension table of §6.2.1.1 without its page break.
constexpr std::u32string_view default_alphabet =
    U"@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    U"¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
static_assert(default_alphabet.size() == 127);
constexpr std::u32string_view extension_table = U"^{}\\[~]|€";

/// 0 for a character that GSM-7 lacks.
std::size_t septets(char32_t point) {
  if (default_alphabet.find(point) != std::u32string_view::npos) return 1;
  return extension_table.find(point) != std::u32string_view::npos ? 2 : 0;
}

std::size_t utf16_units(char32_t point) { return point > 0xFFFF ? 2 : 1; }

struct Replacement {
  std::u32string_view characters;
  std::string_view text;
};

constexpr Replacement replacements[] = {
    {U"\u2018\u2019\u201A\u201B\u2032\u2035\u2039\u203A\u02BC\u00B4`", "'"},
    {U"\u201C\u201D\u201E\u201F\u2033\u2036\u00AB\u00BB", "\""},
    {U"\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2022\u2023\u2043\u00B7\u2219\u25CF\u25AA", "-"},
    {U"\u2026", "..."},
    {U"\t\u00A0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A\u202F\u205F\u3000", " "},
    {U"\u2028\u2029", "\n"},
    // Invisible: soft hyphen, joiners, direction marks, byte order mark, variation selector of a text symbol.
    {U"\u00AD\u200B\u200C\u200D\u200E\u200F\u2060\uFEFF\uFE0E", ""},
    {U"áâãāăą", "a"},
    {U"ÀÁÂÃ", "A"},
    {U"ç", "c"},
    {U"êë", "e"},
    {U"ÈÊË", "E"},
    {U"íîï", "i"},
    {U"ÌÍÎÏ", "I"},
    {U"óôõ", "o"},
    {U"ÒÓÔÕ", "O"},
    {U"úû", "u"},
    {U"ÙÚÛ", "U"},
    {U"ýÿ", "y"},
    {U"Ý", "Y"},
    {U"œ", "oe"},
    {U"Œ", "OE"},
    {U"ĳ", "ij"},
    {U"Ĳ", "IJ"},
    {U"ŉ", "'n"},
    {U"ª", "a"},
    {U"№", "N."},
    {U"¹", "1"},
    {U"²", "2"},
    {U"³", "3"},
    {U"½", "1/2"},
    {U"¼", "1/4"},
    {U"¾", "3/4"},
    {U"×", "x"},
    {U"÷", "/"},
    {U"©", "(c)"},
    {U"®", "(R)"},
    {U"™", "TM"},
    {U"→", "->"},
    {U"←", "<-"},
    {U"µ", "u"},
};

/// Latin Extended-A, U+0100 to U+017F, without the marks on its letters.
constexpr std::string_view latin_extended_a =
    "AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIiIiJjKkkLlLlLlL"
    "lLlNnNnNnnNnOoOoOoOoRrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs";
static_assert(latin_extended_a.size() == 128);

/// Letters that stay themselves with the mark that may follow them as a character of its own (decomposed text).
struct Composition {
  char letter;
  char32_t mark;
  std::string_view text;
};
constexpr char32_t grave = 0x300, acute = 0x301, tilde = 0x303, diaeresis = 0x308;
constexpr Composition compositions[] = {
    {'n', tilde, "ñ"},     {'N', tilde, "Ñ"},     {'e', acute, "é"},     {'E', acute, "É"},     {'u', diaeresis, "ü"},
    {'U', diaeresis, "Ü"}, {'o', diaeresis, "ö"}, {'O', diaeresis, "Ö"}, {'a', diaeresis, "ä"}, {'A', diaeresis, "Ä"},
    {'a', grave, "à"},     {'e', grave, "è"},     {'i', grave, "ì"},     {'o', grave, "ò"},     {'u', grave, "ù"},
};

bool is_combining_mark(char32_t point) { return point >= 0x300 && point <= 0x36F; }

bool is_ascii_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// `N°` and `Nº` abbreviate "número", `3º` is "tercero", `90 °C` needs no sign.
std::string_view ring(std::string_view before, std::string_view after) {
  const char last = before.empty() ? ' ' : before.back();
  if (last == 'N' || last == 'n') return after.starts_with('.') ? "" : ".";
  if (last == '.' || after.starts_with('C') || after.starts_with('F')) return "";
  return "o";
}

/// What stands for a character that GSM-7 lacks; empty when a reader would miss it.
std::optional<std::string_view> replacement(char32_t point, std::string_view before, std::string_view after) {
  if (point == U'°' || point == U'º') return ring(before, after);
  for (const auto& row : replacements) {
    if (row.characters.find(point) != std::u32string_view::npos) return row.text;
  }
  if (point >= 0x100 && point <= 0x17F) return latin_extended_a.substr(point - 0x100, 1);
  if (is_combining_mark(point) && !before.empty() && is_ascii_letter(before.back())) return "";
  return std::nullopt;
}

const Composition* composition(std::string_view before, char32_t mark) {
  const auto* found = std::ranges::find_if(compositions, [&](const Composition& row) {
    return row.mark == mark && !before.empty() && before.back() == row.letter;
  });
  return found == std::end(compositions) ? nullptr : found;
}

/// The text with everything replaced that can be; what cannot stays, and is given to `on_foreign`.
template <typename OnForeign>
std::string transliterated(std::string_view text, OnForeign on_foreign) {
  std::string result;
  result.reserve(text.size());
  while (!text.empty()) {
    const auto point = first_code_point(text);
    const auto character = text.substr(0, point.octets);
    text.remove_prefix(point.octets);
    if (septets(point.value) > 0) {
      result += character;
    } else if (const auto* row = composition(result, point.value)) {
      result.pop_back();
      result += row->text;
    } else if (const auto other = replacement(point.value, result, text)) {
      result += *other;
    } else {
      result += character;
      on_foreign(character);
    }
  }
  return result;
}

/// How many segments of at most `capacity` the characters fill when none is cut in two.
template <typename UnitsOf>
SmsSize count(std::string_view text, SmsEncoding encoding, std::size_t whole, std::size_t capacity, UnitsOf units_of) {
  SmsSize size{encoding, 0, 0};
  std::size_t segments = 1, filled = 0;
  while (!text.empty()) {
    const auto point = first_code_point(text);
    text.remove_prefix(point.octets);
    const auto units = units_of(point.value);
    size.units += units;
    if (filled + units > capacity) {
      ++segments;
      filled = 0;
    }
    filled += units;
  }
  if (size.units > 0) size.segments = size.units <= whole ? 1 : segments;
  return size;
}

bool fits_gsm7(std::string_view text) {
  while (!text.empty()) {
    const auto point = first_code_point(text);
    if (septets(point.value) == 0) return false;
    text.remove_prefix(point.octets);
  }
  return true;
}

}  // namespace

SmsSize measure_sms(std::string_view utf8) {
  if (fits_gsm7(utf8)) return count(utf8, SmsEncoding::gsm7, 160, 153, septets);
  return count(utf8, SmsEncoding::ucs2, 70, 67, utf16_units);
}

std::string to_gsm7(std::string_view utf8) {
  bool complete = true;
  auto result = transliterated(utf8, [&](std::string_view) { complete = false; });
  return complete ? result : std::string{utf8};
}

std::vector<std::string> beyond_gsm7(std::string_view utf8) {
  std::vector<std::string> characters;
  std::set<std::string_view> known;
  transliterated(utf8, [&](std::string_view character) {
    if (known.insert(character).second) characters.emplace_back(character);
  });
  return characters;
}

}  // namespace egarage::core
