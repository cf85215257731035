#include <ctime>
#include <string>

#include "rows.hpp"
#include "support/catch.hpp"

using namespace egarage::tmpl;
using namespace egarage::tmpl::test;

namespace {

constexpr std::size_t megabyte = 1'000'000;

std::string repeated(std::string_view text, std::size_t octets = megabyte) {
  std::string result;
  result.reserve(octets + text.size());
  while (result.size() < octets) result += text;
  return result;
}

/// CPU time a rendering may take: generous beside what it needs, tiny beside what a quadratic algorithm would.
constexpr double patience_seconds = 3;

void check_quick(const std::string& filter, const nlohmann::json& context, const RenderOptions& options) {
  const std::clock_t start = std::clock();
  const auto error = error_of("{{ v|" + filter + " }}", context, options);
  const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  INFO(filter << " of " << context["v"].dump(-1, ' ', false, nlohmann::json::error_handler_t::replace).substr(0, 20)
              << " … " << seconds << " s, " << (error ? error->what() : "rendered"));
  CHECK(seconds < patience_seconds);
}

const std::initializer_list<std::string> text_filters_on_trial = {"addslashes",
                                                                  "capfirst",
                                                                  "center:2000000",
                                                                  "cut:\"(\"",
                                                                  "escapejs",
                                                                  "filesizeformat",
                                                                  "floatformat",
                                                                  "force_escape",
                                                                  "intcomma",
                                                                  "join:\", \"",
                                                                  "linebreaks",
                                                                  "linebreaksbr",
                                                                  "linenumbers",
                                                                  "lower",
                                                                  "make_list",
                                                                  "money",
                                                                  "naturalday",
                                                                  "phone",
                                                                  "phone2numeric",
                                                                  "safeseq",
                                                                  "slice:\"::-1\"",
                                                                  "slugify",
                                                                  "stringformat:\"r\"",
                                                                  "stringformat:\"a\"",
                                                                  "striptags",
                                                                  "timesince",
                                                                  "title",
                                                                  "truncatechars:5",
                                                                  "truncatewords:5",
                                                                  "unordered_list",
                                                                  "upper",
                                                                  "urlencode",
                                                                  "urlize",
                                                                  "urlizetrunc:9",
                                                                  "wordcount",
                                                                  "wordwrap:1",
                                                                  "wordwrap:900000",
                                                                  "dictsort:0",
                                                                  "yesno:v",
                                                                  "pluralize:v",
                                                                  "date:v",
                                                                  "stringformat:v",
                                                                  "dictsort:v",
                                                                  "length_is:v",
                                                                  "get_digit:v",
                                                                  "add:v",
                                                                  "cut:v",
                                                                  "urlencode:v"};

}  // namespace

TEST_CASE("no filter is slow on a megabyte") {
  for (const std::string_view piece : {"x", "( ", "ñ\n"}) {
    const nlohmann::json context = {{"v", repeated(piece)}};
    for (const auto& filter : text_filters_on_trial) check_quick(filter, context, html());
  }
}

TEST_CASE("no filter that searches is slow on a megabyte made for it") {
  for (const std::string_view piece :
       {"((http://x.example))", "a@b.example ", "<a ", "<!-- >", "<a b='>", "<a b=\"<\"", "&#", "&amp;.", "&a", ".",
        "a\xCC\xA3\xCC\x81", "Σ'", "\xff", "<![CDATA[", "</", "\r\n"}) {
    const nlohmann::json context = {{"v", repeated(piece)}};
    for (const std::string filter : {"striptags", "urlize", "lower", "truncatechars:5", "slugify", "wordwrap:9"}) {
      check_quick(filter, context, html());
    }
    for (const std::string filter : {"linebreaks", "linenumbers", "urlize"}) check_quick(filter, context, markdown());
  }
}

TEST_CASE("marks in any order, brackets around links and closed tags stay linear") {
  std::string marks = "a";
  for (std::size_t i = 0; i < megabyte / 4; ++i) marks += i % 2 == 0 ? "\xCC\x81" : "\xCC\xA3";
  const std::string brackets = repeated("(", megabyte / 2) + "http://x.example" + repeated(")", megabyte / 2);
  const std::string entities = repeated("(&amp;.", megabyte / 2) + repeated(").", megabyte / 2);
  const std::string comments = repeated("<!-- <b>x</b> ", megabyte);
  for (const auto& text : {marks, brackets, entities, comments}) {
    for (const std::string filter : {"truncatechars:5", "slugify", "urlize", "striptags"}) {
      check_quick(filter, {{"v", text}}, html());
    }
  }
}

TEST_CASE("long lists are sorted and shown within the limits") {
  nlohmann::json list = nlohmann::json::array();
  for (int i = 0; i < 100'000; ++i) list.push_back({{"k", (i * 7919) % 100'003}});
  for (const std::string filter :
       {"dictsort:\"k\"", "dictsortreversed:\"k\"", "unordered_list", "safeseq", "join:\",\""}) {
    check_quick(filter, {{"v", list}}, html());
  }
  nlohmann::json texts = nlohmann::json::array();
  for (int i = 0; i < 100; ++i) texts.push_back(nlohmann::json::array({repeated("x", 10'000) + std::to_string(i)}));
  check_quick("dictsort:0", {{"v", texts}}, html());
}

TEST_CASE("a list nested without end is an error") {
  nlohmann::json deep = nlohmann::json::array({"a"});
  for (int i = 0; i < 10'000; ++i) deep = nlohmann::json::array({"a", std::move(deep)});
  const nlohmann::json context = {{"v", std::move(deep)}};
  for (const std::string filter : {"unordered_list", "make_list", "safeseq", "slugify", "dictsort:1"}) {
    INFO(filter);
    CHECK(error_of("{{ v|" + filter + " }}", context, html()).has_value());
  }
}
