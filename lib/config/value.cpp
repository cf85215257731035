#include "config/value.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/error.hpp"
#include "core/instant.hpp"
#include "core/utf8.hpp"

namespace egarage::config {

std::string place(const std::filesystem::path& file, std::uint32_t line) {
  return fmt::format("{}:{}: ", file.string(), std::max(line, 1U));
}

std::string Value::sentence(const std::string& complaint) const {
  return fmt::format("{}{}{}{}", place(source_->file, node_->source().begin.line), name_, name_.empty() ? "" : " ",
                     complaint);
}

void Value::refuse(const std::string& complaint, const std::string& hint) const {
  throw core::Error(core::ExitCode::configuration, sentence(complaint), hint);
}

void Value::warn(const std::string& complaint, std::string hint) const {
  source_->warnings.push_back({sentence(complaint), std::move(hint)});
}

std::string Value::text() const {
  const auto value = node_->value_exact<std::string>();
  if (!value) refuse("must be a text", "Put the value in double quotes.");
  const bool has_control_character =
      std::any_of(value->begin(), value->end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; });
  if (has_control_character || !core::is_valid_utf8(*value)) {
    refuse("has a line break or another control character", "Write it as one line of plain text.");
  }
  return *value;
}

std::string Value::required_text() const {
  auto value = text();
  if (value.find_first_not_of(' ') == std::string::npos) refuse("is empty", "Give it a value or remove the line.");
  return value;
}

bool Value::flag() const {
  const auto value = node_->value_exact<bool>();
  if (!value) refuse("must be true or false", "Write true or false without quotes.");
  return *value;
}

std::int64_t Value::integer(std::int64_t least, std::int64_t most) const {
  const auto value = node_->value_exact<std::int64_t>();
  const auto hint = fmt::format("Write a whole number from {} to {}, without quotes.", least, most);
  if (!value) refuse("must be a whole number", hint);
  if (*value < least || *value > most) refuse("is out of range", hint);
  return *value;
}

double Value::positive_number(double most) const {
  const auto value = node_->value<double>();
  const auto hint = fmt::format("Write a number above 0 and at most {}, without quotes.", most);
  if (!value || !node_->is_number()) refuse("must be a number", hint);
  if (!(*value > 0) || *value > most) refuse("is out of range", hint);
  return *value;
}

std::chrono::seconds Value::duration() const {
  const auto value = core::parse_duration(text());
  if (!value) refuse("is not a duration", "Write a number and a unit, such as \"90s\", \"10m\", \"24h\" or \"7d\".");
  return *value;
}

std::filesystem::path Value::path() const {
  const auto value = std::filesystem::path(std::u8string(reinterpret_cast<const char8_t*>(required_text().c_str())));
  return value.is_absolute() ? value : (source_->folder / value).lexically_normal();
}

std::chrono::year_month_day Value::date() const {
  const auto native = node_->value_exact<toml::date>();
  const auto value = native
                         ? core::parse_date(fmt::format("{:04}-{:02}-{:02}", native->year, native->month, native->day))
                         : core::parse_date(text());
  if (!value) refuse("is not a date", "Write year, month and day: \"2026-12-01\".");
  return *value;
}

std::vector<Value> Value::list() const {
  const auto* array = node_->as_array();
  if (!array) refuse("must be a list", "Put the values in square brackets.");
  std::vector<Value> values;
  for (const auto& node : *array) values.emplace_back(node, name_, *source_);
  return values;
}

std::vector<std::pair<std::string, Value>> Value::members() const {
  std::vector<std::pair<std::string, Value>> members;
  for (const auto& [key, node] : table()) members.emplace_back(std::string(key.str()), member(key, node));
  const auto where = [](const auto& named) {
    const auto& begin = named.second.node_->source().begin;
    return std::pair(begin.line, begin.column);
  };
  std::ranges::stable_sort(members, {}, where);
  return members;
}

const toml::table& Value::table() const {
  const auto* table = node_->as_table();
  if (!table) refuse("must be a section", "Write its keys below a [section] line, or between { and }.");
  return *table;
}

Value Value::member(std::string_view key, const toml::node& node) const {
  // `[company.email] host` rather than `company.email.host`: as the reader sees it in the file.
  if (name_.empty()) return Value(node, fmt::format("[{}]", key), *source_);
  if (name_.ends_with(']') && (node.is_table() || node.is_array_of_tables())) {
    return Value(node, fmt::format("{}.{}]", name_.substr(0, name_.size() - 1), key), *source_);
  }
  return Value(node, fmt::format("{}{}{}", name_, name_.ends_with(']') ? " " : ".", key), *source_);
}

Value Value::member_or_self(std::string_view key) const {
  const auto* node = table().get(key);
  return node ? member(key, *node) : *this;
}

}  // namespace egarage::config
