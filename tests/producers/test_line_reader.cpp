#include "producers/line_reader.hpp"

#include <sstream>
#include <vector>

#include "support/catch.hpp"

using egarage::producers::LineReader;

namespace {

std::vector<std::string> lines_of(const std::string& text, std::size_t longest) {
  std::istringstream input{text};
  LineReader reader{input, longest};
  std::vector<std::string> lines;
  while (const auto line = reader.next()) {
    CHECK(line->number == lines.size() + 1);
    lines.push_back(line->too_long ? "(too long)" : std::string{line->text});
  }
  return lines;
}

}  // namespace

TEST_CASE("lines end with LF, CR LF or the input") {
  using Lines = std::vector<std::string>;
  CHECK(lines_of("", 10).empty());
  CHECK(lines_of("a\nb\r\nc", 10) == Lines{"a", "b", "c"});
  CHECK(lines_of("a\n\n\nb\n", 10) == Lines{"a", "", "", "b"});
  CHECK(lines_of("a\rb\n", 10) == Lines{"a\rb"});
}

TEST_CASE("a byte order mark is no part of the first line") {
  CHECK(lines_of("\xEF\xBB\xBF{}\n\xEF\xBB\xBF", 10) == std::vector<std::string>{"{}", "\xEF\xBB\xBF"});
}

TEST_CASE("a line that is too long is passed over and the next one is read") {
  const auto lines = lines_of("short\n" + std::string(5000, 'x') + "\nnext\n" + std::string(5000, 'y'), 10);
  REQUIRE(lines.size() == 4);
  CHECK(lines[1] == "(too long)");
  CHECK(lines[2] == "next");
  CHECK(lines[3] == "(too long)");
  CHECK(lines_of(std::string(10, 'x') + "\r\n", 10).front() == std::string(10, 'x'));
}
