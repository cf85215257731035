#include "core/phone_number.hpp"

#include <phonenumbers/phonenumberutil.h>

#include <cstdint>
#include <variant>

#include "core/utf8.hpp"

namespace egarage::core {

namespace {

using Numbers = i18n::phonenumbers::PhoneNumberUtil;
using Parsed = i18n::phonenumbers::PhoneNumber;

struct Refusal {
  std::string_view text;
};

// Made at the first number: whoever parses none does not pay for the plans.
const Numbers& numbers() { return *Numbers::GetInstance(); }

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// The ASCII digit or punctuation that a code point means in a number, '\0' for what is to be left out; empty for what
/// has no place there.
std::optional<char> plain_character(char32_t point) {
  if (point < 0x80) {
    const auto c = static_cast<char>(point);
    if (is_digit(c) || c == '+') return c;
    if (std::string_view{" -.()\t\r\n"}.find(c) != std::string_view::npos) return ' ';
    return std::nullopt;
  }
  // Digits of keyboards in use: Arabic, Persian, Devanagari, full width (Unicode, general category Nd).
  for (const char32_t zero : {U'\u0660', U'\u06F0', U'\u0966', U'\uFF10'}) {
    if (point >= zero && point <= zero + 9) return static_cast<char>('0' + (point - zero));
  }
  if (point == U'\uFF0B') return '+';
  constexpr std::u32string_view blanks = U"\u00A0\u00B7\u202F\u2212\u3000\uFF08\uFF09\uFF0D\uFF0E";
  if (blanks.find(point) != blanks.npos || (point >= U'\u2000' && point <= U'\u200A') ||
      (point >= U'\u2010' && point <= U'\u2015')) {
    return ' ';
  }
  // Direction marks and joiners, which telephones put around numbers that are copied.
  constexpr std::u32string_view invisible = U"\u00AD\u061C\u200B\u200C\u200D\u2060\uFEFF";
  if (invisible.find(point) != invisible.npos || (point >= U'\u200E' && point <= U'\u200F') ||
      (point >= U'\u202A' && point <= U'\u202E') || (point >= U'\u2066' && point <= U'\u2069')) {
    return '\0';
  }
  return std::nullopt;
}

bool is_letter(char32_t point) {
  return (point >= U'a' && point <= U'z') || (point >= U'A' && point <= U'Z') || (point >= 0xC0 && point < 0x0660);
}

bool has_extension(std::string_view text, const std::string& country) {
  Parsed parsed;
  return numbers().Parse(std::string(text), country, &parsed) == Numbers::NO_PARSING_ERROR && parsed.has_extension();
}

std::string_view refuse_character(char32_t point, std::string_view text, const std::string& country) {
  if (point == U'/' || point == U',' || point == U';' || point == U'|' || point == U'&') {
    return "has a separator in it: more than one number, or an extension";
  }
  if (point == U'*' || point == U'#') return "has a \"*\" or \"#\" in it";
  if (point == U'@') return "has an \"@\" in it";
  if (is_letter(point)) return has_extension(text, country) ? "has an extension" : "has letters in it";
  return "has a character that no number has";
}

/// Digits with at most one `+` before them, other writings of the same told apart no more.
std::variant<std::string, Refusal> digits_of(std::string_view text, const std::string& country) {
  constexpr std::size_t longest_text = 100;
  if (text.size() > longest_text) return Refusal{"is longer than a number can be"};
  std::string digits;
  for (auto rest = text; !rest.empty();) {
    const auto point = first_code_point(rest);
    rest.remove_prefix(point.octets);
    const auto plain = point.valid ? plain_character(point.value) : std::nullopt;
    if (!plain) return Refusal{refuse_character(point.value, text, country)};
    if (*plain == '+' && !digits.empty()) return Refusal{"has a \"+\" in the middle: more than one number"};
    if (*plain == '+' || is_digit(*plain)) digits += *plain;
  }
  // ITU-T E.123 knows "+" alone, but half the world writes 00; no national number begins with two zeros.
  if (digits.starts_with("00")) digits.replace(0, 2, "+");
  if (digits.find_first_not_of('+') == digits.npos) {
    return Refusal{text.find_first_not_of(" \t\r\n") == text.npos ? "is empty" : "has no digits"};
  }
  if (digits.starts_with("+0")) return Refusal{"has a country code that begins with 0"};
  return digits;
}

std::string_view refuse_length(const Parsed& parsed, std::string_view digits) {
  // Chile went from 8 digits to 9 (mobile numbers in 2016); which digit is missing, the old ones do not say.
  const auto national = std::to_string(parsed.national_number());
  if (parsed.country_code() == 56 && national.size() == 8 && !parsed.italian_leading_zero()) {
    return "has 8 digits: Chilean numbers have 9 (a mobile number begins with 9)";
  }
  switch (numbers().IsPossibleNumberWithReason(parsed)) {
    case Numbers::TOO_SHORT:
      return digits.size() <= 4 ? "is a short number" : "has too few digits";
    case Numbers::IS_POSSIBLE_LOCAL_ONLY:
      return "lacks its area code";
    case Numbers::TOO_LONG:
    case Numbers::INVALID_LENGTH:
      return "has too many digits";
    default:
      return "is not a number that is in use";
  }
}

// ITU-T E.164 §6.2.1: at most 15 digits with the country code.
std::string_view refuse_parsing(Numbers::ErrorType error, std::string_view digits) {
  if (error == Numbers::TOO_LONG_NSN) return "has too many digits";
  if (error == Numbers::INVALID_COUNTRY_CODE_ERROR) {
    return digits.starts_with('+') ? "has a country code that does not exist" : "has no country code";
  }
  return digits.size() <= 4 ? "is a short number" : "has too few digits";
}

/// Numbers of Chile that are written with the trunk prefix of former times, `09-8123 4567` and `(02) 2123 4567`. A
/// number of nine digits without it is today's (Subtel, Plan Técnico Fundamental de Numeración Telefónica).
void drop_former_trunk_prefix(Parsed& parsed) {
  const bool once = parsed.italian_leading_zero() && parsed.number_of_leading_zeros() == 1;
  if (parsed.country_code() == 56 && once && std::to_string(parsed.national_number()).size() == 9) {
    parsed.clear_italian_leading_zero();
    parsed.clear_number_of_leading_zeros();
  }
}

std::variant<PhoneKind, Refusal> kind_of(const Parsed& parsed) {
  switch (numbers().GetNumberType(parsed)) {
    case Numbers::MOBILE:
      return PhoneKind::mobile;
    case Numbers::FIXED_LINE:
      return PhoneKind::landline;
    case Numbers::FIXED_LINE_OR_MOBILE:
      // The library no longer tells Chile's apart, since numbers may move between networks; the plan does: a mobile
      // number is 9 and eight digits, and no area begins with 9.
      if (parsed.country_code() == 56) {
        return parsed.national_number() / 100'000'000 == 9 ? PhoneKind::mobile : PhoneKind::landline;
      }
      return PhoneKind::mobile_or_landline;
    case Numbers::VOIP:
      return PhoneKind::voip;
    case Numbers::TOLL_FREE:
      return Refusal{"is a toll-free number"};
    case Numbers::PREMIUM_RATE:
      return Refusal{"is a premium-rate number"};
    case Numbers::SHARED_COST:
      return Refusal{"is a shared-cost number"};
    case Numbers::PERSONAL_NUMBER:
      return Refusal{"is a personal number with a tariff of its own"};
    case Numbers::PAGER:
      return Refusal{"is a pager's number"};
    case Numbers::UAN:
      return Refusal{"is a company's access number"};
    case Numbers::VOICEMAIL:
      return Refusal{"is a voicemail access number"};
    default:
      return Refusal{"is not a number that is in use"};
  }
}

/// What the library's plans do not know yet, because numbers are handed out faster than plans are printed: a mobile
/// number of Chile (9 and eight digits), or one of the North American plan whose parts may be assigned (NANPA: area and
/// exchange do not begin with 0 or 1; areas whose last two digits are equal are for special services, 9 in the middle
/// is kept for the future; exchanges are no service codes such as 911).
std::optional<PhoneKind> kind_by_shape(const Parsed& parsed) {
  if (parsed.italian_leading_zero()) return std::nullopt;
  const auto national = parsed.national_number();
  if (parsed.country_code() == 56 && national / 100'000'000 == 9) return PhoneKind::mobile;
  const auto area = national / 10'000'000, exchange = national / 10'000 % 1000;
  const bool area_may_be = area >= 200 && area < 1000 && area / 10 % 10 != area % 10 && area / 10 % 10 != 9;
  const bool exchange_may_be = exchange >= 200 && exchange % 100 != 11;
  if (parsed.country_code() == 1 && area_may_be && exchange_may_be) return PhoneKind::mobile_or_landline;
  return std::nullopt;
}

struct Valid {
  std::string text, country;
  PhoneKind kind;
};

std::variant<Valid, Refusal> read(std::string_view text, std::string_view country) {
  const std::string region(country);
  auto reading = digits_of(text, region);
  if (const auto* refusal = std::get_if<Refusal>(&reading)) return *refusal;
  const auto& digits = std::get<std::string>(reading);
  Parsed parsed;
  if (const auto error = numbers().Parse(digits, region, &parsed); error != Numbers::NO_PARSING_ERROR) {
    return Refusal{refuse_parsing(error, digits)};
  }
  drop_former_trunk_prefix(parsed);
  Valid valid{};
  if (numbers().IsValidNumber(parsed)) {
    const auto kind = kind_of(parsed);
    if (const auto* refusal = std::get_if<Refusal>(&kind)) return *refusal;
    valid.kind = std::get<PhoneKind>(kind);
    numbers().GetRegionCodeForNumber(parsed, &valid.country);
  } else {
    const auto kind = kind_by_shape(parsed);
    if (!kind) return Refusal{refuse_length(parsed, digits)};
    valid.kind = *kind;
    valid.country = parsed.country_code() == 56 ? "CL" : "US";
  }
  // CLDR's `001`: the world; satellites and global services, at several euros a message.
  if (valid.country == "001") return Refusal{"belongs to no country"};
  numbers().Format(parsed, Numbers::E164, &valid.text);
  return valid;
}

}  // namespace

std::optional<PhoneNumber> PhoneNumber::parse(std::string_view text, std::string_view country) {
  auto reading = read(text, country);
  auto* valid = std::get_if<Valid>(&reading);
  if (!valid) return std::nullopt;
  return PhoneNumber(std::move(valid->text), valid->kind, std::move(valid->country));
}

std::string PhoneNumber::explain_refusal(std::string_view text, std::string_view country) {
  const auto reading = read(text, country);
  const auto* refusal = std::get_if<Refusal>(&reading);
  return refusal ? std::string(refusal->text) : std::string();
}

}  // namespace egarage::core
