#include "core/ladder_key.hpp"

#include "core/renewal.hpp"
#include "support/catch.hpp"

using namespace egarage::core;
using std::chrono::days;

TEST_CASE("a step's key names the date and the side of it") {
  const auto date = *parse_date("2026-12-01");
  CHECK(to_string(LadderKey{date, days{-30}}) == "2026-12-01/T-30");
  CHECK(to_string(LadderKey{date, days{0}}) == "2026-12-01/T-0");
  CHECK(to_string(LadderKey{date, days{7}}) == "2026-12-01/T+7");
}

TEST_CASE("the step is found in keys of ladders, and in no others") {
  const auto date = *parse_date("2026-12-01");
  CHECK(ladder_key_in("SUSCRIPCION_VENCE/2026-12-01/T-5/email") == LadderKey{date, days{-5}});
  CHECK(ladder_key_in("SUSCRIPCION_VENCE/2026-12-01/T-0/email") == LadderKey{date, days{0}});
  CHECK(ladder_key_in("PAGO_PENDIENTE/factura/77/2026-12-01/T+30/sms") == LadderKey{date, days{30}});
  for (const auto* other : {"", "email", "T-5/email", "2026-12-01/T-5/email", "SUSCRIPCION_VENCE/sub-77/email",
                            "SUSCRIPCION_VENCE/2026-12-01/T5/email", "SUSCRIPCION_VENCE/2026-12-01/T-/email",
                            "SUSCRIPCION_VENCE/2026-12-01/T-5x/email", "SUSCRIPCION_VENCE/2026-12-01/T-99999/email",
                            "SUSCRIPCION_VENCE/2026-02-30/T-5/email", "SUSCRIPCION_VENCE/2026-12-01/T-5"}) {
    INFO(other);
    CHECK_FALSE(ladder_key_in(other));
  }
}

TEST_CASE("a notice stays true while the end stays where it was") {
  const auto announced = *parse_date("2026-12-01");
  CHECK_FALSE(renewal(announced, announced));
  CHECK(renewal(announced, parse_date("2027-12-01")) == "renewed until 2027-12-01");
  CHECK(renewal(announced, parse_date("2026-11-01")) == "the subscription now ends on 2026-11-01");
  CHECK(renewal(announced, std::nullopt) == "the subscription has no end any more");
}
