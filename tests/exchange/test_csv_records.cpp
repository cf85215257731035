#include "exchange/csv_records.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <random>
#include <sstream>

#include "core/error.hpp"
#include "records_of.hpp"
#include "support/catch.hpp"

using namespace egarage;
using namespace egarage::exchange;

namespace {

constexpr std::array columns{Column::key("key"), Column{"name"}, Column::number("year")};

std::string header_refusal(const std::string& text) {
  try {
    records_of(text, columns);
  } catch (const core::Error& error) {
    CHECK(error.code() == core::ExitCode::usage);
    CHECK_FALSE(error.hint().empty());
    return error.what();
  }
  return "";
}

const std::string header = "key,name,year\n";

}  // namespace

TEST_CASE("CSV is read as RFC 4180 writes it, and as spreadsheets do") {
  struct Row {
    const char* what;
    std::string text, records;
  };
  for (const auto& row :
       {Row{"nothing", "", ""},
        Row{"a header alone", "key,name", ""},
        Row{"no end of the last line", header + "a,Ana,2019", "2[a|Ana|2019]"},
        Row{"CR LF", "key,name\r\na,Ana\r\nb,Eva\r\n", "2[a|Ana|-] 3[b|Eva|-]"},
        Row{"CR LF behind quotes", "key,name\r\na,\"Ana\"\r\n", "2[a|Ana|-]"},
        Row{"a byte order mark", "\xEF\xBB\xBFkey,name\na,Ana\n", "2[a|Ana|-]"},
        Row{"a byte order mark before a quote", "\xEF\xBB\xBF\"key\",name\na,Ana\n", "2[a|Ana|-]"},
        Row{"semicolons", "key;name\na;Soto, Ana\n", "2[a|Soto, Ana|-]"},
        Row{"tabs", "key\tname\na\tAna\n", "2[a|Ana|-]"},
        Row{"one column", "key\na\nb\n", "2[a|-|-] 3[b|-|-]"},
        Row{"another order and case, blanks", " Name , KEY\nAna,a\n", "2[a|Ana|-]"},
        Row{"empty is not absent", "key,name\na,\n", "2[a||-]"},
        Row{"a quoted empty cell", "key,name\na,\"\"\n", "2[a||-]"},
        Row{"a quoted separator", header + "a,\"Soto, Ana\",1\n", "2[a|Soto, Ana|1]"},
        Row{"a doubled quote", header + "a,\"Ana \"\"la\"\" Soto\",1\n", "2[a|Ana \"la\" Soto|1]"},
        Row{"a quoted line end", header + "a,\"Ana\nSoto\",1\nb,Eva,2\n", "2[a|Ana\nSoto|1] 4[b|Eva|2]"},
        Row{"a quoted CR LF", header + "a,\"Ana\r\nSoto\",1\r\nb,Eva,2\r\n", "2[a|Ana\r\nSoto|1] 4[b|Eva|2]"},
        Row{"a lone CR in a cell", header + "a,An\ra,1\n", "2[a|An\ra|1]"},
        Row{"empty lines", header + "\n\r\na,Ana,1\n\n", "4[a|Ana|1]"},
        Row{"rows of empty cells", header + ",,\na,Ana,1\n,,\n", "3[a|Ana|1]"},
        Row{"comments before the header", "# from the host\n\n# 2026\nkey,name\na,Ana\n", "5[a|Ana|-]"},
        Row{"a number sign in a cell", header + "#1,Ana,1\n", "2[#1|Ana|1]"}}) {
    INFO(row.what);
    CHECK(records_of(row.text, columns) == row.records);
  }
}

TEST_CASE("a row that is not well-formed costs itself and no other") {
  struct Row {
    const char* what;
    std::string text, records;
  };
  for (const auto& row :
       {Row{"too few cells", header + "a,Ana\nb,Eva,2\n", "2!has 2 cells where the header has 3 3[b|Eva|2]"},
        Row{"too many cells", header + "a,Ana,1,\nb,Eva,2\n", "2!has 4 cells where the header has 3 3[b|Eva|2]"},
        Row{"a quote within", header + "a,5\" wide,1\nb,Eva,2\n",
            "2!has a quote inside a cell that does not begin with one 3[b|Eva|2]"},
        Row{"text behind a quote", header + "a,\"Ana\" Soto,1\nb,Eva,2\n",
            "2!has text behind a closing quote; a quote inside a cell is written twice 3[b|Eva|2]"},
        Row{"an open quote", header + "a,\"Ana,1\nb,Eva,2\nc,Zoe,3\n",
            "2!has a quote that is never closed 3[b|Eva|2] 4[c|Zoe|3]"},
        Row{"an open quote, closed by the next", header + "a,\"Ana,1\nb,\"Eva\",2\nc,Zoe,3\n",
            "2!has text behind a closing quote; a quote inside a cell is written twice 3[b|Eva|2] 4[c|Zoe|3]"},
        Row{"Latin-1", header + "a,Mu\xF1oz,1\nb,Eva,2\n",
            "2!is not UTF-8: save the file as UTF-8 (in Excel: CSV UTF-8) 3[b|Eva|2]"},
        Row{"a NUL", header + std::string("a,A\0a,1\n", 8) + "b,Eva,2\n",
            "2!is not UTF-8: save the file as UTF-8 (in Excel: CSV UTF-8) 3[b|Eva|2]"}}) {
    INFO(row.what);
    CHECK(records_of(row.text, columns) == row.records);
  }
}

