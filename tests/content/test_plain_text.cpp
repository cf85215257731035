#include "content/plain_text.hpp"

#include "content/markdown.hpp"
#include "support/catch.hpp"

using namespace egarage;

namespace {

std::string words(std::string_view markdown) { return content::plain_text(content::parse_markdown(markdown)); }

}  // namespace

TEST_CASE("Markdown becomes words") {
  struct Row {
    std::string markdown, text;
  };
  const Row rows[] = {
      {"", ""},
      {"Hola **Ana**, *gracias*", "Hola Ana, gracias"},
      {"uno\ndos\n\ntres", "uno\ndos\n\ntres"},
      {"# Título\ntexto", "Título\n\ntexto"},
      {"- uno\n- dos\n  - tres\n\nfin", "- uno\n- dos\n  - tres\n\nfin"},
      {"- uno\n\n- dos", "- uno\n\n- dos"},
      {"-\n- dos", "- \n- dos"},
      {"3. tres\n4. cuatro", "3. tres\n4. cuatro"},
      {"> cita\n> sigue\n\nfin", "  cita\n  sigue\n\nfin"},
      {"antes\n\n---\n\nfin", "antes\n\n---\n\nfin"},
      {"```\na  b\nc\n```\nfin", "a  b\nc\n\nfin"},
      {"`x`", "x"},
      {"[aquí](https://e.example/a)", "aquí (https://e.example/a)"},
      {"<https://e.example/a>", "https://e.example/a"},
      {"[a@e.example](mailto:a@e.example)", "a@e.example"},
      {"[escríbanos](mailto:a@e.example)", "escríbanos (a@e.example)"},
      {"[Escribir a a@e.example](mailto:a@e.example)", "Escribir a a@e.example"},
      {"[Llamar al 2 2555 0101](tel:+56225550101)", "Llamar al 2 2555 0101"},
      {"[Llamar](tel:+56225550101)", "Llamar (+56225550101)"},
      {"[Llamar al 133](tel:+56225550133)", "Llamar al 133 (+56225550133)"},
      {"[x](javascript:alert(1))", "x"},
      {"![foto](https://e.example/f.png)", "foto"},
      {"a <b>c</b>", "a c"},
      {"<div>x</div>\n\nfin", "fin"},
      {"\\*\\*x\\*\\* \\<b\\> O'Higgins & Cía", "**x** <b> O'Higgins & Cía"},
  };
  for (const auto& row : rows) {
    INFO(row.markdown);
    CHECK(words(row.markdown) == row.text);
  }
}
