#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "template/tags.hpp"
#include "template/unicode.hpp"

namespace egarage::tmpl {

namespace {

class LiteralNode : public Node {
 public:
  explicit LiteralNode(std::string_view text) : text_(text) {}
  void render(Renderer& renderer) const override { renderer.append_literal(text_); }

 private:
  std::string_view text_;
};

struct Mark {
  std::string_view name, text;
};
constexpr std::array<Mark, 8> marks{{{"openblock", "{%"},
                                     {"closeblock", "%}"},
                                     {"openvariable", "{{"},
                                     {"closevariable", "}}"},
                                     {"openbrace", "{"},
                                     {"closebrace", "}"},
                                     {"opencomment", "{#"},
                                     {"closecomment", "#}"}}};

std::unique_ptr<Node> parse_templatetag(Parser& parser, const Token& token) {
  std::size_t end = 0;
  next_word(token.content, end);
  const std::string_view name = next_word(token.content, end);
  std::array<std::string_view, marks.size()> names{};
  std::ranges::transform(marks, names.begin(), &Mark::name);
  if (name.empty() || !next_word(token.content, end).empty()) {
    parser.fail("'templatetag' needs one name", fmt::format("known are: {}", fmt::join(names, ", ")));
  }
  const auto* mark = std::ranges::find(marks, name, &Mark::name);
  if (mark == marks.end()) parser.fail(fmt::format("'templatetag' does not know '{}'", name), hint_for(name, names));
  return std::make_unique<LiteralNode>(mark->text);
}

/// Libraries whose tags and filters, as far as they exist here, are built in. Templates written for Django load them.
constexpr std::array<std::string_view, 4> built_in_libraries{"humanize", "i18n", "l10n", "tz"};

std::unique_ptr<Node> parse_load(Parser& parser, const Token& token) {
  std::vector<std::string_view> words;
  std::size_t end = 0;
  next_word(token.content, end);
  for (auto word = next_word(token.content, end); !word.empty(); word = next_word(token.content, end)) {
    words.push_back(word);
  }
  const bool is_from = words.size() >= 3 && words[words.size() - 2] == "from";
  for (const auto library : std::span(words).subspan(is_from ? words.size() - 1 : 0)) {
    if (std::ranges::find(built_in_libraries, library) != built_in_libraries.end()) continue;
    parser.fail(fmt::format("there is no library '{}': libraries of a web application are not available", library),
                "leave the tag out; what exists is there without it");
  }
  return std::make_unique<LiteralNode>("");
}

constexpr TagRow rows[] = {{"load", parse_load}, {"templatetag", parse_templatetag}};

}  // namespace

std::span<const TagRow> syntax_tags() { return rows; }

}  // namespace egarage::tmpl
