#include "content/whatsapp_text.hpp"

#include "support/catch.hpp"

using namespace egarage;
using content::whatsapp_text;

namespace {

struct Row {
  std::string markdown, text;
};

}  // namespace

TEST_CASE("Markdown becomes WhatsApp's markup") {
  const Row rows[] = {
      {"", ""},
      {"Hola **Ana**, *gracias*", "Hola *Ana*, _gracias_"},
      {"***todo*** y **uno *dos* tres**", "_*todo*_ y *uno _dos_ tres*"},
      {"**uno **dos** tres**", "*uno dos tres*"},
      {"# Título **fuerte**\ntexto", "*Título fuerte*\n\ntexto"},
      {"uno\ndos\n\ntres", "uno\ndos\n\ntres"},
      {"**uno\ndos**", "*uno*\n*dos*"},
      {"- uno\n- **dos**\n  - tres\n\nfin", "- uno\n- *dos*\n  - tres\n\nfin"},
      {"3. tres\n4. cuatro", "3. tres\n4. cuatro"},
      {"-\n- dos", "-\n- dos"},
      {"> cita\n> **sigue**\n\nfin", "> cita\n> *sigue*\n\nfin"},
      {"antes\n\n---\n\nfin", "antes\n\nfin"},
      {"`a*b*`", "`a*b*`"},
      {"```\na  *b*\nc`d\n```\nfin", "```\na  *b*\nc'd\n```\n\nfin"},
      {"Vea [su documento](https://e.example/a_b_c)", "Vea su documento: https://e.example/a_b_c"},
      {"[**Ver**](https://e.example)", "*Ver*: https://e.example"},
      {"<https://e.example/a>", "https://e.example/a"},
      {"[a@e.example](mailto:a@e.example)", "a@e.example"},
      {"[Llamar](tel:+56225550101)", "Llamar: +56225550101"},
      {"[x](javascript:alert(1))", "x"},
      {"![foto](https://e.example/f.png) <b>c</b>", "foto c"},
      {"(**a**), ¿qué? \"*b*\".", "(*a*), ¿qué? \"_b_\"."},
  };
  for (const auto& row : rows) {
    INFO(row.markdown);
    CHECK(whatsapp_text(row.markdown) == row.text);
  }
}

TEST_CASE("emphasis that WhatsApp would not recognise is left out") {
  const Row rows[] = {
      {"des**monta**r", "desmontar"},
      {"**seis**ñ y ñ**seis**", "seisñ y ñseis"},
      {"***a**b*", "_ab_"},
  };
  for (const auto& row : rows) {
    INFO(row.markdown);
    CHECK(whatsapp_text(row.markdown) == row.text);
  }
}

TEST_CASE("marks that came from a value mark nothing") {
  const Row rows[] = {
      // harmless as they are
      {"ana\\_maria\\_soto@e.example y 5 \\* 3 \\* 2", "ana_maria_soto@e.example y 5 * 3 * 2"},
      {"Motor 2.0\\* con garantía", "Motor 2.0* con garantía"},
      {"\\_ana@e.example", "_ana@e.example"},
      {"\\~ 5 km", "~ 5 km"},
      // WhatsApp would take these for its own
      {"\\*\\*x\\*\\*", "＊＊x＊＊"},
      {"\\_x\\_ y \\~z\\~", "＿x＿ y ～z～"},
      {"\\`a\\` b", "'a' b"},
      {"**Total \\*neto\\***", "*Total ＊neto＊*"},
      {"**Total** 3\\*", "*Total* 3＊"},
      {"ñ\\*a\\*ñ", "ñ＊a＊ñ"},
      {"`a` \\`", "`a` '"},
      {"https://e.example/\\_a\\_/b", "https://e.example/%5Fa%5F/b"},
      {"[\\_x\\_](https://e.example/~a~)", "＿x＿: https://e.example/%7Ea%7E"},
      // of two lines
      {"\\*uno\ndos\\*", "*uno\ndos*"},
  };
  for (const auto& row : rows) {
    INFO(row.markdown);
    CHECK(whatsapp_text(row.markdown) == row.text);
  }
}

TEST_CASE("a message made to be troublesome is neither long in the making nor long") {
  const auto repeated = [](std::string_view text) {
    std::string result;
    while (result.size() < 300'000) result += text;
    return result;
  };
  const std::string deep_quote(1000, '>'), deep_list = repeated("- ").substr(0, 1000);
  for (const auto& message :
       {repeated("\\*a"), repeated("\\*a\\* "), repeated("*a "), repeated("**a *b "), repeated("[a](b"),
        deep_quote + repeated("\nx"), deep_list + repeated("\nx"), repeated("a://\\_")}) {
    INFO(message.substr(0, 20));
    CHECK(whatsapp_text(message).size() < 40 * message.size());
  }
}
