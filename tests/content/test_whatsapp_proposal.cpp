#include "content/whatsapp_proposal.hpp"

#include "content/embedded_files.hpp"
#include "support/catch.hpp"

using namespace egarage;
using nlohmann::json;

namespace {

json good() {
  return {{"name", "aviso_v1"},
          {"category", "UTILITY"},
          {"language", "es"},
          {"parameter_format", "NAMED"},
          {"components",
           {{{"type", "BODY"},
             {"text", "Hola, {{nombre}}: su {{auto}} está listo."},
             {"example",
              {{"body_text_named_params",
                {{{"param_name", "nombre"}, {"example", "Ana"}}, {{"param_name", "auto"}, {"example", "Yaris"}}}}}}},
            {{"type", "FOOTER"}, {"text", "Taller Sur"}},
            {{"type", "BUTTONS"}, {"buttons", {{{"type", "QUICK_REPLY"}, {"text", "No más"}}}}}}}};
}

/// Everything that is found, in one text.
std::string findings(const std::string& text) {
  std::string sentences;
  for (const auto& finding : content::check_proposal("p.json", text)) sentences += finding.sentence + "\n";
  return sentences;
}

json with_body(const std::string& text) {
  auto proposal = good();
  proposal["components"][0]["text"] = text;
  return proposal;
}

}  // namespace

TEST_CASE("a proposal that keeps Meta's rules is not complained about, and neither are the product's") {
  CHECK(findings(good().dump()).empty());
  std::size_t count = 0;
  for (const auto& file : content::embedded_files()) {
    if (!file.path.starts_with("whatsapp/") || file.path.ends_with("parameters.json")) continue;
    INFO(file.path);
    CHECK(findings(std::string{file.text}).empty());
    ++count;
  }
  CHECK(count == 14);
}

TEST_CASE("what Meta would refuse is named") {
  struct Row {
    json proposal;
    std::string found;
  };
  const auto changed = [](const char* pointer, const json& value) {
    auto proposal = good();
    proposal[json::json_pointer(pointer)] = value;
    return proposal;
  };
  const Row rows[] = {
      {changed("/name", "Aviso v1"), "the name may hold a-z, 0-9 and _ only"},
      {changed("/category", "NEWS"), "\"NEWS\" is no category"},
      {changed("/language", ""), "the language is missing"},
      {changed("/components/1/text", std::string(61, 'x')), "the footer takes 61 characters of 60"},
      {changed("/components/1/text", "De {{nombre}}"), "a footer takes no parameters"},
      {changed("/components/2/buttons/0/text", std::string(26, 'x')), "takes more than 25 characters"},
      {changed("/components/0/example/body_text_named_params/0/example", ""), "the example of nombre is empty"},
      {changed("/components/0/example/body_text_named_params/0/example", "a\nb"), "holds a line break or a tab"},
      {changed("/components/0/example/body_text_named_params/0/example", "a     b"), "more than four blanks"},
      {changed("/components/0/type", "HEADER"), "there is no component BODY"},
      {with_body("{{nombre}} y su {{auto}}."), "the body begins with the parameter nombre"},
      {with_body("Hola, {{nombre}} y {{auto}}."), "the body ends with a parameter"},
      {with_body("Hola {{nombre}} - {{auto}} listo"), "there are no words between nombre and auto"},
      {with_body("Hola {{nombre}}, su {{auto}} y {{otro}} listos"), "the parameter otro has no example"},
      {with_body("Hola {{nombre}}, listo"), "auto has an example and is nowhere in the body"},
      {with_body("Hola {{Nombre}}, listo"), "\"Nombre\" is no name of a parameter"},
      {with_body("Hola {{nombre}}, su {{auto}}: " + std::string(1024, 'x')), "characters of 1024"},
  };
  for (const auto& row : rows) {
    INFO(row.found << " in:\n" << findings(row.proposal.dump()));
    CHECK(findings(row.proposal.dump()).find(row.found) != std::string::npos);
  }
}

TEST_CASE("what is no proposal is said to be none") {
  for (const char* text : {"", "{", "[]", "{}", "null", R"({"name": 5})", R"({"name":"a","category":"UTILITY"})"}) {
    CAPTURE(text);
    CHECK(findings(text).find("not a template as Meta's API takes it") != std::string::npos);
  }
}
