#include "channels/credential_echo.hpp"

#include "support/catch.hpp"

using namespace egarage;
using namespace egarage::channels;

TEST_CASE("a reply that repeats the login, or its beginning, is recognised") {
  const auto secrets = forms_on_the_wire("avisos@example.cl", core::Secret{"correct horse battery"});
  for (const auto* reply : {
           "500 unknown: AUTH PLAIN AGF2aXNvc0BleGFtcGxlLmNsAGNvcnJlY3QgaG9yc2UgYmF0dGVyeQ==",  // PLAIN
           "500 unknown: AUTH PLAIN AGF2aXNvc0BleGFtcG...",                                     // cut off
           "501 bad: Y29ycmVjdCBob3JzZSBiYXR0ZXJ5",                                             // LOGIN
           "535 the password correct horse battery is wrong",
       }) {
    INFO(reply);
    CHECK(repeats_any(reply, secrets));
  }
}

TEST_CASE("an ordinary refusal is not taken for an echo") {
  const auto secrets = forms_on_the_wire("avisos@example.cl", core::Secret{"correct horse battery"});
  CHECK_FALSE(
      repeats_any("5.7.8 Username and Password not accepted. Learn more at https://example.com/login", secrets));
  CHECK_FALSE(repeats_any("5.7.8 authentication failed", forms_on_the_wire("a", core::Secret{})));
}
