#include "report/table.hpp"

#include <algorithm>
#include <cstdint>

#include "core/utf8.hpp"

namespace egarage::report {
namespace {

struct CodePoint {
  char32_t value;
  std::size_t octets;
};

// The text is valid UTF-8 (core::one_line made it so).
CodePoint first_code_point(std::string_view text) {
  const auto octet = [&](std::size_t i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(text[i])); };
  const auto lead = octet(0);
  const std::size_t octets = lead < 0x80 ? 1U : lead < 0xE0 ? 2U : lead < 0xF0 ? 3U : 4U;
  if (octets == 1 || text.size() < octets) return {lead, 1};
  std::uint32_t value = lead & (0xFFU >> (octets + 1));
  for (std::size_t i = 1; i < octets; ++i) value = (value << 6U) | (octet(i) & 0x3FU);
  return {value, octets};
}

struct Range {
  char32_t first, last;
};

// Unicode 15: the marks of European and Semitic scripts, zero-width characters, variation selectors, emoji modifiers.
constexpr Range zero_width[] = {{0x0300, 0x036F},   {0x0483, 0x0489},  {0x0591, 0x05BD}, {0x064B, 0x065F},
                                {0x1AB0, 0x1AFF},   {0x1DC0, 0x1DFF},  {0x200B, 0x200F}, {0x2060, 0x2064},
                                {0x20D0, 0x20FF},   {0xFE00, 0xFE0F},  {0xFE20, 0xFE2F}, {0xFEFF, 0xFEFF},
                                {0x1F3FB, 0x1F3FF}, {0xE0100, 0xE01EF}};
// East Asian Width W and F (UAX #11), by block.
constexpr Range wide[] = {
    {0x1100, 0x115F},   {0x231A, 0x231B},   {0x23E9, 0x23EC},   {0x25FD, 0x25FE},   {0x2614, 0x2615},  {0x2648, 0x2653},
    {0x26A1, 0x26A1},   {0x26BD, 0x26BE},   {0x26D4, 0x26D4},   {0x2705, 0x2705},   {0x270A, 0x270B},  {0x2728, 0x2728},
    {0x274C, 0x274C},   {0x2753, 0x2757},   {0x2795, 0x2797},   {0x2B50, 0x2B50},   {0x2E80, 0x303E},  {0x3041, 0xA4CF},
    {0xA960, 0xA97F},   {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},   {0xFF00, 0xFF60},  {0xFFE0, 0xFFE6},
    {0x1F300, 0x1F64F}, {0x1F680, 0x1F6FF}, {0x1F7E0, 0x1F7EB}, {0x1F900, 0x1FAFF}, {0x20000, 0x3FFFD}};

template <std::size_t Count>
bool is_in(const Range (&ranges)[Count], char32_t value) {
  return std::any_of(std::begin(ranges), std::end(ranges),
                     [&](const Range& range) { return value >= range.first && value <= range.last; });
}

std::size_t width(char32_t value) {
  if (value < 0x300) return 1;
  if (is_in(zero_width, value)) return 0;
  return is_in(wide, value) ? 2 : 1;
}

}  // namespace

std::size_t display_width(std::string_view text) {
  std::size_t columns = 0;
  while (!text.empty()) {
    const auto [value, octets] = first_code_point(text);
    columns += width(value);
    text.remove_prefix(octets);
  }
  return columns;
}

std::string cut_to_width(std::string_view text, std::size_t columns) {
  if (display_width(text) <= columns) return std::string(text);
  std::size_t used = 0, octets = 0;
  while (octets < text.size()) {
    const auto next = first_code_point(text.substr(octets));
    if (used + width(next.value) + 1 > columns) break;
    used += width(next.value);
    octets += next.octets;
  }
  return std::string(text.substr(0, octets)) + "…";
}

std::string Table::text() const {
  std::vector<std::vector<std::string>> lines;
  std::vector<std::string> headings;
  for (const auto& column : columns_) headings.push_back(column.heading);
  const bool has_headings = std::any_of(headings.begin(), headings.end(), [](const auto& h) { return !h.empty(); });
  if (has_headings) lines.push_back(headings);
  for (const auto& row : rows_) {
    auto& line = lines.emplace_back();
    for (const auto& cell : row) line.push_back(core::one_line(cell));
  }

  std::vector<std::size_t> widths(columns_.size(), 0);
  for (const auto& line : lines) {
    for (std::size_t i = 0; i < line.size(); ++i) widths[i] = std::max(widths[i], display_width(line[i]));
  }
  std::string text;
  for (const auto& line : lines) {
    std::string out;
    for (std::size_t i = 0; i < line.size(); ++i) {
      const std::string padding(widths[i] - display_width(line[i]), ' ');
      out += "  ";
      out += columns_[i].align == Align::right ? padding + line[i] : line[i] + padding;
    }
    out.erase(out.find_last_not_of(' ') + 1);
    text += out + '\n';
  }
  return text;
}

}  // namespace egarage::report
