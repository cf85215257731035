#include "core/gsm7.hpp"

#include "support/catch.hpp"

using namespace egarage::core;

namespace {

std::string times(std::size_t count, std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < count; ++i) result += text;
  return result;
}

}  // namespace

TEST_CASE("an SMS costs what the standard says") {
  struct Row {
    std::string text;
    SmsEncoding encoding;
    std::size_t units, segments;
  };
  using enum SmsEncoding;
  const Row rows[] = {
      {"", gsm7, 0, 0},
      {"Hola", gsm7, 4, 1},
      {"ñÑéüÜäö¿¡àèìòùÇ@£$¥_§Ω\n", gsm7, 23, 1},
      {"{[~^]|\\}€", gsm7, 18, 1},
      {times(160, "a"), gsm7, 160, 1},
      {times(161, "a"), gsm7, 161, 2},
      {times(80, "€"), gsm7, 160, 1},
      {times(306, "a"), gsm7, 306, 2},
      {times(307, "a"), gsm7, 307, 3},
      // The euro sign does not fit the last septet of the first segment, so the second begins with it.
      {times(152, "a") + "€" + times(152, "a"), gsm7, 306, 3},
      {times(151, "a") + "€" + times(153, "a"), gsm7, 306, 2},
      {"á", ucs2, 1, 1},
      {"ç", ucs2, 1, 1},
      {"`", ucs2, 1, 1},
      {"🚗", ucs2, 2, 1},
      {times(70, "á"), ucs2, 70, 1},
      {times(71, "á"), ucs2, 71, 2},
      {times(35, "🚗"), ucs2, 70, 1},
      {times(134, "á"), ucs2, 134, 2},
      {times(135, "á"), ucs2, 135, 3},
      // 66 and then a surrogate pair that is not cut.
      {times(66, "á") + "🚗" + times(66, "á"), ucs2, 134, 3},
      {times(65, "á") + "🚗" + times(67, "á"), ucs2, 134, 2},
      {"\xFF", ucs2, 1, 1},
  };
  for (const auto& row : rows) {
    INFO(row.text);
    const auto size = measure_sms(row.text);
    CHECK(size.encoding == row.encoding);
    CHECK(size.units == row.units);
    CHECK(size.segments == row.segments);
  }
}

TEST_CASE("a text loses nothing that a reader needs on its way to GSM-7") {
  struct Row {
    std::string text, gsm7;
  };
  const Row rows[] = {
      {"", ""},
      {"Mañana, José: ¿revisión técnica? ¡Sí!", "Mañana, José: ¿revision técnica? ¡Si!"},
      {"ÁÍÓÚ áíóú Ñañé Ü ü É", "AIOU aiou Ñañé Ü ü É"},
      {"“Hola” ‘x’ «y» — z… • w", "\"Hola\" 'x' \"y\" - z... - w"},
      {"90.000\u00A0km\u202F|\tx", "90.000 km | x"},
      {"N° 1042, N.º 7, Nº 3, n°. 4", "N. 1042, N. 7, N. 3, n. 4"},
      {"3° piso, 1ª vez, 90°C", "3o piso, 1a vez, 90C"},
      {"№ 5 · 20 € · ½ · m² · Ford™", "N. 5 - 20 € - 1/2 - m2 - FordTM"},
      {"Kovačević, Łódź, Œuvre, ĳs", "Kovacevic, Lodz, OEuvre, ijs"},
      {"e\u0301 n\u0303 a\u0301 Z\u030C", "é ñ a Z"},
      {"a\u00ADb\u200Bc\uFEFF", "abc"},
      {"O`Higgins", "O'Higgins"},
  };
  for (const auto& row : rows) {
    INFO(row.text);
    CHECK(to_gsm7(row.text) == row.gsm7);
    CHECK(measure_sms(row.gsm7).encoding == SmsEncoding::gsm7);
    CHECK(beyond_gsm7(row.text).empty());
  }
}

TEST_CASE("a text that needs UCS-2 anyway keeps its accents, and the reason can be told") {
  CHECK(to_gsm7("Revisión 🚗 – 東京 🚗") == "Revisión 🚗 – 東京 🚗");
  CHECK(beyond_gsm7("Revisión 🚗 – 東京 🚗") == std::vector<std::string>{"🚗", "東", "京"});
  CHECK(to_gsm7("á\xFF") == "á\xFF");
  CHECK(to_gsm7("\u0301") == "\u0301");
}
