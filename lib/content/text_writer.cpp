#include "content/text_writer.hpp"

#include <cmark.h>
#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <memory>
#include <vector>

namespace egarage::content {
namespace {

std::string_view view(const char* text) { return text ? std::string_view{text} : std::string_view{}; }

/// Addresses worth printing: what the HTML part would refuse to link to is of no use to a reader either.
bool is_printable_address(std::string_view url) {
  return url.starts_with("https://") || url.starts_with("http://") || url.starts_with("mailto:") ||
         url.starts_with("tel:");
}

std::string_view without_scheme(std::string_view url) {
  for (const std::string_view scheme : {"mailto:", "tel:"}) {
    if (url.starts_with(scheme)) return url.substr(scheme.size());
  }
  return url;
}

/// Whether a link's words already say what it leads to: `9 6123 4567` of `tel:+56961234567`.
bool names(std::string_view words, std::string_view url) {
  if (words == url || words == without_scheme(url)) return true;
  const auto digits_of = [](std::string_view text) {
    std::string digits;
    std::ranges::copy_if(text, std::back_inserter(digits), [](char c) { return c >= '0' && c <= '9'; });
    return digits;
  };
  constexpr std::size_t shortest_number = 6;
  if (url.starts_with("tel:")) {
    const auto digits = digits_of(words);
    return digits.size() >= shortest_number && digits_of(url).ends_with(digits);
  }
  return url.starts_with("mailto:") && words.ends_with(without_scheme(url));
}

class Writer {
 public:
  explicit Writer(const TextStyle& style) : style_(style) {}

  void enter(cmark_node* node) {
    switch (cmark_node_get_type(node)) {
      case CMARK_NODE_LIST:
        lists_.push_back({cmark_node_get_list_type(node) == CMARK_ORDERED_LIST, cmark_node_get_list_tight(node) != 0,
                          cmark_node_get_list_start(node)});
        break;
      case CMARK_NODE_ITEM:
        begin_item();
        break;
      case CMARK_NODE_BLOCK_QUOTE:
        indent(style_.quote);
        break;
      case CMARK_NODE_CODE_BLOCK:
        write_code_block(view(cmark_node_get_literal(node)));
        break;
      case CMARK_NODE_THEMATIC_BREAK:
        if (style_.rule.empty()) break;
        write(style_.rule);
        end_block();
        break;
      case CMARK_NODE_TEXT:
        write(view(cmark_node_get_literal(node)));
        break;
      case CMARK_NODE_CODE:
        open(style_.code);
        write(view(cmark_node_get_literal(node)));
        close(style_.code);
        break;
      case CMARK_NODE_SOFTBREAK:
      case CMARK_NODE_LINEBREAK:
        end_line(1);
        break;
      case CMARK_NODE_STRONG:
      case CMARK_NODE_HEADING:
        open(style_.strong);
        break;
      case CMARK_NODE_EMPH:
        open(style_.emphasis);
        break;
      case CMARK_NODE_LINK:
        start_line();
        link_starts_.push_back(text_.size());
        break;
      default:
        break;
    }
  }

  void exit(cmark_node* node) {
    switch (cmark_node_get_type(node)) {
      case CMARK_NODE_HEADING:
        close(style_.strong);
        end_block();
        break;
      case CMARK_NODE_PARAGRAPH:
        end_block();
        break;
      case CMARK_NODE_BLOCK_QUOTE:
        outdent(style_.quote);
        pending_ = style_.between_blocks;
        break;
      case CMARK_NODE_ITEM:
        outdent(item_indent);
        if (pending_ == 0) pending_ = 1;  // an item without words
        break;
      case CMARK_NODE_LIST:
        lists_.pop_back();
        end_block();
        break;
      case CMARK_NODE_STRONG:
        close(style_.strong);
        break;
      case CMARK_NODE_EMPH:
        close(style_.emphasis);
        break;
      case CMARK_NODE_LINK:
        end_link(view(cmark_node_get_url(node)));
        break;
      default:
        break;
    }
  }

  std::string take() { return std::move(text_); }

 private:
  struct List {
    bool ordered;
    bool tight;
    int next_number;
  };
  struct OpenMark {
    const Mark* mark;
    std::size_t depth;
  };
  static constexpr std::string_view item_indent = "  ";
  /// Deeper nesting is shown no deeper: a line of a thousand `>` would otherwise make thousands of each line after it.
  static constexpr std::size_t most_indents = 16;

