#include "delivery/group_commit.hpp"

#include "support/catch.hpp"

using namespace egarage;
using delivery::GroupCommit;
using namespace std::chrono_literals;

TEST_CASE("marks alone rest half as long as the last commit took, and never longer than half a window") {
  const channels::SteadyTime began{1h};
  struct Row {
    std::chrono::milliseconds took, rest;
  };
  for (const auto& [took, rest] : {Row{0ms, 0ms}, Row{2ms, 1ms}, Row{20ms, 10ms}, Row{90ms, 10ms}}) {
    CAPTURE(took.count());
    GroupCommit commits;
    commits.take(began);
    commits.written(began + took);
    CHECK(commits.worth_it_at() == began + took + rest);
  }
}

TEST_CASE("before the first commit marks rest for nothing") {
  CHECK(GroupCommit{}.worth_it_at() <= channels::SteadyTime{});
}
