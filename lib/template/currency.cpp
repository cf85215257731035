#include "template/currency.hpp"

#include <algorithm>

namespace egarage::tmpl {

namespace {

enum class Signs { comma_point, point_comma };  ///< 1,234.50 or 1.234,50

/// How a currency is written in the country that uses it (Unicode CLDR). Decimals are those that people pay with:
/// Colombia and Costa Rica have centavos and céntimos in law only.
struct Currency {
  std::string_view code;
  std::string_view before, behind;
  std::size_t decimals;
  Signs signs;
};

using enum Signs;

constexpr Currency currencies[] = {
    {"ARS", "$", "", 2, point_comma},   {"AWG", "Afl.", "", 2, comma_point}, {"BBD", "$", "", 2, comma_point},
    {"BMD", "$", "", 2, comma_point},   {"BOB", "Bs", "", 2, point_comma},   {"BRL", "R$", "", 2, point_comma},
    {"BSD", "$", "", 2, comma_point},   {"BZD", "$", "", 2, comma_point},    {"CAD", "$", "", 2, comma_point},
    {"CLP", "$", "", 0, point_comma},   {"COP", "$", "", 0, point_comma},    {"CRC", "₡", "", 0, point_comma},
    {"CUP", "$", "", 2, comma_point},   {"DOP", "RD$", "", 2, comma_point},  {"EUR", "", "€", 2, point_comma},
    {"GTQ", "Q", "", 2, comma_point},   {"GYD", "$", "", 2, comma_point},    {"HNL", "L", "", 2, comma_point},
    {"HTG", "G", "", 2, comma_point},   {"JMD", "$", "", 2, comma_point},    {"KYD", "$", "", 2, comma_point},
    {"MXN", "$", "", 2, comma_point},   {"NIO", "C$", "", 2, comma_point},   {"PAB", "B/.", "", 2, comma_point},
    {"PEN", "S/", "", 2, comma_point},  {"PYG", "Gs.", "", 0, point_comma},  {"SRD", "$", "", 2, point_comma},
    {"TTD", "$", "", 2, comma_point},   {"USD", "$", "", 2, comma_point},    {"UYU", "$", "", 2, point_comma},
    {"VES", "Bs.", "", 2, point_comma}, {"XCD", "$", "", 2, comma_point},    {"XCG", "Cg", "", 2, comma_point},
};
static_assert(std::ranges::is_sorted(currencies, {}, &Currency::code));

/// A sign of one character stands at the number; one with letters or behind it keeps a distance that no line breaks.
constexpr std::string_view distance = "\u00A0";

bool stands_close(std::string_view sign) { return sign == "$" || sign == "₡" || sign.empty(); }

}  // namespace

std::string written_amount(const Decimal& amount, std::string_view currency_code) {
  const auto* row = std::ranges::lower_bound(currencies, currency_code, {}, &Currency::code);
  const bool known = row != std::end(currencies) && row->code == currency_code;
  const Currency currency = known ? *row : Currency{currency_code, "", currency_code, 2, comma_point};
  std::string number = amount.rounded(currency.decimals);
  const bool negative = number.starts_with('-');
  if (negative) number.erase(0, 1);
  const bool commas = currency.signs == comma_point;
  std::string text(negative ? 1 : 0, '-');
  text += currency.before;
  if (!stands_close(currency.before)) text += distance;
  text += group_digits(number, commas ? "," : ".", commas ? "." : ",");
  if (!currency.behind.empty()) text.append(distance).append(currency.behind);
  return text;
}

}  // namespace egarage::tmpl