  void indent(std::string_view text) {
    if (++indents_ <= most_indents) prefix_ += text;
  }

  void outdent(std::string_view text) {
    if (indents_-- <= most_indents) prefix_.resize(prefix_.size() - text.size());
  }

  void start_line() {
    if (pending_ == 0) return;
    if (!text_.empty()) text_.append(pending_, '\n');
    text_ += prefix_;
    pending_ = 0;
    for (const auto& [mark, depth] : open_) text_ += mark->open;
  }

  void end_line(std::size_t line_breaks) {
    if (pending_ == 0) {
      for (auto open = open_.rbegin(); open != open_.rend(); ++open) text_ += open->mark->close;
    }
    pending_ = std::max(pending_, line_breaks);
  }

  void write(std::string_view words) {
    start_line();
    const auto is_control = [](char c) { return static_cast<unsigned char>(c) < ' ' && c != '\t'; };
    while (true) {
      const auto* const end = std::ranges::find_if(words, is_control);
      const auto length = static_cast<std::size_t>(end - words.begin());
      text_ += words.substr(0, length);
      if (length == words.size()) return;
      words.remove_prefix(length + 1);
    }
  }

  void write_code_block(std::string_view lines) {
    if (!style_.fence.empty()) write_fence();
    while (!lines.empty()) {
      const auto length = std::min(lines.find('\n'), lines.size());
      write(lines.substr(0, length));
      lines.remove_prefix(std::min(length + 1, lines.size()));
      pending_ = 1;
    }
    if (!style_.fence.empty()) write_fence();
    end_block();
  }

  void write_fence() {
    start_line();
    text_ += style_.fence;
    pending_ = 1;
  }

  void begin_item() {
    auto& list = lists_.back();
    write(list.ordered ? fmt::format("{}. ", list.next_number++) : std::string{"- "});
    indent(item_indent);
  }

  void end_block() { pending_ = !lists_.empty() && lists_.back().tight ? 1 : style_.between_blocks; }

  void open(const Mark& mark) {
    if (mark.open.empty()) return;
    if (const auto known = std::ranges::find(open_, &mark, &OpenMark::mark); known != open_.end()) {
      ++known->depth;
      return;
    }
    start_line();
    text_ += mark.open;
    open_.push_back({&mark, 1});
  }

  void close(const Mark& mark) {
    if (mark.open.empty()) return;
    const auto known = std::ranges::find(open_, &mark, &OpenMark::mark);
    if (--known->depth > 0) return;
    open_.erase(known);
    if (pending_ == 0) text_ += mark.close;
  }

  void end_link(std::string_view url) {
    const auto start = link_starts_.back();
    const auto words = std::string_view{text_}.substr(start);
    link_starts_.pop_back();
    if (!is_printable_address(url)) return;
    const auto address = without_scheme(url);
    if (style_.links == LinkStyle::address_only || words.empty()) {
      text_.resize(start);
      text_ += address;
    } else if (!names(words, url)) {
      text_ += style_.links == LinkStyle::in_brackets ? fmt::format(" ({})", address) : fmt::format(": {}", address);
    }
  }

  const TextStyle& style_;
  std::string text_, prefix_;
  std::size_t pending_ = 1;  ///< line breaks owed before the next word; the first line needs its prefix, too
  std::vector<List> lists_;
  std::vector<std::size_t> link_starts_;
  std::size_t indents_ = 0;
  std::vector<OpenMark> open_;
};

}  // namespace

std::string write_text(cmark_node* document, const TextStyle& style) {
  const std::unique_ptr<cmark_iter, decltype(&cmark_iter_free)> nodes{cmark_iter_new(document), &cmark_iter_free};
  Writer writer{style};
  for (auto event = cmark_iter_next(nodes.get()); event != CMARK_EVENT_DONE; event = cmark_iter_next(nodes.get())) {
    if (event == CMARK_EVENT_ENTER) {
      writer.enter(cmark_iter_get_node(nodes.get()));
    } else {
      writer.exit(cmark_iter_get_node(nodes.get()));
    }
  }
  return writer.take();
}

}  // namespace egarage::content
