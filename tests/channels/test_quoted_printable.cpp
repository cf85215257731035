#include "channels/email/quoted_printable.hpp"

#include <algorithm>
#include <vector>

#include "support/catch.hpp"

using namespace egarage::channels::email;
using namespace std::string_literals;

namespace {

std::string encoded(std::string_view text) {
  std::string out;
  append_quoted_printable(out, text);
  return out;
}

/// RFC 2045 §6.7 from the reader's side.
std::string decoded(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '=') {
      out += text[at];
    } else if (text.substr(at, 3) == "=\r\n") {
      at += 2;
    } else {
      out += static_cast<char>(std::stoi(std::string(text.substr(at + 1, 2)), nullptr, 16));
      at += 2;
    }
  }
  return out;
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const auto end = text.find("\r\n");
    REQUIRE(end != std::string_view::npos);
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(end + 2);
  }
  return lines;
}

void check_promises(std::string_view text) {
  for (const auto& line : lines_of(encoded(text))) {
    INFO(line);
    CHECK(line.size() <= 76);
    CHECK(line.find_first_of("\r\n") == std::string::npos);
    CHECK(line.find("=_") == std::string::npos);
    if (line.empty()) continue;
    CHECK(line.front() != '.');
    CHECK_FALSE(line.starts_with("From "));
    CHECK(line.back() != ' ');
    CHECK(line.back() != '\t');
    CHECK(std::all_of(line.begin(), line.end(), [](char c) { return (c >= ' ' && c <= '~') || c == '\t'; }));
  }
}

}  // namespace

TEST_CASE("texts are written as quoted-printable") {
  struct Row {
    std::string text, code;
  };
  for (const auto& row :
       {Row{"", ""}, Row{"hola", "hola\r\n"}, Row{"hola\n", "hola\r\n"}, Row{"a\r\nb\nc\rd", "a\r\nb\r\nc\r\nd\r\n"},
        Row{"\n\n", "\r\n\r\n"}, Row{"\r\r\n", "\r\n\r\n"}, Row{"señal 1+1=2", "se=C3=B1al 1+1=3D2\r\n"},
        Row{"blank \ntab\t", "blank=20\r\ntab=09\r\n"}, Row{" ", "=20\r\n"}, Row{"  \nx", " =20\r\nx\r\n"},
        Row{".\r\n.x\r\nx.", "=2E\r\n=2Ex\r\nx.\r\n"},
        Row{"From here\nFromage\nx From y", "=46rom here\r\nFromage\r\nx From y\r\n"},
        Row{"\x1b[0m\x7f", "=1B[0m=7F\r\n"}, Row{"x\0y"s, "x=00y\r\n"}}) {
    INFO(row.code);
    CHECK(encoded(row.text) == row.code);
  }
}

TEST_CASE("a dot that ends the message in a careless reader's eyes never appears") {
  // SMTP smuggling: every mixture of line ends around a lone dot.
  for (const std::string before : {"\n", "\r", "\r\n"}) {
    for (const std::string after : {"\n", "\r", "\r\n"}) {
      const auto code = encoded("hola" + before + '.' + after + "MAIL FROM:<x@example.com>");
      CHECK(code == "hola\r\n=2E\r\nMAIL FROM:<x@example.com>\r\n");
    }
  }
}

TEST_CASE("long lines are broken softly and read back unchanged") {
  const std::string phrase = "Su vehículo está listo. From 8:00 = \t.. ñandú 👩‍🔧 ";
  for (std::size_t shift = 0; shift < 90; ++shift) {
    std::string text(shift, shift % 2 == 0 ? 'x' : ' ');
    for (int i = 0; i < 5; ++i) text += phrase;
    check_promises(text);
    CHECK(decoded(encoded(text)) == text + "\r\n");
    check_promises(std::string(shift, 'x') + " ");
    CHECK(decoded(encoded(std::string(shift, 'x') + " \ny")) == std::string(shift, 'x') + " \r\ny\r\n");
    check_promises(std::string(shift, 'x') + ".From ");
    check_promises(std::string(shift, '.'));
    check_promises(std::string(shift, '\t'));
  }
}

TEST_CASE("what was written before stays") {
  std::string out = "Header: x \r\n\r\n";
  append_quoted_printable(out, "\nhola");
  CHECK(out == "Header: x \r\n\r\n\r\nhola\r\n");
}
