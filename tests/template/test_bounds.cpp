#include <ctime>
#include <string>

#include "rows.hpp"
#include "support/catch.hpp"

using namespace egarage::tmpl;
using namespace egarage::tmpl::test;

namespace {

std::string repeated(std::string_view text, std::size_t count) {
  std::string result;
  result.reserve(text.size() * count);
  for (std::size_t i = 0; i < count; ++i) result += text;
  return result;
}

nlohmann::json context_with_list() {
  nlohmann::json context = {{"list", nlohmann::json::array()}, {"long", std::string(1'000'000, 'x')}};
  for (int i = 0; i < 1000; ++i) context["list"].push_back(i);
  return context;
}

/// What a template gives within a second of CPU time (sanitizers take their share): the error, if there is one.
std::optional<TemplateError> quick_error(const std::string& source, const nlohmann::json& context,
                                         const RenderOptions& options = {}) {
  const std::clock_t start = std::clock();
  auto error = error_of(source, context, options);
  INFO(source.substr(0, 60) << " … " << (error ? error->what() : "rendered"));
  constexpr double patience_seconds = 5;
  CHECK(static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC < patience_seconds);
  return error;
}

RenderOptions with_source_limit(std::size_t octets) {
  RenderOptions options;
  options.limits.source = octets;
  return options;
}

/// `count` templates named by numbers, each extending the one before with `block` as its block `a`.
class Chain {
 public:
  Chain(int count, std::string_view base, std::string_view block) {
    for (int i = 0; i < count; ++i) {
      names_.push_back(std::to_string(i));
      sources_.push_back(i == 0 ? "{% block a %}" + std::string(base) + "{% endblock %}"
                                : "{% extends '" + names_[names_.size() - 2] + "' %}{% block a %}" +
                                      std::string(block) + "{% endblock %}");
    }
    std::vector<Page> list;
    for (std::size_t i = 0; i < sources_.size(); ++i) list.push_back({names_[i], sources_[i]});
    pages_.emplace(list);
    options_.loader = &*pages_;
  }
  std::optional<TemplateError> error() const { return quick_error(sources_.back(), {}, options_); }

 private:
  std::vector<std::string> names_, sources_;
  std::optional<Pages> pages_;
  RenderOptions options_;
};

}  // namespace

TEST_CASE("a template of ten million octets is an error before anything looks at it") {
  const auto error = quick_error(std::string(10'000'000, 'x'), {});
  REQUIRE(error.has_value());
  CHECK(error->sentence() == "the template is longer than 262144 octets");
  CHECK_FALSE(error->hint().empty());
}

TEST_CASE("a large template that is allowed takes regular time") {
  const nlohmann::json context = context_with_list();
  const auto options = with_source_limit(20'000'000);
  quick_error(repeated("Hola {{ a }}, ", 700'000), context, options);
  quick_error(repeated("{% cycle 1 2 %}", 200'000), context, options);
  quick_error(repeated("{% cycle 1 2 as c %}{% cycle c %}", 100'000), context, options);
  quick_error(repeated("{% ifchanged %}a{% endifchanged %}", 100'000), context, options);
  quick_error(repeated("{% include 'x' %}", 100'000), context, options);
  quick_error(repeated("{% regroup list by a as g %}", 1000), context, options);
  quick_error("{% spaceless %}" + repeated("> ", 1'000'000) + "{% endspaceless %}", context, options);
  std::string blocks;
  for (int i = 0; i < 100'000; ++i) blocks += "{% block b" + std::to_string(i) + " %}{% endblock %}";
  quick_error(blocks, context, options);
}

TEST_CASE("ten thousand nested tags of any kind are an error") {
  for (const std::string tag : {"if a", "for a in b", "with a=b", "filter upper", "spaceless", "ifchanged", "block a",
                                "autoescape off", "ifchanged a"}) {
    INFO(tag);
    CHECK(quick_error(repeated("{% " + tag + " %}", 10'000), {}).has_value());
  }
}

TEST_CASE("a loop over a long text ends at the limit of steps") {
  const nlohmann::json context = {{"text", std::string(10'000'000, 'x')}};
  const auto error = quick_error("{% for c in text %}{{ c }}{% endfor %}", context);
  REQUIRE(error.has_value());
  CHECK(error->sentence().find("1000000 steps") != std::string::npos);
  CHECK(quick_error("{% regroup text by a as g %}", context).has_value());
}

TEST_CASE("a million includes end at the limit of steps") {
  const Pages pages({{"x", ""}, {"y", "{% for i in list %}{% include 'x' %}{% endfor %}"}});
  RenderOptions options;
  options.loader = &pages;
  const auto error = quick_error("{% for i in list %}{% include 'y' %}{% endfor %}", context_with_list(), options);
  REQUIRE(error.has_value());
  CHECK(error->sentence().find("1000000 steps") != std::string::npos);
}

TEST_CASE("what is caught and thrown away counts") {
  const nlohmann::json context = context_with_list();
  for (const std::string source :
       {"{% for i in list %}{% filter truncatechars:1 %}{{ long }}{% endfilter %}{% endfor %}",
        "{% for i in list %}{% ifchanged %}{{ long }}{% endifchanged %}{% endfor %}",
        "{% for i in list %}{% spaceless %}{{ long }}{% endspaceless %}{% endfor %}"}) {
    INFO(source);
    CHECK(quick_error(source, context).has_value());
  }
}

TEST_CASE("more names at once than anybody needs are an error") {
  std::string source = "{% with";
  for (int i = 0; i < 5000; ++i) source += " n" + std::to_string(i) + "=1";
  const auto parsing = quick_error(source + " %}{% endwith %}", {});
  REQUIRE(parsing.has_value());
  CHECK(parsing->sentence() == "more than 500 names are set at once");
  std::string part = "{% include 'part' with";
  for (int i = 0; i < 100; ++i) part += " n" + std::to_string(i) + "=1";
  part += " %}";
  const Pages pages({{"part", part}});
  RenderOptions options;
  options.loader = &pages;
  const auto rendering = quick_error(part, {}, options);
  REQUIRE(rendering.has_value());
  CHECK(rendering->sentence() == "more than 500 names are set at once");
}

TEST_CASE("deep conditions in a deep chain of blocks are an error, not a stack overflow") {
  const auto error = Chain(40, "", "{% if " + repeated("not ", 400) + "block.super %}{% endif %}").error();
  REQUIRE(error.has_value());
  CHECK(error->sentence().find("nested deeper than 1000 levels") != std::string::npos);
}

TEST_CASE("a block that shows the one above it twice doubles at each level and ends at a limit") {
  CHECK(Chain(40, "0123456789", "{{ block.super }}{{ block.super }}").error().has_value());
}

TEST_CASE("hostile numbers and octets in the new tags are text or an error") {
  CHECK(rendered("{% widthratio 1e308 1 100 %}|", {}, {}) == "|");
  CHECK(error_of("{% widthratio 1 1 1e999 %}").has_value());
  CHECK(error_of("{% filter ljust:1000000000 %}a{% endfilter %}").has_value());
  CHECK(error_of("{% include \"a\xff\" %}").has_value());
  using namespace std::string_view_literals;
  CHECK(error_of("{% include 'a\0b' %}{% cycle 'x\0' 'y' %}"sv).has_value());
  CHECK(error_of("{% block a\0b %}x{% endblock a\0b %}"sv).has_value());
}
