#include "core/period_key.hpp"

#include "core/key_part.hpp"
#include "support/catch.hpp"

using namespace egarage::core;
using std::chrono::months;

TEST_CASE("a period's key names the day and the months since") {
  CHECK(to_string(PeriodKey{*parse_date("2025-11-27"), months{12}}) == "2025-11-27/M+12");
}

TEST_CASE("the period is found in keys that end in one, and in no others") {
  const PeriodKey key{*parse_date("2025-11-27"), months{24}};
  CHECK(period_key_in("CLIENTE_INACTIVO/c-7/2025-11-27/M+24/email") == key);
  CHECK(period_key_in("CLIENTE_INACTIVO/a%2Fb/2025-11-27/M+24/sms") == key);
  for (const auto* other :
       {"", "email", "M+24/email", "2025-11-27/M+24/email", "CLIENTE_INACTIVO/c-7/email",
        "CLIENTE_INACTIVO/c-7/2025-11-27/M24/email", "CLIENTE_INACTIVO/c-7/2025-11-27/M+/email",
        "CLIENTE_INACTIVO/c-7/2025-11-27/M+0/email", "CLIENTE_INACTIVO/c-7/2025-11-27/M+99999/email",
        "CLIENTE_INACTIVO/c-7/2025-02-30/M+12/email", "CLIENTE_INACTIVO/c-7/2025-11-27/T-5/email"}) {
    INFO(other);
    CHECK_FALSE(period_key_in(other));
  }
}

TEST_CASE("a host's key is one part of a dedup key, and no two read alike") {
  CHECK(key_part("F-1042") == "F-1042");
  CHECK(key_part("F/77") == "F%2F77");
  CHECK(key_part("F%2F77") == "F%252F77");
  CHECK(key_part("") == "");
}
