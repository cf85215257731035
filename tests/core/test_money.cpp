#include "core/money.hpp"

#include "support/catch.hpp"

using namespace egarage::core;

TEST_CASE("amounts are read and written with the decimals of their currency") {
  struct Row {
    const char *text, *currency;
    std::int64_t minor;
    const char* written;
  };
  for (const auto& row :
       {Row{"45990", "CLP", 45'990, "45990"}, Row{"45990.0", "CLP", 45'990, "45990"},
        Row{"45990.00", "CLP", 45'990, "45990"}, Row{"-20", "CLP", -20, "-20"}, Row{"0", "CLP", 0, "0"},
        Row{"120.5", "USD", 12'050, "120.50"}, Row{"120", "USD", 12'000, "120.00"}, Row{"0.07", "USD", 7, "0.07"},
        Row{"-0.07", "USD", -7, "-0.07"}, Row{"007.10", "USD", 710, "7.10"},
        Row{"999999999999999.99", "USD", 99'999'999'999'999'999, "999999999999999.99"},
        Row{"1.234", "KWD", 1'234, "1.234"}, Row{"1.2345", "CLF", 12'345, "1.2345"},
        Row{"12.30", "XXX", 1'230, "12.30"}}) {
    INFO(row.text << ' ' << row.currency);
    const auto amount = parse_money(row.text, row.currency);
    REQUIRE(amount);
    CHECK(amount->minor == row.minor);
    CHECK(amount->currency == row.currency);
    CHECK(format_money(*amount) == row.written);
    CHECK(parse_money(row.written, row.currency) == amount);
  }
}

TEST_CASE("what may mean another amount is none") {
  struct Row {
    const char *text, *currency;
  };
  for (const auto& row :
       {Row{"", "CLP"}, Row{"-", "CLP"}, Row{"1.000", "CLP"}, Row{"45.990", "CLP"}, Row{"45990.5", "CLP"},
        Row{"1,000", "CLP"}, Row{"$100", "CLP"}, Row{"1 000", "CLP"}, Row{"+5", "CLP"}, Row{"--5", "CLP"},
        Row{"1e5", "CLP"}, Row{"1.234", "USD"}, Row{"1234.567", "USD"}, Row{"12,50", "USD"}, Row{".50", "USD"},
        Row{"5.", "USD"}, Row{"1.2.3", "USD"}, Row{"1.-5", "USD"}, Row{"1000000000000000", "USD"}}) {
    INFO(row.text << ' ' << row.currency);
    CHECK_FALSE(parse_money(row.text, row.currency));
  }
}

TEST_CASE("a currency code is three capital letters") {
  for (const auto* code : {"CLP", "USD", "EUR"}) CHECK(is_currency_code(code));
  for (const auto* code : {"", "CL", "clp", "CLPX", "C1P", "ÑÑÑ"}) CHECK_FALSE(is_currency_code(code));
}
