#pragma once

// Debian 12 packages Catch2 v2, newer systems v3; the tests include this header and mean either.
#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif
