#include <algorithm>

#include "template/escaping.hpp"
#include "template/filters.hpp"

/// Filters that make lines and blocks. Where the output is Markdown they make Markdown: raw HTML would not survive.
namespace egarage::tmpl {

namespace {

bool is_markdown(const Renderer& renderer) { return renderer.options().escape == Escape::markdown; }

/// Appends a text as `{{ … }}` would: escaped unless that is off or the text is markup already.
void append_shown(const Renderer& renderer, std::string& out, std::string_view text, bool is_safe) {
  if (is_safe || renderer.escape() == Escape::none) {
    out += text;
  } else {
    out += escaped(text, renderer.escape());
  }
}

/// A line up to `\n`, `\r\n` or `\r`; moves `begin` behind its end, and beyond the text after the last line.
std::string_view next_line(std::string_view text, std::size_t& begin) {
  const std::size_t end = std::min(text.find_first_of("\r\n", begin), text.size());
  const auto line = text.substr(begin, end - begin);
  begin = end + (text.compare(end, std::min<std::size_t>(2, text.size() - end), "\r\n") == 0 ? 2 : 1);
  return line;
}

/// Whether a line shows nothing in Markdown, where blanks around a line go away.
bool is_blank(std::string_view line) { return line.find_first_not_of(" \t") == std::string_view::npos; }

/// In Markdown, a hard line break between the lines; none at the end, where its backslash would be seen, and a mere
/// line break in what is Markdown already: a backslash in front of a heading would be seen, too.
std::string markdown_lines(const Renderer& renderer, std::string_view text, bool is_safe, std::string_view paragraphs) {
  const std::string_view line_break = is_safe || renderer.escape() == Escape::none ? "\n" : "\\\n";
  std::string result;
  std::size_t line_breaks = 0;
  for (std::size_t begin = 0; begin <= text.size(); ++line_breaks) {
    const auto line = next_line(text, begin);
    if (is_blank(line)) continue;
    if (line_breaks > 1 && !paragraphs.empty()) {
      if (!result.empty()) result += paragraphs;
    } else if (!result.empty()) {
      for (; line_breaks > 0; --line_breaks) result += line_break;
    }
    line_breaks = 0;
    append_shown(renderer, result, line, is_safe);
  }
  return result;
}

/// `<br>` between the lines; in Markdown, its own hard line break.
Value linebreaksbr(Renderer& renderer, const Value& input, const Value*) {
  const TextOf text(renderer, input);
  if (is_markdown(renderer)) return Value::safe(markdown_lines(renderer, text, input.is_safe(), {}));
  std::string result;
  for (std::size_t begin = 0; begin <= text.view().size();) {
    append_shown(renderer, result, next_line(text, begin), input.is_safe());
    if (begin <= text.view().size()) result += "<br>";
  }
  return Value::safe(std::move(result));
}

/// `<p>` around paragraphs and `<br>` between their lines; in Markdown, empty lines between paragraphs and its hard
/// line break between their lines.
Value linebreaks(Renderer& renderer, const Value& input, const Value*) {
  const TextOf text(renderer, input);
  if (is_markdown(renderer)) return Value::safe(markdown_lines(renderer, text, input.is_safe(), "\n\n"));
  std::string result = "<p>";
  std::size_t line_breaks = 0;
  const auto end_line = [&] {
    if (line_breaks > 0) result += line_breaks > 1 ? "</p>\n\n<p>" : "<br>";
    line_breaks = 0;
  };
  for (std::size_t begin = 0; begin <= text.view().size();) {
    const auto line = next_line(text, begin);
    if (!line.empty()) {
      end_line();
      append_shown(renderer, result, line, input.is_safe());
    }
    if (begin <= text.view().size()) ++line_breaks;
  }
  end_line();
  return Value::safe(result += "</p>");
}

/// `07. text`; in Markdown the numbers are no list and every line keeps its own, by a hard line break.
Value linenumbers(Renderer& renderer, const Value& input, const Value*) {
  const TextOf text(renderer, input);
  const bool markdown = is_markdown(renderer);
  const auto lines = 1 + static_cast<std::size_t>(std::ranges::count(text.view(), '\n'));
  const std::size_t width = std::to_string(lines).size();
  std::string result;
  for (std::size_t begin = 0, line = 1; line <= lines; ++line) {
    const std::size_t end = std::min(text.view().find('\n', begin), text.view().size());
    const std::string number = std::to_string(line);
    if (line > 1) result += markdown ? "\\\n" : "\n";
    result.append(width - number.size(), '0').append(number).append(markdown ? "\\. " : ". ");
    append_shown(renderer, result, text.view().substr(begin, end - begin), input.is_safe());
    renderer.check_size(result.size());
    begin = end + 1;
  }
  return Value::safe(std::move(result));
}

/// The items of an unordered_list, each with the list behind it that belongs to it.
class ListWriter {
 public:
  explicit ListWriter(Renderer& renderer) : renderer_(renderer), markdown_(is_markdown(renderer)) {}

  void write(const Value& list, std::size_t level) {
    if (level > renderer_.options().limits.depth) renderer_.fail("the list is nested too deep for 'unordered_list'");
    const auto items = renderer_.iterate(list);
    if (!items) renderer_.fail("the value in front of the filter 'unordered_list' is not a list");
    for (std::size_t i = 0; i < items->size(); ++i) {
      const bool has_children = i + 1 < items->size() && is_list((*items)[i + 1]);
      const Value* children = has_children && (*items)[i + 1].truthy() ? &(*items)[i + 1] : nullptr;
      if (i > 0) result_ += '\n';
      if (markdown_) {
        write_markdown_item((*items)[i], children, level);
      } else {
        write_html_item((*items)[i], children, level);
      }
      renderer_.check_size(result_.size());
      if (has_children) ++i;
    }
  }

  std::string take() { return std::move(result_); }

 private:
  static bool is_list(const Value& value) {
    return value.array() != nullptr ||
           (value.made_sequence() != nullptr && value.made_sequence()->kind <= SequenceKind::tuple);
  }

  void write_html_item(const Value& item, const Value* children, std::size_t level) {
    const std::string indent(level, '\t');
    result_ += indent + "<li>";
    append_shown(renderer_, result_, TextOf(renderer_, item), item.is_safe());
    if (children != nullptr) {
      result_ += "\n" + indent + "<ul>\n";
      write(*children, level + 1);
      result_ += "\n" + indent + "</ul>\n" + indent;
    }
    result_ += "</li>";
  }

  void write_markdown_item(const Value& item, const Value* children, std::size_t level) {
    const std::string indent(2 * (level - 1), ' ');
    result_ += indent + "- ";
    std::string text;
    append_shown(renderer_, text, TextOf(renderer_, item), item.is_safe());
    for (std::size_t begin = 0; begin <= text.size();) {
      if (begin > 0) result_ += "\n" + indent + "  ";
      result_ += next_line(text, begin);
    }
    if (children == nullptr) return;
    result_ += '\n';
    write(*children, level + 1);
  }

  Renderer& renderer_;
  bool markdown_;
  std::string result_;
};

/// `<li>` for every item, `<ul>` around nested lists only; in Markdown, a list of its own with empty lines around it.
Value unordered_list(Renderer& renderer, const Value& input, const Value*) {
  ListWriter writer(renderer);
  writer.write(input, 1);
  std::string list = writer.take();
  if (is_markdown(renderer) && !list.empty()) list = "\n\n" + list + "\n\n";
  return Value::safe(std::move(list));
}

constexpr FilterRow rows[] = {
    {"linebreaks", linebreaks, Argument::none, Safety::kept},
    {"linebreaksbr", linebreaksbr, Argument::none, Safety::kept},
    {"linenumbers", linenumbers, Argument::none, Safety::kept},
    {"unordered_list", unordered_list, Argument::none, Safety::kept},
};

}  // namespace

std::span<const FilterRow> block_filters() { return rows; }

}  // namespace egarage::tmpl
