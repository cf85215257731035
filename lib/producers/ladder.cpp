#include "producers/ladder.hpp"

#include <algorithm>

namespace egarage::producers {

using std::chrono::days;
using std::chrono::sys_days;

std::optional<LadderStep> step_on(core::Date today, core::Date date, const LadderRules& rules, Heard heard) {
  const days reached = sys_days{today} - sys_days{date};
  if (heard == Heard::nothing && reached > rules.first_notice_within) return std::nullopt;
  std::optional<days> current, next;
  for (const auto step : rules.steps) {
    if (step <= reached) {
      current = std::max(step, current.value_or(step));
    } else {
      next = std::min(step, next.value_or(step));
    }
  }
  if (!current) return std::nullopt;
  if (*current <= days{0}) {
    // "It ends in so many days" is untrue afterwards, whether or not something else is to be said then.
    if (reached > days{0}) return std::nullopt;
    next = std::min(days{1}, next.value_or(days{1}));
  }
  LadderStep step{*current, std::nullopt};
  if (next) step.until = core::Date{sys_days{date} + *next};
  return step;
}

std::vector<Stretch> stretches(const LadderRules& rules, days late) {
  std::vector<Stretch> result;
  if (rules.steps.empty()) return result;
  const auto [least, most] = std::ranges::minmax(rules.steps);
  constexpr sys_days date{};
  for (auto reached = most + late; reached >= least; --reached) {
    const auto step = step_on(date + reached, date, rules, Heard::something);
    if (!step) continue;
    if (result.empty() || result.back().step != step->offset) result.push_back({step->offset, reached, reached});
    result.back().first = reached;
  }
  return result;
}

}  // namespace egarage::producers
