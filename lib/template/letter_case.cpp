#include <algorithm>

#include "template/unicode.hpp"

/// Case mapping as Python's str.upper(), lower() and title() do it, for Latin, Greek (without the polytonic letters),
/// Cyrillic, Armenian, Roman numerals, circled and full-width letters (UnicodeData.txt, SpecialCasing.txt).
namespace egarage::tmpl {

namespace {

bool between(char32_t value, char32_t first, char32_t last) { return value >= first && value <= last; }

// Letters that no rule below covers, and what becomes of them.
constexpr std::u32string_view small_to_upper =
    U"ƀƃƅƈƌƒƕƙƚƞơƣƥƨƭưƴƶƹƽƿǅǆǈǉǋǌǎǐǒǔǖǘǚǜǝǟǡǣǥǧǩǫǭǯǲǳǵǹǻǽǿȁȃȅȇȉȋȍȏȑȓȕȗșțȝȟȣȥ"
    U"ȧȩȫȭȯȱȳȼȿɀɂɇɉɋɍɏɐɑɒɓɔɖɗəɛɜɠɡɣɥɦɨɩɪɫɬɯɱɲɵɽʀʂʃʇʈʉʊʋʌʒʝʞͅͱͳͷͻͼͽϐϑϕϖϗϙϛϝϟϡ"
    U"ϣϥϧϩϫϭϯϰϱϲϳϵϸϻӂӄӆӈӊӌӎӏᵹᵽᶎẛⅎↄ";
constexpr std::u32string_view upper_of =
    U"ɃƂƄƇƋƑǶƘȽȠƠƢƤƧƬƯƳƵƸƼǷǄǄǇǇǊǊǍǏǑǓǕǗǙǛƎǞǠǢǤǦǨǪǬǮǱǱǴǸǺǼǾȀȂȄȆȈȊȌȎȐȒȔȖȘȚȜȞȢȤ"
    U"ȦȨȪȬȮȰȲȻⱾⱿɁɆɈɊɌɎⱯⱭⱰƁƆƉƊƏƐꞫƓꞬƔꞍꞪƗƖꞮⱢꞭƜⱮƝƟⱤƦꟅƩꞱƮɄƱƲɅƷꞲꞰΙͰͲͶϽϾϿΒΘΦ"
    U"Π"
    U"Ϗ"
    U"Ϙ"
    U"Ϛ"
    U"Ϝ"
    U"Ϟ"
    U"Ϡ"
    U"ϢϤϦϨϪϬϮΚΡϹͿΕϷϺӁӃӅӇӉӋӍӀꝽⱣꟆṠℲↃ";
constexpr std::u32string_view capital_to_lower =
    U"ƁƂƄƆƇƉƊƋƎƏƐƑƓƔƖƗƘƜƝƟƠƢƤƦƧƩƬƮƯƱƲƳƵƷƸƼǄǅǇǈǊǋǍǏǑǓǕǗǙǛǞǠǢǤǦǨǪǬǮǱǲǴǶǷǸǺǼǾȀȂ"
    U"ȄȆȈȊȌȎȐȒȔȖȘȚȜȞȠȢȤȦȨȪȬȮȰȲȺȻȽȾɁɃɄɅɆɈɊɌɎͰͲͶͿϏϘϚϜϞϠϢϤϦϨϪϬϮϴϷϹϺϽϾϿӀӁ"
    U"Ӄ"
    U"Ӆ"
    U"Ӈ"
    U"Ӊ"
    U"Ӌ"
    U"Ӎ"
    U"ẞ"
    U"ΩKÅℲↃ";
constexpr std::u32string_view lower_of =
    U"ɓƃƅɔƈɖɗƌǝəɛƒɠɣɩɨƙɯɲɵơƣƥʀƨʃƭʈưʊʋƴƶʒƹƽǆǆǉǉǌǌǎǐǒǔǖǘǚǜǟǡǣǥǧǩǫǭǯǳǳǵƕƿǹǻǽǿȁȃ"
    U"ȅȇȉȋȍȏȑȓȕȗșțȝȟƞȣȥȧȩȫȭȯȱȳⱥȼƚⱦɂƀʉʌɇɉɋɍɏͱͳͷϳϗϙϛϝϟϡϣϥϧϩϫϭϯθϸϲϻͻͼͽӏӂӄӆӈӊӌӎß"
    U"ωkåⅎↄ";
static_assert(small_to_upper.size() == upper_of.size() && capital_to_lower.size() == lower_of.size());
static_assert(std::ranges::is_sorted(small_to_upper) && std::ranges::is_sorted(capital_to_lower));

char32_t mapped(char32_t c, std::u32string_view from, std::u32string_view to) {
  const auto found = std::ranges::lower_bound(from, c);
  return found != from.end() && *found == c ? to[static_cast<std::size_t>(found - from.begin())] : c;
}

/// Letters that become several.
struct Expansion {
  char32_t letter;
  std::string_view upper, title;
};
constexpr Expansion expansions[] = {
    {U'ß', "SS", "Ss"},
    {U'ŉ', "ʼN", "ʼN"},
    {U'ǰ', "J\u030C", "J\u030C"},
    {U'ΐ', "Ι\u0308\u0301", "Ι\u0308\u0301"},
    {U'ΰ', "Υ\u0308\u0301", "Υ\u0308\u0301"},
    {U'և', "ԵՒ", "Եւ"},
    {U'ẖ', "H\u0331", "H\u0331"},
    {U'ẗ', "T\u0308", "T\u0308"},
    {U'ẘ', "W\u030A", "W\u030A"},
    {U'ẙ', "Y\u030A", "Y\u030A"},
    {U'ẚ', "Aʾ", "Aʾ"},
    {U'ﬀ', "FF", "Ff"},
    {U'ﬁ', "FI", "Fi"},
    {U'ﬂ', "FL", "Fl"},
    {U'ﬃ', "FFI", "Ffi"},
    {U'ﬄ', "FFL", "Ffl"},
    {U'ﬅ', "ST", "St"},
    {U'ﬆ', "ST", "St"},
};

const Expansion* expansion_of(char32_t c) {
  if (c < 0xDF) return nullptr;
  const auto* found = std::ranges::lower_bound(expansions, c, {}, &Expansion::letter);
  return found != std::end(expansions) && found->letter == c ? found : nullptr;
}

/// What stands between the letters of a word without ending it, for the rule of the final sigma.
bool is_case_ignorable(char32_t c) {
  constexpr std::u32string_view signs = U"'.:^`\u00A8\u00AD\u00AF\u00B4\u00B7\u00B8\u2018\u2019\u2024\u2027";
  return signs.find(c) != std::u32string_view::npos || between(c, 0x2B0, 0x36F) || between(c, 0x200B, 0x200F) ||
         is_combining(c);
}

bool begins_with_cased(std::string_view text) {
  for (std::size_t position = 0; position < text.size();) {
    const char32_t c = next_code_point(text, position);
    if (!is_case_ignorable(c)) return is_cased(c);
  }
  return false;
}

/// `rest` is what follows; `in_word` whether a letter stands in front.
void append_lower(std::string& out, char32_t c, bool in_word, std::string_view rest) {
  constexpr char32_t capital_sigma = 0x3A3, final_sigma = 0x3C2, capital_dotted_i = 0x130, dot_above = 0x307;
  if (c == capital_sigma && in_word && !begins_with_cased(rest)) {
    append_code_point(out, final_sigma);
    return;
  }
  append_code_point(out, to_lower(c));
  if (c == capital_dotted_i) append_code_point(out, dot_above);
}

}  // namespace

char32_t to_upper(char32_t c) {
  if (c < 0x80) return between(c, 'a', 'z') ? c - 32 : c;
  if (c == 0xB5) return 0x39C;
  if (c == 0xFF) return 0x178;
  if (between(c, 0xE0, 0xFE)) return c == 0xF7 ? c : c - 32;
  if (c == 0x131) return 'I';
  if (between(c, 0x100, 0x137) || between(c, 0x14A, 0x177)) return c % 2 == 1 ? c - 1 : c;
  if (between(c, 0x139, 0x148) || between(c, 0x179, 0x17E)) return c % 2 == 0 ? c - 1 : c;
  if (c == 0x17F) return 'S';
  if (between(c, 0x1E00, 0x1E95) || between(c, 0x1EA0, 0x1EFF)) return c % 2 == 1 ? c - 1 : c;
  if (c == 0x3AC) return 0x386;
  if (between(c, 0x3AD, 0x3AF)) return c - 37;
  if (c == 0x3C2) return 0x3A3;
  if (between(c, 0x3B1, 0x3CB)) return c - 32;
  if (c == 0x3CC) return 0x38C;
  if (c == 0x3CD || c == 0x3CE) return c - 63;
  if (between(c, 0x430, 0x44F)) return c - 32;
  if (between(c, 0x450, 0x45F)) return c - 80;
  if (between(c, 0x460, 0x481) || between(c, 0x48A, 0x4BF) || between(c, 0x4D0, 0x52F)) return c % 2 == 1 ? c - 1 : c;
  if (between(c, 0x561, 0x586)) return c - 48;
  if (between(c, 0x2170, 0x217F)) return c - 16;
  if (between(c, 0x24D0, 0x24E9)) return c - 26;
  if (between(c, 0xFF41, 0xFF5A)) return c - 32;
  return mapped(c, small_to_upper, upper_of);
}

char32_t to_lower(char32_t c) {
  if (c < 0x80) return between(c, 'A', 'Z') ? c + 32 : c;
  if (between(c, 0xC0, 0xDE)) return c == 0xD7 ? c : c + 32;
  if (c == 0x178) return 0xFF;
  if (c == 0x130) return 'i';
  if (between(c, 0x100, 0x137) || between(c, 0x14A, 0x177)) return c % 2 == 0 ? c + 1 : c;
  if (between(c, 0x139, 0x148) || between(c, 0x179, 0x17E)) return c % 2 == 1 ? c + 1 : c;
  if (between(c, 0x1E00, 0x1E95) || between(c, 0x1EA0, 0x1EFF)) return c % 2 == 0 ? c + 1 : c;
  if (c == 0x386) return 0x3AC;
  if (between(c, 0x388, 0x38A)) return c + 37;
  if (between(c, 0x391, 0x3AB) && c != 0x3A2) return c + 32;
  if (c == 0x38C) return 0x3CC;
  if (c == 0x38E || c == 0x38F) return c + 63;
  if (between(c, 0x410, 0x42F)) return c + 32;
  if (between(c, 0x400, 0x40F)) return c + 80;
  if (between(c, 0x460, 0x481) || between(c, 0x48A, 0x4BF) || between(c, 0x4D0, 0x52F)) return c % 2 == 0 ? c + 1 : c;
  if (between(c, 0x531, 0x556)) return c + 48;
  if (between(c, 0x2160, 0x216F)) return c + 16;
  if (between(c, 0x24B6, 0x24CF)) return c + 26;
  if (between(c, 0xFF21, 0xFF3A)) return c + 32;
  return mapped(c, capital_to_lower, lower_of);
}

bool is_cased(char32_t c) {
  if (to_upper(c) != c || to_lower(c) != c || expansion_of(c) != nullptr) return true;
  // Small letters without a capital.
  return c == 0xAA || c == 0xBA || c == 0x138 || c == 0x18D || c == 0x19B || c == 0x1AA || c == 0x1AB || c == 0x1BA ||
         c == 0x221 || between(c, 0x234, 0x239) || between(c, 0x250, 0x293) || between(c, 0x295, 0x2B8) ||
         between(c, 0x2C0, 0x2C1) || between(c, 0x2E0, 0x2E4) || between(c, 0x1D00, 0x1DBF);
}

std::string upper_text(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t position = 0; position < text.size();) {
    const char32_t c = next_code_point(text, position);
    if (const auto* expansion = expansion_of(c)) {
      result += expansion->upper;
    } else {
      append_code_point(result, to_upper(c));
    }
  }
  return result;
}

std::string lower_text(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  bool in_word = false;
  for (std::size_t position = 0; position < text.size();) {
    const char32_t c = next_code_point(text, position);
    append_lower(result, c, in_word, text.substr(position));
    if (c < 0x80 ? between(c, 'a', 'z') || between(c, 'A', 'Z') : !is_case_ignorable(c) && is_cased(c)) {
      in_word = true;
    } else if (!is_case_ignorable(c)) {
      in_word = false;
    }
  }
  return result;
}

std::string title_text(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  bool in_word = false;
  for (std::size_t position = 0; position < text.size();) {
    const char32_t c = next_code_point(text, position);
    if (in_word) {
      append_lower(result, c, in_word, text.substr(position));
    } else if (const auto* expansion = expansion_of(c)) {
      result += expansion->title;
    } else if (between(c, 0x1C4, 0x1CC) || between(c, 0x1F1, 0x1F3)) {
      // Digraphs such as ǆ have a form of their own, in the middle of their three.
      append_code_point(result, c >= 0x1F1 ? 0x1F2 : c - (c - 0x1C4) % 3 + 1);
    } else {
      append_code_point(result, to_upper(c));
    }
    in_word = is_cased(c);
  }
  return result;
}

}  // namespace egarage::tmpl
