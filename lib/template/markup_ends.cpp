#include "template/markup_ends.hpp"

namespace egarage::tmpl {

namespace {

constexpr auto npos = std::string_view::npos;

}  // namespace

std::size_t end_of_number(std::string_view rest) {
  const bool hexadecimal = rest.size() > 2 && (rest[2] == 'x' || rest[2] == 'X');
  const std::size_t begin = hexadecimal ? 3 : 2;
  std::size_t end = begin;
  while (end < rest.size() && (hexadecimal ? is_hex(rest[end]) : is_digit(rest[end]))) ++end;
  return end > begin && end < rest.size() && !is_hex(rest[end]) ? end : npos;
}

std::size_t end_of_name(std::string_view rest) {
  if (rest.size() < 2 || !is_letter(rest[1])) return npos;
  std::size_t end = 1, latest_sign = npos;
  for (; end < rest.size(); ++end) {
    const bool is_sign = rest[end] == '-' || rest[end] == '.';
    if (is_sign) latest_sign = end;
    if (!is_sign && !is_letter(rest[end]) && !is_digit(rest[end])) return end;
  }
  return latest_sign;
}

std::size_t MarkupEnds::behind(char sign, std::size_t from) {
  std::size_t& none_from = none_[static_cast<unsigned char>(sign)];
  if (from >= none_from) return npos;
  const std::size_t found = text_.find(sign, from);
  if (found != npos) return found + 1;
  none_from = from;
  return npos;
}

std::size_t MarkupEnds::behind_signs(std::string_view first, std::string_view second, std::size_t from) {
  std::size_t& none_from = none_[static_cast<unsigned char>(second.empty() ? '[' : first[0])];
  if (from >= none_from) return npos;
  for (std::size_t i = text_.find(first, from); i != npos; i = text_.find(first, i + 1)) {
    std::size_t next = i + 1;
    const auto skip_blanks = [&] {
      while (next < text_.size() && is_blank(text_[next])) ++next;
    };
    if (first == "]") skip_blanks();
    if (!text_.substr(next).starts_with(second)) continue;
    next += second.size();
    skip_blanks();
    if (next < text_.size() && text_[next] == '>') return next + 1;
  }
  none_from = std::min(none_from, from);
  return npos;
}

}  // namespace egarage::tmpl
