#include "template/python.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <utility>

#include "template/unicode.hpp"

namespace egarage::tmpl {

namespace {

/// Digits with single underscores between them become digits; empty when an underscore stands elsewhere.
std::optional<std::string> without_underscores(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto is_digit = [text](std::size_t at) { return at < text.size() && text[at] >= '0' && text[at] <= '9'; };
    if (text[i] != '_') {
      result += text[i];
    } else if (i == 0 || !is_digit(i - 1) || !is_digit(i + 1)) {
      return std::nullopt;
    }
  }
  return result;
}

std::string quoted(std::string_view text) {
  const char quote = text.find('\'') != std::string_view::npos && text.find('"') == std::string_view::npos ? '"' : '\'';
  std::string result(1, quote);
  for (std::size_t position = 0; position < text.size();) {
    const std::size_t begin = position;
    const char32_t c = next_code_point(text, position);
    constexpr std::string_view hex = "0123456789abcdef";
    if (c == static_cast<unsigned char>(quote) || c == '\\') {
      result += '\\';
      result += static_cast<char>(c);
    } else if (c == '\n') {
      result += "\\n";
    } else if (c == '\r') {
      result += "\\r";
    } else if (c == '\t') {
      result += "\\t";
    } else if (c < 0x20 || (c >= 0x7F && c <= 0xA0) || c == 0xAD) {
      result += "\\x";
      result += hex[(c >> 4U) & 0xFU];
      result += hex[c & 0xFU];
    } else if ((is_space(c) && c != ' ') || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
               (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || (c >= 0xE000 && c <= 0xF8FF)) {
      result += "\\u";
      for (unsigned shift = 16; shift > 0; shift -= 4) result += hex[(c >> (shift - 4)) & 0xFU];
    } else {
      result += text.substr(begin, position - begin);
    }
  }
  return result + quote;
}

struct Brackets {
  std::string_view open, close;
};

Brackets brackets_of(const Sequence& sequence) {
  switch (sequence.kind) {
    case SequenceKind::list:
      return {"[", "]"};
    case SequenceKind::group:  // printed with the names of its members
    case SequenceKind::tuple:
      return {"(", sequence.items.size() == 1 ? ",)" : ")"};
    case SequenceKind::dict_items:
      return {"dict_items([", "])"};
    case SequenceKind::dict_keys:
      return {"dict_keys([", "])"};
    case SequenceKind::dict_values:
      return {"dict_values([", "])"};
  }
  return {"[", "]"};
}

const std::string* printed_text(const Value& value) {
  const auto* object = value.object();
  if (object == nullptr) return nullptr;
  const auto found = object->find("__str__");
  return found != object->end() && found->is_string() ? &found->get_ref<const std::string&>() : nullptr;
}

bool append_repr(std::string& out, const Value& value, std::size_t depth);

bool append_pair(std::string& out, const Value& key, const Value& value, std::size_t depth) {
  if (!append_repr(out, key, depth)) return false;
  out += ": ";
  return append_repr(out, value, depth);
}

bool append_all(std::string& out, const std::vector<Value>& items, std::size_t depth) {
  bool first = true;
  for (const auto& item : items) {
    if (!std::exchange(first, false)) out += ", ";
    if (!append_repr(out, item, depth)) return false;
  }
  return true;
}

bool append_repr(std::string& out, const Value& value, std::size_t depth) {
  if (depth == 0) return false;
  if (value.is_none()) {
    out += "None";
  } else if (const auto* boolean = value.boolean()) {
    out += *boolean ? "True" : "False";
  } else if (const auto* integer = value.integer()) {
    out += std::to_string(*integer);
  } else if (const auto* floating = value.floating()) {
    out += python_float(*floating);
  } else if (value.is_text()) {
    out += quoted(value.text());
  } else if (const auto* text = printed_text(value)) {
    out += *text;
  } else if (const auto* group = value.made_sequence(); group != nullptr && group->kind == SequenceKind::group) {
    out += "GroupedResult(grouper=";
    if (!append_repr(out, group->items[0], depth - 1)) return false;
    out += ", list=";
    if (!append_repr(out, group->items[1], depth - 1)) return false;
    out += ')';
  } else if (const auto* sequence = value.made_sequence()) {
    const auto [open, close] = brackets_of(*sequence);
    out += open;
    if (!append_all(out, sequence->items, depth - 1)) return false;
    out += close;
  } else if (value.block() != nullptr) {
    out += "<Block Node>";
  } else if (value.array() != nullptr) {
    out += '[';
    if (!append_all(out, *value.iterate(), depth - 1)) return false;
    out += ']';
  } else {
    out += '{';
    bool first = true;
    const auto keys = value.iterate();
    for (const auto& key : *keys) {
      if (!std::exchange(first, false)) out += ", ";
      if (!append_pair(out, key, *value.member(std::string(key.text())), depth - 1)) return false;
    }
    out += '}';
  }
  return true;
}

}  // namespace

std::optional<std::string> python_str(const Value& value, std::size_t depth) {
  if (value.is_text()) return std::string(value.text());
  return python_repr(value, depth);
}

std::optional<std::string> python_repr(const Value& value, std::size_t depth) {
  std::string out;
  if (!append_repr(out, value, depth + 1)) return std::nullopt;
  return out;
}

std::string python_float(double value) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value < 0 ? "-inf" : "inf";
  std::array<char, 32> buffer{};
  const auto scientific =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::scientific);
  const std::string_view text(buffer.data(), static_cast<std::size_t>(scientific.ptr - buffer.data()));
  int exponent = 0;
  const std::size_t mark = text.find('e');
  const std::size_t digits = text[mark + 1] == '+' ? mark + 2 : mark + 1;
  std::from_chars(text.data() + digits, text.data() + text.size(), exponent);
  if (exponent < -4 || exponent >= 16) return std::string(text);
  std::array<char, 64> fixed{};
  const auto end = std::to_chars(fixed.data(), fixed.data() + fixed.size(), value, std::chars_format::fixed);
  std::string result(fixed.data(), end.ptr);
  if (result.find('.') == std::string::npos) result += ".0";
  return result;
}

