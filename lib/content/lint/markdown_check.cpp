#include <cmark.h>
#include <fmt/format.h>

#include <memory>
#include <string>

#include "content/lint/checks.hpp"
#include "content/markdown.hpp"

namespace egarage::content {
namespace {

/// The text with template tags, comments and variables blanked, so that what is inside them is not taken for markup.
/// Lines stay where they are.
std::string without_tags(std::string_view text) {
  std::string result{text};
  for (std::size_t at = 0; at + 1 < result.size(); ++at) {
    if (result[at] != '{') continue;
    std::string_view end;
    if (result[at + 1] == '{') end = "}}";
    if (result[at + 1] == '%') end = "%}";
    if (result[at + 1] == '#') end = "#}";
    const auto stop = end.empty() ? std::string::npos : result.find(end, at + 2);
    if (stop == std::string::npos || result.find('\n', at) < stop) continue;
    std::fill_n(result.begin() + static_cast<std::ptrdiff_t>(at), stop + 2 - at, 'x');
    at = stop + 1;
  }
  return result;
}

std::string first_line(std::string_view literal) {
  constexpr std::size_t shown = 40;
  return std::string{literal.substr(0, std::min(literal.find_first_of("\r\n"), shown))};
}

/// A subject line is no Markdown.
std::string_view body_of(std::string_view text) {
  return text.starts_with("subject: ") ? text.substr(std::min(text.find('\n'), text.size())) : text;
}

bool is_fit_to_click(std::string_view url) {
  for (const std::string_view scheme : {"https:", "http:", "mailto:", "tel:"}) {
    if (url.starts_with(scheme)) return true;
  }
  return url.empty() || url.starts_with('x');  // a variable
}

class Inspector {
 public:
  Inspector(const Shelf& shelf, const TextKey& key, Findings& findings)
      : name_(shelf.name_of(key)), findings_(findings) {}

  void look_at(cmark_node* node) {
    switch (cmark_node_get_type(node)) {
      case CMARK_NODE_HTML_BLOCK:
        add(Severity::error, node,
            fmt::format("HTML is not shown to anyone, and this block begins with \"{}\"",
                        first_line(cmark_node_get_literal(node))),
            "write Markdown: **bold**, *slanted*, lists with dashes, [words](https://…)");
        break;
      case CMARK_NODE_HTML_INLINE:
        if (std::string_view{cmark_node_get_literal(node)}.starts_with("</")) break;  // its beginning was reported
        add(Severity::warning, node, fmt::format("the tag {} is left out", first_line(cmark_node_get_literal(node))),
            "write Markdown: **bold**, *slanted*; a line break is a line break");
        break;
      case CMARK_NODE_LINK:
        if (!is_fit_to_click(cmark_node_get_url(node))) {
          add(Severity::error, node, fmt::format("a link to \"{}\" leads nowhere", cmark_node_get_url(node)),
              "begin it with https:, mailto: or tel:");
        }
        break;
      case CMARK_NODE_IMAGE:
        add(Severity::warning, node, "most mail programs do not load pictures unasked, and the company's logo is there",
            "say it in words");
        break;
      default:
        break;
    }
  }

 private:
  /// cmark knows the line of a block; what stands inside one is where its block begins.
  void add(Severity severity, cmark_node* node, std::string sentence, std::string hint) {
    auto* block = node;
    while (cmark_node_get_start_line(block) == 0 && cmark_node_parent(block)) block = cmark_node_parent(block);
    const auto line = static_cast<std::size_t>(std::max(cmark_node_get_start_line(block), 1));
    findings_.push_back({severity, name_, line, 1, std::move(sentence), std::move(hint)});
  }

  std::string name_;
  Findings& findings_;
};

}  // namespace

void check_markdown(const TextKey& key, const Shelf& shelf, Findings& findings) {
  const auto text = without_tags(body_of(*shelf.text(key)));
  const std::unique_ptr<cmark_iter, decltype(&cmark_iter_free)> nodes{cmark_iter_new(parse_markdown(text)),
                                                                      &cmark_iter_free};
  Inspector inspector{shelf, key, findings};
  for (auto event = cmark_iter_next(nodes.get()); event != CMARK_EVENT_DONE; event = cmark_iter_next(nodes.get())) {
    if (event == CMARK_EVENT_ENTER) inspector.look_at(cmark_iter_get_node(nodes.get()));
  }
}

}  // namespace egarage::content
