#include <cmark.h>

#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include "rows.hpp"
#include "support/catch.hpp"

using namespace egarage::tmpl;
using namespace egarage::tmpl::test;

namespace {

std::string html_of(const std::string& markdown_text) {
  char* html = cmark_markdown_to_html(markdown_text.data(), markdown_text.size(), CMARK_OPT_DEFAULT);
  std::string result(html);
  std::free(html);
  return result;
}

std::string read(std::string_view source, const nlohmann::json& context) {
  return html_of(rendered(source, context, markdown()));
}

/// The words that a CommonMark parser finds, one blank or line break between them.
std::string plain_words(const std::string& markdown_text) {
  std::string words;
  cmark_node* document = cmark_parse_document(markdown_text.data(), markdown_text.size(), CMARK_OPT_DEFAULT);
  cmark_iter* iterator = cmark_iter_new(document);
  for (auto event = cmark_iter_next(iterator); event != CMARK_EVENT_DONE; event = cmark_iter_next(iterator)) {
    cmark_node* node = cmark_iter_get_node(iterator);
    if (event != CMARK_EVENT_ENTER) continue;
    if (cmark_node_get_type(node) == CMARK_NODE_TEXT) words += cmark_node_get_literal(node);
    if (cmark_node_get_type(node) == CMARK_NODE_SOFTBREAK) words += '\n';
  }
  cmark_iter_free(iterator);
  cmark_node_free(document);
  for (std::size_t i = words.find("  "); i != std::string::npos; i = words.find("  ", i)) words.erase(i, 1);
  return words;
}

}  // namespace

TEST_CASE("lines and paragraphs of a value stay lines and paragraphs in Markdown") {
  const nlohmann::json context = {{"v", "uno *a*\n# dos\n\n\n1. tres\n"}, {"w", "a\n  \nb\n"}};
  CHECK(read("{{ v|linebreaks }}", context) == "<p>uno *a*<br />\n# dos</p>\n<p>1. tres</p>\n");
  CHECK(read("{{ v|linebreaksbr }}", context) == "<p>uno *a*<br />\n# dos<br />\n<br />\n<br />\n1. tres</p>\n");
  CHECK(read("{{ w|linebreaks }}\n\nfin", context) == "<p>a</p>\n<p>b</p>\n<p>fin</p>\n");
  CHECK(read("{{ w|linebreaksbr }}\n\nfin", context) == "<p>a<br />\n<br />\nb</p>\n<p>fin</p>\n");
  CHECK(read("{{ w|linenumbers }}", context) == "<p>1. a<br />\n2. <br />\n3. b<br />\n4.</p>\n");
  CHECK(read("{{ v|safe|linebreaks }}", context) ==
        "<p>uno <em>a</em></p>\n<h1>dos</h1>\n<ol>\n<li>tres</li>\n</ol>\n");
}

TEST_CASE("a nested list becomes a Markdown list of its own") {
  const nlohmann::json context = {{"v", {"a", {"b*", "# c"}, "d\ne"}}, {"empty", nlohmann::json::array()}};
  const std::string list = "<ul>\n<li>a\n<ul>\n<li>b*</li>\n<li># c</li>\n</ul>\n</li>\n<li>d\ne</li>\n</ul>\n";
  CHECK(read("{{ v|unordered_list }}", context) == list);
  CHECK(read("Trabajos:\n{{ v|unordered_list }}\nGracias", context) ==
        "<p>Trabajos:</p>\n" + list + "<p>Gracias</p>\n");
  CHECK(read("x{{ empty|unordered_list }}y", context) == "<p>xy</p>\n");
}

TEST_CASE("addresses become Markdown links, and nothing else does") {
  const nlohmann::json context = {{"v", "Vea *http://x.example/a_b_(c)?q=1&copy;=2 o ana_s@x.example, gracias!"},
                                  {"two", "www.x.example\nhttp://y.example"},
                                  {"trap", "[x](http://z.example) !www.x.example"}};
  CHECK(read("{{ v|urlize }}", context) ==
        "<p>Vea *http://x.example/a_b_(c)?q=1&amp;copy;=2 o <a href=\"mailto:ana_s@x.example\">ana_s@x.example</a>, "
        "gracias!</p>\n");
  CHECK(
      read("{{ two|urlize }}", context) ==
      "<p><a href=\"http://www.x.example\">www.x.example</a>\n<a href=\"http://y.example\">http://y.example</a></p>\n");
  CHECK(read("{{ two|urlizetrunc:6 }}", context) ==
        "<p><a href=\"http://www.x.example\">www.x…</a>\n<a href=\"http://y.example\">http:…</a></p>\n");
  CHECK(read("{{ trap|urlize }}", context) == "<p>[x](http://z.example) !www.x.example</p>\n");
}

TEST_CASE("a text loses nothing to urlize in Markdown") {
  std::mt19937 random(3);
  const std::vector<std::string> pieces{"http://x.example/a_b",
                                        "www.x.example",
                                        "a@b.example",
                                        " ",
                                        " ",
                                        "\n",
                                        "(",
                                        ")",
                                        "*",
                                        "_",
                                        "!",
                                        "[",
                                        "]",
                                        "`",
                                        "#",
                                        "1.",
                                        "&amp;",
                                        "ñ",
                                        "palabra",
                                        ".",
                                        ",",
                                        "-"};
  for (int i = 0; i < 20'000; ++i) {
    std::string value;
    for (auto n = random() % 7 + 1; n > 0; --n) value += pieces[random() % pieces.size()];
    const nlohmann::json context = {{"v", "a" + value + "z"}};
    const std::string linked = rendered("{{ v|urlize }}", context, markdown());
    INFO("value: [" << value << "] output: [" << linked << "]");
    REQUIRE(plain_words(linked) == plain_words(rendered("{{ v }}", context, markdown())));
  }
}
