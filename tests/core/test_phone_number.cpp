#include <array>
#include <fstream>
#include <map>
#include <sstream>
#include <vector>

#include "core/masking.hpp"
#include "core/phone_number.hpp"
#include "support/catch.hpp"

using namespace egarage::core;

namespace {

struct Row {
  std::string country, typed, expected, remark;
};

/// The rows of phone_numbers.txt.
std::vector<Row> rows() {
  std::ifstream file(EGARAGE_SOURCE_DIR "/tests/core/phone_numbers.txt");
  std::vector<Row> rows;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line.starts_with('#')) continue;
    std::istringstream fields(line);
    Row row;
    std::getline(fields, row.country, '|');
    std::getline(fields, row.typed, '|');
    std::getline(fields, row.expected, '|');
    std::getline(fields, row.remark);
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace

TEST_CASE("numbers as people type them become E.164 or are refused with the reason") {
  const auto table = rows();
  REQUIRE(table.size() >= 200);
  for (const auto& [country, typed, expected, remark] : table) {
    const auto number = PhoneNumber::parse(typed, country);
    const auto refusal = PhoneNumber::explain_refusal(typed, country);
    INFO(country << ": \"" << typed << "\" " << refusal);
    if (expected == "refused") {
      CHECK_FALSE(number);
      REQUIRE_FALSE(remark.empty());
      CHECK(refusal.find(remark) != refusal.npos);
      continue;
    }
    CHECK(refusal == "");
    REQUIRE(number);
    CHECK(number->str() == expected);
    CHECK(name_of(phone_kind_names, number->kind()) == remark);
    // What is stored reads as itself wherever it is read.
    for (const auto* elsewhere : {"CL", "US", "DE", ""}) CHECK(PhoneNumber::parse(expected, elsewhere) == number);
  }
}

TEST_CASE("marks that telephones copy along do not change a number") {
  for (const auto* typed : {"\u202A+56 9 6123 4567\u202C", "\u200E+56961234567", "+56\u00A09\u00A06123\u202F4567",
                            "\uFEFF961234567", "9\u200B61234567", "\u2066961234567\u2069", "9\t6123\r\n4567"}) {
    const auto number = PhoneNumber::parse(typed, "CL");
    REQUIRE(number);
    CHECK(number->str() == "+56961234567");
  }
}

TEST_CASE("broken octets are no number") {
  using namespace std::string_literals;
  for (const auto& typed : {"96123456\xFF"s, "\xD9"s, "961234567\0"s, "961234567\0 961234567"s, "9\x1B[2J61234567"s,
                            std::string(1'000'000, '9'), std::string(101, ' ')}) {
    CHECK_FALSE(PhoneNumber::parse(typed, "CL"));
    CHECK_FALSE(PhoneNumber::explain_refusal(typed, "CL").empty());
  }
}

TEST_CASE("only telephones that show them are sent SMS") {
  const std::map<std::string, bool> takes = {{"+56 9 6123 4567", true},
                                             {"+56 2 2123 4567", false},
                                             {"+56 44 123 4567", false},
                                             {"+1 212 456 7890", true},
                                             {"+34 912 345 678", false}};
  for (const auto& [typed, expected] : takes) {
    INFO(typed);
    CHECK(PhoneNumber::parse(typed, "CL").value().takes_sms() == expected);
  }
}

TEST_CASE("a number tells its country") {
  for (const auto& [typed, country] : std::map<std::string, std::string>{{"+56961234567", "CL"},
                                                                         {"+12124567890", "US"},
                                                                         {"+17872345678", "PR"},
                                                                         {"+14162345678", "CA"},
                                                                         {"+447400123456", "GB"},
                                                                         {"+77012345678", "KZ"}}) {
    CHECK(PhoneNumber::parse(typed, "CL").value().country() == country);
  }
}

TEST_CASE("a masked recipient shows a number's country and end, or an address's domain") {
  for (const auto& [recipient, masked] : std::map<std::string, std::string>{{"+56961234567", "+56 9 ••• 4567"},
                                                                            {"+12124567890", "+1 2 ••• 7890"},
                                                                            {"+77012345678", "+7 7 ••• 5678"},
                                                                            {"+59171234567", "+591 7 ••• 4567"},
                                                                            {"+29051234", "+290 ••• 34"},
                                                                            {"+5112345678", "+51 1 ••• 5678"},
                                                                            {"ana.soto@example.cl", "a…@example.cl"},
                                                                            {"961234567", "…"},
                                                                            {"+56 9 6123 4567", "…"},
                                                                            {"+569612345671234", "+56 9 ••• 1234"},
                                                                            {"+56961234567123456", "…"},
                                                                            {"+", "…"},
                                                                            {"", "…"}}) {
    INFO(recipient);
    CHECK(mask_recipient(recipient) == masked);
  }
}
