#include "core/money.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace egarage::core {
namespace {

constexpr std::array<std::string_view, 17> without_decimals{"BIF", "CLP", "DJF", "GNF", "ISK", "JPY",
                                                            "KMF", "KRW", "PYG", "RWF", "UGX", "UYI",
                                                            "VND", "VUV", "XAF", "XOF", "XPF"};
constexpr std::array<std::string_view, 7> with_three{"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"};

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

int minor_digits(std::string_view currency) {
  if (std::ranges::find(without_decimals, currency) != without_decimals.end()) return 0;
  if (std::ranges::find(with_three, currency) != with_three.end()) return 3;
  return currency == "CLF" || currency == "UYW" ? 4 : 2;
}

bool is_currency_code(std::string_view text) {
  return text.size() == 3 && std::ranges::all_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
}

std::optional<Money> parse_money(std::string_view text, std::string_view currency) {
  constexpr std::size_t most_digits = 15;
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  const auto point = text.find('.');
  const auto whole = text.substr(0, point);
  auto decimals = point == std::string_view::npos ? std::string_view{} : text.substr(point + 1);
  if (whole.empty() || whole.size() > most_digits || (point != std::string_view::npos && decimals.empty())) return {};
  if (!std::ranges::all_of(whole, is_digit) || !std::ranges::all_of(decimals, is_digit)) return {};
  const auto digits = static_cast<std::size_t>(minor_digits(currency));
  if (digits == 0 && (decimals == "0" || decimals == "00")) decimals = {};
  if (decimals.size() > digits) return {};
  std::int64_t minor = 0;
  for (const char c : whole) minor = minor * 10 + (c - '0');
  for (std::size_t i = 0; i < digits; ++i) minor = minor * 10 + (i < decimals.size() ? decimals[i] - '0' : 0);
  return Money{negative ? -minor : minor, std::string(currency)};
}

std::string format_money(const Money& amount) {
  const int digits = minor_digits(amount.currency);
  if (digits == 0) return fmt::format("{}", amount.minor);
  auto text = fmt::format("{:0{}}", amount.minor < 0 ? -amount.minor : amount.minor, digits + 1);
  text.insert(text.size() - static_cast<std::size_t>(digits), 1, '.');
  return amount.minor < 0 ? "-" + text : text;
}

}  // namespace egarage::core
