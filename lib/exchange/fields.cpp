#include "exchange/fields.hpp"

#include <array>
#include <charconv>

#include "core/ascii.hpp"
#include "core/email_address.hpp"
#include "core/nearest_name.hpp"
#include "core/time_of_day.hpp"
#include "core/utf8.hpp"

namespace egarage::exchange {
namespace {

constexpr std::size_t longest_text = 500;  // characters
constexpr std::size_t longest_key = 200;

/// What may be repeated in a report: short, one line.
std::string shown(std::string_view text) { return std::string(core::cut_utf8(text, 64)); }

}  // namespace

std::string Fields::text_of(std::string_view column, std::size_t longest) {
  const auto& cell = record_.cells[place(column)];
  if (!cell || cell->empty()) return {};
  auto result = core::one_line(*cell);
  if (result.size() > longest && core::count_code_points(result) > longest) {
    refuse(column, fmt::format("is longer than {} characters", longest));
  }
  return result;
}

std::string Fields::text(std::string_view column, std::string kept) {
  return says(column) ? text_of(column, longest_text) : kept;
}

std::string Fields::required_text(std::string_view column, std::string kept) {
  auto result = text(column, std::move(kept));
  if (result.empty()) refuse(fmt::format("has no \"{}\"", column));
  return result;
}

std::string Fields::key(std::string_view column, std::string kept) {
  auto result = says(column) ? text_of(column, longest_key) : std::move(kept);
  if (result.empty()) refuse(fmt::format("has no \"{}\"", column));
  return result;
}

std::optional<std::string> Fields::optional_key(std::string_view column, std::optional<std::string> kept) {
  if (!says(column)) return kept;
  auto result = text_of(column, longest_key);
  if (result.empty()) return std::nullopt;
  return result;
}

std::optional<core::Date> Fields::optional_date(std::string_view column, std::optional<core::Date> kept) {
  if (!says(column)) return kept;
  const auto written = text(column);
  if (written.empty()) return std::nullopt;
  const auto date = core::parse_date(written);
  const bool plausible = date && date->year() >= std::chrono::year{1900} && date->year() <= std::chrono::year{2200};
  if (!plausible) {
    refuse(column, fmt::format("is \"{}\", which is no date such as 2026-11-22", shown(written)));
    return std::nullopt;
  }
  return date;
}

core::Date Fields::date(std::string_view column, std::optional<core::Date> kept) {
  const auto date = optional_date(column, kept);
  if (!date) refuse(fmt::format("has no \"{}\"", column));
  return date.value_or(core::Date{});
}

std::optional<core::Instant> Fields::optional_instant(std::string_view column, std::optional<core::Instant> kept) {
  if (!says(column)) return kept;
  const auto written = text(column);
  if (written.empty()) return std::nullopt;
  const auto instant = core::parse_instant(written);
  if (!instant)
    refuse(column, fmt::format("is \"{}\", which is no instant such as 2026-11-22T15:04:05Z", shown(written)));
  return instant;
}

std::optional<std::int64_t> Fields::optional_number(std::string_view column, std::int64_t least, std::int64_t most,
                                                    std::optional<std::int64_t> kept) {
  if (!says(column)) return kept;
  const auto written = text(column);
  if (written.empty()) return std::nullopt;
  std::int64_t value = 0;
  const auto* const end = written.data() + written.size();
  const auto [stop, error] = std::from_chars(written.data(), end, value);
  if (error != std::errc{} || stop != end || value < least || value > most) {
    refuse(column, fmt::format("is \"{}\", which is no whole number from {} to {}", shown(written), least, most));
    return std::nullopt;
  }
  return value;
}

std::int64_t Fields::number(std::string_view column, std::int64_t least, std::int64_t most,
                            std::optional<std::int64_t> kept) {
  const auto value = optional_number(column, least, most, kept);
  if (!value) refuse(fmt::format("has no \"{}\"", column));
  return value.value_or(least);
}

bool Fields::flag(std::string_view column, bool kept) {
  if (!says(column)) return kept;
  constexpr std::array<std::string_view, 6> yes{"yes", "true", "1", "sí", "si", "verdadero"};
  constexpr std::array<std::string_view, 5> no{"", "no", "false", "0", "falso"};
  const auto written = text(column);
  std::string word;
  for (const char c : written) word += core::lower(c);
  if (std::ranges::find(yes, word) != yes.end()) return true;
  if (std::ranges::find(no, word) == no.end()) {
    refuse(column, fmt::format("is \"{}\", which is neither yes nor no", shown(written)));
  }
  return false;
}

std::optional<std::chrono::minutes> Fields::optional_time(std::string_view column,
                                                          std::optional<std::chrono::minutes> kept) {
  if (!says(column)) return kept;
  const auto written = text(column);
  if (written.empty()) return std::nullopt;
  const auto time = core::parse_time_of_day(written);
  if (!time) refuse(column, fmt::format("is \"{}\", which is no time such as 08:30", shown(written)));
  return time;
}

std::optional<std::string> Fields::optional_email(std::string_view column, std::optional<std::string> kept) {
  if (!says(column)) return kept;
  const auto written = text(column);
  if (written.empty()) return std::nullopt;
  const auto address = core::EmailAddress::parse(written);
  if (!address) {
    refuse(column, core::EmailAddress::explain_refusal(written));
    return std::nullopt;
  }
  return address->str();
}

std::vector<std::string> Fields::words_of(std::string_view list) {
  std::vector<std::string> result;
  for (std::string_view rest = list; !rest.empty();) {
    const auto part = rest.substr(0, rest.find('|'));
    rest.remove_prefix(std::min(part.size() + 1, rest.size()));
    if (auto word = core::one_line(part); !word.empty()) result.push_back(std::move(word));
  }
  return result;
}

void Fields::refuse_word(std::string_view column, std::string_view written,
                         const std::vector<std::string_view>& names) {
  const auto nearest = core::nearest_name(written, names);
  refuse(column, nearest ? fmt::format("is \"{}\"; did you mean \"{}\"?", shown(written), *nearest)
                         : fmt::format("is \"{}\", which is none of {}", shown(written), fmt::join(names, ", ")));
}

}  // namespace egarage::exchange
