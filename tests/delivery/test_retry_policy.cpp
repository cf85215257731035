#include "delivery/retry_policy.hpp"

#include "support/catch.hpp"

using namespace egarage::delivery;
using namespace std::chrono_literals;
using egarage::core::Instant;

namespace {
constexpr double no_jitter = 0.5;
const Instant start{1'800'000'000s};
}  // namespace

TEST_CASE("waits double from five minutes to six hours") {
  const RetryPolicy policy;
  const std::chrono::minutes expected[] = {5min, 10min, 20min, 40min, 80min, 160min, 320min, 360min, 360min};
  for (int attempt = 1; attempt <= 9; ++attempt) {
    CHECK(backoff(policy, attempt, no_jitter) == expected[attempt - 1]);
  }
  CHECK(backoff(policy, 1'000'000, no_jitter) == 6h);
}

TEST_CASE("jitter moves a wait by at most a fifth either way") {
  const RetryPolicy policy;
  CHECK(backoff(policy, 1, 0.0) == 4min);
  CHECK(backoff(policy, 1, 0.999999) >= 5min + 59s);
  CHECK(backoff(policy, 1, 0.999999) <= 6min);
}

TEST_CASE("the provider's own wish is honoured, up to the longest wait") {
  const RetryPolicy policy;
  CHECK(next_attempt(policy, 1, start, start, 60min, no_jitter) == start + 60min);
  CHECK(next_attempt(policy, 1, start, start, 1s, no_jitter) == start + 5min);
  CHECK(next_attempt(policy, 1, start, start, 48h, no_jitter) == start + 6h);
}

TEST_CASE("it gives up after five days or the last attempt") {
  const RetryPolicy policy;
  CHECK(next_attempt(policy, 25, start, start + 24h, {}, no_jitter).has_value());
  CHECK_FALSE(next_attempt(policy, 26, start, start + 24h, {}, no_jitter).has_value());
  CHECK_FALSE(next_attempt(policy, 3, start, start + 5 * 24h, {}, no_jitter).has_value());
}

TEST_CASE("the standard schedule lasts about five days") {
  const RetryPolicy policy;
  auto now = start;
  int attempts = 1;
  for (auto next = next_attempt(policy, attempts, start, now, {}, no_jitter); next;
       next = next_attempt(policy, attempts, start, now, {}, no_jitter)) {
    now = *next;
    ++attempts;
  }
  CHECK(now - start > 4 * 24h);
  CHECK(now - start <= 5 * 24h);
}
