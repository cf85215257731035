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

/// CPU time: generous beside what it takes, tiny beside what a quadratic algorithm would.
constexpr double patience_seconds = 5;

void check_quick(const std::string& source, const nlohmann::json& context, const RenderOptions& options = {}) {
  const std::clock_t start = std::clock();
  const auto error = error_of(source, context, options);
  INFO(source.substr(0, 60) << " … " << (error ? error->what() : "rendered"));
  const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  CHECK(seconds < patience_seconds);
}

}  // namespace

TEST_CASE("ten thousand nested tags are an error, not a stack overflow") {
  const auto error = error_of(repeated("{% if a %}", 10'000));
  REQUIRE(error.has_value());
  CHECK(error->sentence().find("nested deeper than 50") != std::string::npos);
  CHECK(error->column() == 501);
  CHECK_FALSE(error_of(repeated("{% if a %}", 50) + repeated("{% endif %}", 50)).has_value());
}

TEST_CASE("a condition with too many operators is an error") {
  CHECK(error_of("{% if " + repeated("not ", 100'000) + "a %}{% endif %}").has_value());
  CHECK(error_of("{% if a" + repeated(" or a", 100'000) + " %}{% endif %}").has_value());
  CHECK_FALSE(error_of("{% if a" + repeated(" or a", 400) + " %}{% endif %}").has_value());
}

TEST_CASE("a width beyond the output limit is an error and allocates nothing") {
  for (const std::string filter :
       {"ljust:1000000000", "rjust:99999999999", "center:\"1000000000\"", "stringformat:\"999999999d\"",
        "stringformat:\".999999999f\"", "floatformat:1000000000"}) {
    INFO(filter);
    const auto error = error_of("{{ 7|" + filter + " }}");
    REQUIRE(error.has_value());
    CHECK(error->sentence().find("longer than 2097152 octets") != std::string::npos);
  }
}

TEST_CASE("output and steps are bounded") {
  nlohmann::json context = {{"list", nlohmann::json::array()}, {"text", std::string(1000, 'x')}};
  for (int i = 0; i < 3000; ++i) context["list"].push_back(i);
  const auto loops = error_of("{% for a in list %}{% for b in list %}{% endfor %}{% endfor %}", context);
  REQUIRE(loops.has_value());
  CHECK(loops->sentence().find("1000000 steps") != std::string::npos);
  const auto long_output = error_of("{% for a in list %}{{ text }}{% endfor %}", context);
  REQUIRE(long_output.has_value());
  CHECK(long_output->sentence().find("octets") != std::string::npos);
  std::string doubling = "{{ text";
  for (int i = 0; i < 30; ++i) doubling += "|add:text|join:text";
  CHECK(error_of(doubling + " }}", context).has_value());
}

TEST_CASE("a value nested deeper than the limit is an error when printed, and merely different when compared") {
  nlohmann::json deep = nlohmann::json::array();
  for (int i = 0; i < 100'000; ++i) deep = nlohmann::json::array({std::move(deep)});
  const nlohmann::json context = {{"a", std::move(deep)}};
  CHECK(error_of("{{ a }}", context).has_value());
  CHECK(rendered("{% if a == a %}y{% else %}n{% endif %}", context, {}) == "n");
}

TEST_CASE("large and hostile templates take regular time") {
  const nlohmann::json context = {
      {"a", 1}, {"text", repeated("<a ", 300'000) + "=\">"}, {"long", std::string(1'000'000, 'x')}};
  check_quick(repeated("Hola {{ a }}, ", 700'000), context);  // 10 MB
  check_quick(repeated("{%", 5'000'000), context);
  check_quick(repeated("{{", 5'000'000) + "}", context);
  check_quick("{% if " + repeated("\\\" ", 1'000'000) + "%}", context);
  check_quick("{% if " + repeated("'\" ", 1'000'000) + "%}", context);
  check_quick("{{ a" + repeated("|upper", 500'000) + " }}", context);
  check_quick("{{ text|striptags }}", context);
  check_quick("{% for c in long %}{% endfor %}", context);
  check_quick("{% for c in long|slice:\":1000\" %}{{ long|upper|slice:\":1\" }}{% endfor %}", context);
}

TEST_CASE("values that are not UTF-8 come out as U+FFFD") {
  const nlohmann::json context = {{"bad", "a\xff\xc3z"}, {"nul", std::string("a\0b", 3)}};
  CHECK(rendered("{{ bad }}", context, {}) == "a\xEF\xBF\xBD\xEF\xBF\xBDz");
  CHECK(rendered("{{ bad|upper }}", context, html()) == "A\xEF\xBF\xBD\xEF\xBF\xBDZ");
  CHECK(rendered("{{ nul }}", context, {}) ==
        "a\xEF\xBF\xBD"
        "b");
}