std::optional<std::int64_t> python_int(std::string_view text) {
  const auto plain = without_underscores(strip(text));
  if (!plain) return std::nullopt;
  std::string_view digits = *plain;
  if (digits.starts_with('+') && !digits.starts_with("+-")) digits.remove_prefix(1);
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

std::optional<std::string> python_whole(std::string_view text) {
  constexpr std::size_t most_digits = 4300;  // sys.set_int_max_str_digits
  const auto plain = without_underscores(strip(text));
  if (!plain) return std::nullopt;
  std::string_view digits = *plain;
  const bool negative = digits.starts_with('-');
  if (negative || digits.starts_with('+')) digits.remove_prefix(1);
  if (digits.empty() || digits.size() > most_digits) return std::nullopt;
  if (digits.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
  digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size() - 1));
  std::string result(negative && digits != "0" ? 1 : 0, '-');
  return result += digits;
}

std::optional<double> python_float_from(std::string_view text) {
  const auto plain = without_underscores(strip(text));
  if (!plain) return std::nullopt;
  std::string_view digits = *plain;
  if (digits.starts_with('+') && !digits.starts_with("+-")) digits.remove_prefix(1);
  if (digits.find_first_of("(xXpP") != std::string_view::npos) return std::nullopt;
  double value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (end != digits.data() + digits.size() || error == std::errc::invalid_argument) return std::nullopt;
  if (error == std::errc::result_out_of_range) {
    const bool negative = digits.starts_with('-');
    const bool tiny = digits.find("e-") != std::string_view::npos || digits.find("E-") != std::string_view::npos ||
                      digits.substr(negative ? 1 : 0).starts_with("0.");
    value = tiny ? 0.0 : std::numeric_limits<double>::infinity();
    if (negative) value = -value;
  }
  return value;
}

std::optional<std::int64_t> to_int(const Value& value) {
  if (const auto* boolean = value.boolean()) return *boolean ? 1 : 0;
  if (const auto* integer = value.integer()) return *integer;
  if (const auto* floating = value.floating()) {
    constexpr double limit = 9.2e18;
    if (!(std::fabs(*floating) < limit)) return std::nullopt;
    return static_cast<std::int64_t>(*floating);
  }
  if (value.is_text()) return python_int(value.text());
  return std::nullopt;
}

std::optional<double> to_float(const Value& value) {
  if (const auto* boolean = value.boolean()) return *boolean ? 1.0 : 0.0;
  if (const auto* integer = value.integer()) return static_cast<double>(*integer);
  if (const auto* floating = value.floating()) return *floating;
  if (value.is_text()) return python_float_from(value.text());
  return std::nullopt;
}

}  // namespace egarage::tmpl
