#include "core/graph_version.hpp"

#include "support/catch.hpp"

using namespace egarage::core;

TEST_CASE("versions of the Graph API below 21 have expired") {
  for (const char* expired : {"v1.0", "v2.9", "v17.0", "v20.0"}) CHECK(is_expired_graph_version(expired));
  for (const char* living : {"v21.0", "v25.0", "v26.0", "v99.9"}) CHECK_FALSE(is_expired_graph_version(living));
}

TEST_CASE("what is no version is read as none") {
  for (const char* text : {"", "v", "25.0", "v25", "v25.", "v.0", "v-5.0", "v+5.0", "v25.0 ", "v25.00", "v025.0",
                           "v0.0", "v25.0/x", "V25.0", "v999999999999.0"}) {
    INFO(text);
    CHECK_FALSE(parse_graph_version(text));
    CHECK_FALSE(is_expired_graph_version(text));
  }
  CHECK(parse_graph_version("v25.0") == GraphVersion{25, 0});
}
