#include "content/inline_styles.hpp"

#include <fmt/format.h>

namespace egarage::content {
namespace {

struct TagStyle {
  std::string_view tag, style;
};

constexpr TagStyle tag_styles[] = {
    {"<p", "margin:0 0 16px"},
    {"<strong", "color:#14181c;font-weight:600"},
    {"<ul", "margin:0 0 16px;padding-left:22px"},
    {"<ol", "margin:0 0 16px;padding-left:22px"},
    {"<li", "margin:0 0 6px"},
    {"<h1", "margin:0 0 14px;color:#14181c;font-size:24px;line-height:30px;font-weight:700"},
    {"<h2", "margin:8px 0 12px;color:#14181c;font-size:20px;line-height:27px;font-weight:700"},
    {"<h3", "margin:8px 0 10px;color:#14181c;font-size:17px;line-height:25px;font-weight:700"},
    {"<pre", "margin:0 0 16px;white-space:pre-wrap;font-size:14px;line-height:21px"},
    {"<img", "max-width:100%;height:auto"},
};

/// The paragraph's margin is the lower padding of a box; a row of its own is the space below, because Outlook knows no
/// margins of tables.
constexpr std::string_view box_begin =
    "<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\"><tr>"
    "<td class=\"box\" bgcolor=\"#f4f6f8\" style=\"padding:16px 20px 0;background-color:#f4f6f8;border-left:4px solid "
    "{};border-radius:6px;color:#515b65\">";
constexpr std::string_view box_end =
    "</td></tr><tr><td height=\"20\" style=\"height:20px;font-size:0;line-height:20px\">&nbsp;</td></tr></table>";

constexpr std::string_view rule =
    "<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\"><tr>"
    "<td class=\"rule\" height=\"20\" style=\"height:20px;border-top:1px solid #e1e5e9;font-size:0;line-height:20px\">"
    "&nbsp;</td></tr></table>";

constexpr std::string_view button_begin =
    "<table role=\"presentation\" class=\"press\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\"><tr>"
    "<td class=\"button\" bgcolor=\"{0}\" style=\"background-color:{0};border:1px solid "
    "{2};border-radius:6px;mso-padding-alt:12px "
    "24px\"><a "
    "style=\"display:inline-block;padding:12px 24px;color:{1};font-weight:600;text-decoration:none;"
    "mso-padding-alt:0\"";

constexpr std::string_view lone_link_begin = "<p><a href=\"";
constexpr std::string_view lone_link_end = "</a></p>";

/// What stands between `<a` and `</a>` of a paragraph that is nothing but one link; empty if `html` begins otherwise.
std::string_view lone_link(std::string_view html) {
  if (!html.starts_with(lone_link_begin) || html.substr(lone_link_begin.size()).starts_with('"')) return {};
  const auto end = html.find("</a>");
  if (end == std::string_view::npos || !html.substr(end).starts_with(lone_link_end)) return {};
  constexpr std::size_t start = std::string_view{"<p><a"}.size();
  return html.substr(start, end - start);
}

}  // namespace

InlineStyles::InlineStyles(const Palette& palette)
    : button_begin_(fmt::format(button_begin, palette.accent, palette.text_on_accent, palette.edge)),
      button_end_(fmt::format("</a>{}", box_end)) {
  for (const auto& [tag, style] : tag_styles) rows_.push_back({tag, fmt::format(" style=\"{}\"", style)});
  rows_.push_back({"<a", fmt::format(" style=\"color:{};text-decoration:underline\"", palette.link)});
  rows_.push_back({"<blockquote>", fmt::format(box_begin, palette.edge)});
  rows_.push_back({"</blockquote>", std::string{box_end}});
  rows_.push_back({"<hr />", std::string{rule}});
}

const InlineStyles::Row* InlineStyles::row_for(std::string_view html) const {
  if (html.size() < 3 || (html[1] == '/' && html[2] != 'b')) return nullptr;
  for (const auto& row : rows_) {
    if (row.tag[1] != html[1] || !html.starts_with(row.tag)) continue;  // the first is quicker, and mostly enough
    if (row.tag.ends_with('>') || html.size() == row.tag.size()) return &row;
    const char next = html[row.tag.size()];
    if (next == '>' || next == ' ') return &row;
  }
  return nullptr;
}

std::string InlineStyles::apply(std::string_view html) const {
  std::string result;
  result.reserve(html.size() * 2 + 1024);
  while (true) {
    const auto at = html.find('<');
    result += html.substr(0, at);
    if (at == std::string_view::npos) return result;
    html.remove_prefix(at);
    if (const auto link = lone_link(html); !link.empty()) {
      result += button_begin_;
      result += link;
      result += button_end_;
      html.remove_prefix(std::string_view{"<p><a"}.size() + link.size() + lone_link_end.size());
      continue;
    }
    const auto* row = row_for(html);
    const auto taken = row ? row->tag.size() : 1;
    if (!row || !row->tag.ends_with('>')) result += html.substr(0, taken);
    if (row) result += row->text;
    html.remove_prefix(taken);
  }
}

}  // namespace egarage::content
