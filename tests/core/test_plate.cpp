#include "core/plate.hpp"

#include "support/catch.hpp"

using namespace egarage::core;

TEST_CASE("plates are compared without what people write between and behind their characters") {
  struct Row {
    const char *plate, *country, *normalised;
  };
  for (const auto& row :
       {Row{"BBCL45", "CL", "BBCL45"},   Row{"bb·cl-45", "CL", "BBCL45"},  Row{" BB CL 45 ", "CL", "BBCL45"},
        Row{"BBCL45-K", "CL", "BBCL45"}, Row{"BBCL45-k.", "CL", "BBCL45"}, Row{"BB-CL-45-3", "CL", "BBCL45"},
        Row{"BBCL453", "CL", "BBCL45"},  Row{"BBCL45K", "CL", "BBCL45"},   Row{"BBCL45X", "CL", "BBCL45X"},
        Row{"AB 1234", "CL", "AB1234"},  Row{"AB1234-5", "CL", "AB1234"},  Row{"ABC12-5", "CL", "ABC12"},
        Row{"ABC125", "CL", "ABC125"},   Row{"BBBBB-0", "CL", "BBBBB0"},   Row{"AB-123", "CL", "AB123"},
        Row{"AB123CD", "CL", "AB123CD"}, Row{"7ABC123", "US", "7ABC123"},  Row{"ABC12-5", "US", "ABC125"},
        Row{"BBCL453", "US", "BBCL453"}, Row{"ñ - ·", "CL", ""},           Row{"", "CL", ""}}) {
    INFO(row.plate << " in " << row.country);
    CHECK(normalised_plate(row.plate, row.country) == row.normalised);
  }
}

TEST_CASE("the last digit of a Chilean plate is found in every way of writing it, and in no other country's") {
  struct Row {
    const char* plate;
    std::optional<int> digit;
  };
  for (const auto& row : {Row{"BB-CL-45", 5},
                          Row{"bb cl 40", 0},
                          Row{"BB·CL", std::nullopt},
                          Row{"AB 1234", 4},
                          Row{"AB-12-39", 9},
                          Row{"BBBBB-7", 7},
                          Row{"ABC-12", 2},
                          Row{"ABC012", 2},
                          Row{"ABC12-5", 2},
                          Row{"AB-123", 3},
                          Row{"BBBB-0", 0},
                          Row{"BBCL45-K", 5},
                          Row{"BB-CL-45-3", 5},
                          Row{"BBCL453", 5},
                          Row{"AB123CD", std::nullopt},
                          Row{"ABC1D23", std::nullopt},
                          Row{"1234", std::nullopt},
                          Row{"12ABCD", std::nullopt},
                          Row{"BB4L45", std::nullopt},
                          Row{"BBCL4567", std::nullopt},
                          Row{"-", std::nullopt},
                          Row{"", std::nullopt}}) {
    INFO(row.plate);
    CHECK(last_plate_digit(normalised_plate(row.plate, "CL"), "CL") == row.digit);
  }
  CHECK(last_plate_digit("7ABC123", "US") == 3);
  CHECK_FALSE(last_plate_digit("ABC", "US"));
}
