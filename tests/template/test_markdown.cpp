#include <cmark.h>

#include <random>
#include <string>
#include <vector>

#include "rows.hpp"
#include "support/catch.hpp"

using namespace egarage::tmpl;
using namespace egarage::tmpl::test;

namespace {

/// What a CommonMark parser makes of the text: the types of its nodes and, joined, their literal texts.
struct Parsed {
  std::string text;
  bool only_paragraphs = true;
};

Parsed parse_markdown(const std::string& markdown) {
  Parsed parsed;
  cmark_node* document = cmark_parse_document(markdown.data(), markdown.size(), CMARK_OPT_DEFAULT);
  cmark_iter* iterator = cmark_iter_new(document);
  for (auto event = cmark_iter_next(iterator); event != CMARK_EVENT_DONE; event = cmark_iter_next(iterator)) {
    if (event != CMARK_EVENT_ENTER) continue;
    cmark_node* node = cmark_iter_get_node(iterator);
    const auto type = cmark_node_get_type(node);
    if (type == CMARK_NODE_TEXT) {
      parsed.text += cmark_node_get_literal(node);
    } else if (type == CMARK_NODE_SOFTBREAK) {
      parsed.text += '\n';
    } else if (type != CMARK_NODE_DOCUMENT && type != CMARK_NODE_PARAGRAPH) {
      parsed.only_paragraphs = false;
      parsed.text += std::string("<") + cmark_node_get_type_string(node) + ">";
    }
  }
  cmark_iter_free(iterator);
  cmark_node_free(document);
  return parsed;
}

/// The value as a reader should see it: lines without blanks around them, no empty lines.
std::string as_read(const std::string& value) {
  std::string result;
  std::string line;
  for (const char c : value + "\n") {
    if (c != '\n' && c != '\r') {
      line += c;
      continue;
    }
    const std::size_t begin = line.find_first_not_of(" \t");
    if (begin != std::string::npos) {
      if (!result.empty()) result += '\n';
      result += line.substr(begin, line.find_last_not_of(" \t") + 1 - begin);
    }
    line.clear();
  }
  return result;
}

std::string random_value(std::mt19937& random) {
  static const std::vector<std::string> pieces{
      "a",   "ñ",  "1",   "23",    " ",          "  ",    "    ", "\t", "\n", "\r\n",
      "\r",  "`",  "```", "~~~",   "\\",         "*",     "**",   "_",  "[",  "]",
      "(",   ")",  "<",   ">",     "&",          "&amp;", "#",    "##", "+",  "-",
      "--",  "=",  "===", ".",     "!",          ":",     "|",    "\"", "'",  "http://x.example",
      "<b>", "](", ";",   "&#35;", "javascript:"};
  std::string value;
  for (unsigned i = 0, count = random() % 8; i <= count; ++i) value += pieces[random() % pieces.size()];
  return value;
}

}  // namespace

TEST_CASE("a value stays text when Markdown parses it, alone and between words") {
  std::mt19937 random(20261122);
  const auto alone = Template::parse("t", "{{ v }}");
  const auto between = Template::parse("t", "Hola {{ v }}x");
  for (int i = 0; i < 50'000; ++i) {
    const std::string value = random_value(random);
    const std::string output = alone.render({{"v", value}}, markdown());
    INFO("value: [" << value << "] output: [" << output << "]");
    const auto parsed = parse_markdown(output);
    REQUIRE(parsed.only_paragraphs);
    REQUIRE(parsed.text == as_read(value));
    const auto inside = parse_markdown(between.render({{"v", value}}, markdown()));
    REQUIRE(inside.only_paragraphs);
  }
}

TEST_CASE("two values and the text around them make no markup together") {
  std::mt19937 random(7);
  const std::vector<std::string> around{"{{ a }}{{ b }}",   "{{ a }} {{ b }}", "{{ a }}. {{ b }}",
                                        "{{ a }}) {{ b }}", "1{{ a }}",        "Ref: {{ a }}\n{{ b }}",
                                        "{{ a }}\n{{ b }}"};
  for (const auto& source : around) {
    const auto compiled = Template::parse("t", source);
    for (int i = 0; i < 10'000; ++i) {
      const nlohmann::json context = {{"a", random_value(random)}, {"b", random_value(random)}};
      const std::string output = compiled.render(context, markdown());
      INFO(source << " " << context.dump() << " output: [" << output << "]");
      REQUIRE(parse_markdown(output).only_paragraphs);
    }
  }
}

TEST_CASE("what a value may not do to Markdown, one by one") {
  check_rows(
      R"~({"link": "(http://x.example)", "n": "1978", "i": 3, "bang": "Hola!", "e": "lt;", "star": "*x*", "blank": "  a\n\n  b  ", "num": "2. Ana", "l": ["*", "#"]})~",
      markdown(),
      {{"[x]{{ link }}", "[x]\\(http://x.example)"},
       {"{{ n }}. Gracias", "1978\\. Gracias"},
       {"{{ i }}. Gracias", "3. Gracias"},
       {"{{ bang }}[x](y)", "Hola\\![x](y)"},
       {"&{{ e }}", "&lt\\;"},
       {"**{{ star }}**", "**\\*x\\***"},
       {"{{ blank }}", "a\nb "},
       {"{{ num }}", "2\\. Ana"},
       {"{{ star|safe }}", "*x*"},
       {"{{ star|escape }}", "\\*x\\*"},
       {"{{ star|force_escape }}", "\\*x\\*"},
       {"{{ blank|linebreaksbr }}", "a\\\n\\\nb "},
       {"{{ l|join:\", \" }}", "\\*, \\#"},
       {"{% autoescape off %}{{ star }}{% endautoescape %}", "*x*"}});
}
