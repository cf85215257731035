#include "content/inline_styles.hpp"

namespace egarage::content {
namespace {

struct TagStyle {
  std::string_view tag;    ///< as cmark writes it, up to where an attribute can stand
  std::string_view style;  ///< `{}` is the link colour
};

constexpr TagStyle tag_styles[] = {
    {"<p", "margin:0 0 16px"},
    {"<a", "color:{};text-decoration:underline"},
    {"<ul", "margin:0 0 16px;padding-left:24px"},
    {"<ol", "margin:0 0 16px;padding-left:24px"},
    {"<li", "margin:0 0 4px"},
    {"<h1", "margin:0 0 12px;font-size:22px;line-height:28px"},
    {"<h2", "margin:0 0 12px;font-size:19px;line-height:26px"},
    {"<h3", "margin:0 0 12px;font-size:17px;line-height:25px"},
    {"<blockquote", "margin:0 0 16px;padding-left:12px;border-left:3px solid #d0d7de"},
    {"<pre", "margin:0 0 16px;white-space:pre-wrap"},
    {"<hr", "border:0;border-top:1px solid #e1e4e8;margin:16px 0"},
    {"<img", "max-width:100%;height:auto"},
};

/// The row of the tag that `html` begins with.
const TagStyle* style_for(std::string_view html) {
  if (html.starts_with("</")) return nullptr;
  for (const auto& row : tag_styles) {
    if (!html.starts_with(row.tag) || html.size() == row.tag.size()) continue;
    const char next = html[row.tag.size()];
    if (next == '>' || next == ' ') return &row;
  }
  return nullptr;
}

}  // namespace

std::string with_inline_styles(std::string_view html, std::string_view link_colour) {
  std::string result;
  result.reserve(html.size() + html.size() / 2);
  while (true) {
    const auto at = html.find('<');
    result += html.substr(0, at);
    if (at == std::string_view::npos) return result;
    html.remove_prefix(at);
    const auto* row = style_for(html);
    const auto taken = row ? row->tag.size() : 1;
    result += html.substr(0, taken);
    html.remove_prefix(taken);
    if (!row) continue;
    result += " style=\"";
    const auto hole = row->style.find("{}");
    result += row->style.substr(0, hole);
    if (hole != std::string_view::npos) {
      result += link_colour;
      result += row->style.substr(hole + 2);
    }
    result += '"';
  }
}

}  // namespace egarage::content
