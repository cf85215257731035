#include "content/sms_text.hpp"

#include "support/catch.hpp"

using namespace egarage;

TEST_CASE("a message becomes the words of an SMS") {
  struct Row {
    std::string markdown, text;
  };
  const Row rows[] = {
      {"", ""},
      {"Su **Toyota** está *listo*", "Su Toyota esta listo"},
      {"uno\n\ndos\ntres", "uno\ndos\ntres"},
      {"# Título\n\ntexto", "Titulo\ntexto"},
      {"- uno\n- dos\n\nfin", "- uno\n- dos\nfin"},
      {"1. uno\n\n2. dos", "1. uno\n2. dos"},
      {"> cita\n\n---\n\nfin", "cita\nfin"},
      {"Véalo en [nuestro sitio](https://sur.example/d?a=1)", "Véalo en https://sur.example/d?a=1"},
      {"[Llamar al taller](tel:+56225550101)", "+56225550101"},
      {"<https://sur.example/a>", "https://sur.example/a"},
      {"[x](javascript:alert(1))", "x"},
      {"```\na  b\n```", "a  b"},
      {"a\\_b \\* c <b>d</b>", "a_b * c d"},
      {"Patente 🚗 revisión", "Patente 🚗 revisión"},
  };
  for (const auto& row : rows) {
    INFO(row.markdown);
    CHECK(content::sms_text(row.markdown, core::SmsAlphabet::transliterate) == row.text);
  }
}

TEST_CASE("an account that sends texts as written keeps every letter") {
  CHECK(content::sms_text("Su **auto** está listo…", core::SmsAlphabet::as_written) == "Su auto está listo…");
}
