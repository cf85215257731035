#include "core/company_values.hpp"

#include <string>

#include "support/catch.hpp"

using namespace egarage::core;

TEST_CASE("slugs, colours and logos of companies have one look") {
  for (const auto& good : {std::string("taller-sur"), std::string("a"), std::string("24-7"), std::string(64, 'x')}) {
    CHECK(is_company_slug(good));
  }
  for (const auto& bad : {std::string(), std::string("Taller"), std::string("taller sur"), std::string("ñandú"),
                          std::string("a_b"), std::string(65, 'x')}) {
    CHECK_FALSE(is_company_slug(bad));
  }
  for (const auto* good : {"#0a7d4f", "#FFFFFF"}) CHECK(is_colour(good));
  for (const auto* bad : {"", "0a7d4f", "#0a7d4", "#0a7d4g", "#0a7d4f0", "verde"}) CHECK_FALSE(is_colour(bad));
  CHECK(is_logo_link("https://taller.example/logo.png?v=2"));
  for (const auto* bad : {"", "http://taller.example/l.png", "https://a.example/\"onload=", "https://a.example/a b"}) {
    CHECK_FALSE(is_logo_link(bad));
  }
}