TEST_CASE("a row longer than a mebibyte is refused, however it is written") {
  const std::string long_text(longest_record + 10, 'x');
  CHECK(records_of(header + "a," + long_text + ",1\nb,Eva,2\n", columns) == "2!is longer than 1 MiB 3[b|Eva|2]");
  CHECK(records_of(header + "a,\"" + long_text + "\",1\nb,Eva,2\n", columns) == "2!is longer than 1 MiB 3[b|Eva|2]");
}

TEST_CASE("rows are read across the portions that the input comes in") {
  std::string text = header, expected;
  for (int i = 0; i < 40'000; ++i) text += fmt::format("k{},\"line\n{}\",{}\n", i, i, 2000 + i % 20);
  std::istringstream input(text);
  const auto reader = open_records(input, columns);
  int count = 0;
  while (const auto record = reader->next()) {
    REQUIRE_FALSE(record->refusal);
    REQUIRE(record->line == static_cast<std::size_t>(2 + 2 * count));
    REQUIRE(*record->cells[1] == fmt::format("line\n{}", count));
    ++count;
  }
  CHECK(count == 40'000);
}

TEST_CASE("a header that does not fit names what it knows") {
  struct Row {
    std::string text, refusal;
  };
  for (const auto& row :
       {Row{"key,nmae\n", "line 1, the header: unknown column \"nmae\"; did you mean \"name\"?"},
        Row{"key,teléfono\n", "line 1, the header: unknown column \"teléfono\"; known are key, name, year"},
        Row{"\n# comment\nkey,\n", "line 3, the header: unknown column \"\"; known are key, name, year"},
        Row{"name,year\n", "line 1, the header: the column \"key\" is missing"},
        Row{"key,Key\n", "line 1, the header: the column \"key\" stands there twice"},
        Row{"key,\"name\n", "line 1, the header: it has a quote that is never closed"},
        Row{"key,nombre\xF1\n", "line 1, the header: it is not UTF-8: save the file as UTF-8 (in Excel: CSV UTF-8)"},
        Row{std::string("\xFF\xFEk\0e\0y\0\n\0", 10),
            "line 1, the header: it is not UTF-8: save the file as UTF-8 (in Excel: CSV UTF-8)"}}) {
    INFO(row.text);
    CHECK(header_refusal(row.text) == row.refusal);
  }
}

TEST_CASE("whatever cells hold, they are read as they were quoted") {
  std::mt19937 random(20261127);
  const auto below = [&](int bound) { return std::uniform_int_distribution<int>(0, bound - 1)(random); };
  constexpr std::string_view letters = "ab,;\t\"\"\n\r ";
  for (int round = 0; round < 2'000; ++round) {
    const char separator = ",;\t"[below(3)];
    std::string text, expected;
    std::size_t rows = 0;
    for (int row = below(6); row >= 0; --row) {
      for (int column = 0; column < 3; ++column) {
        std::string cell = column == 0 ? "k" : "", quoted;
        for (int length = below(6); length > 0; --length)
          cell += letters[static_cast<std::size_t>(below(static_cast<int>(letters.size())))];
        for (const char c : cell) quoted += c == '"' ? "\"\"" : std::string(1, c);
        text += (column == 0 ? "" : std::string(1, separator)) + '"' + quoted + '"';
        expected += cell + '\0';
      }
      text += below(2) == 0 ? "\n" : "\r\n";
      ++rows;
    }
    std::istringstream input(text);
    CsvReader reader(Source(input), separator, 1);
    std::string read;
    while (const auto row = reader.next()) {
      REQUIRE(row->refusal.empty());
      for (const auto& cell : row->cells) read += cell + '\0';
      --rows;
    }
    INFO(text);
    REQUIRE(read == expected);
    REQUIRE(rows == 0);
  }
}

TEST_CASE("reading ends on any text, line by line") {
  std::mt19937 random(20261128);
  const auto below = [&](int bound) { return std::uniform_int_distribution<int>(0, bound - 1)(random); };
  constexpr std::string_view letters = "ab,;\"\"\n\r\xF1 ";
  for (int round = 0; round < 2'000; ++round) {
    std::string text;
    for (int length = below(60); length > 0; --length)
      text += letters[static_cast<std::size_t>(below(static_cast<int>(letters.size())))];
    std::istringstream input(text);
    CsvReader reader(Source(input), ',', 1);
    std::size_t last = 0;
    const auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1;
    INFO(text);
    while (const auto row = reader.next()) {
      REQUIRE(row->line > last);
      last = row->line;
    }
    REQUIRE(last <= lines);
  }
}
