#pragma once

#include <chrono>
#include <optional>
#include <vector>

#include "core/instant.hpp"

namespace egarage::producers {

/// When somebody is told about a date: so many days before it (negative), on the day (0), and after it (positive).
struct LadderRules {
  std::vector<std::chrono::days> steps;   ///< in any order; the same day twice counts once; empty: nobody is told
  std::chrono::days first_notice_within;  ///< after the date; who was never told by then is left alone
};

/// What has been made of a ladder so far.
enum class Heard { nothing, something };

/// The step that makes sense on a day.
struct LadderStep {
  std::chrono::days offset{};
  std::optional<core::Date> until;  ///< from that day on it makes no sense any more; empty: as long as its reason holds
};

/// The step to take on `today`: the latest one whose day has come. Earlier ones were for days that are over, so that a
/// missed week brings one notice, not all that were missed. A step before the date, or on it, makes sense until the
/// next one's day comes, at most to the end of the date itself; one after the date until the next one's day. Empty: no
/// step's day has come, all that came are over, or the date lies further back than `first_notice_within` and nothing
/// was heard.
///
/// It says which step makes sense, not whether it was taken: the dedup key (core/ladder_key.hpp) remembers that.
std::optional<LadderStep> step_on(core::Date today, core::Date date, const LadderRules& rules, Heard heard);

/// The days on which a step makes sense, counted from the date as steps are.
struct Stretch {
  std::chrono::days step{}, first{}, last{};
};

/// Every step's days, as step_on tells them for somebody who has heard something: so that those who are to be told can
/// be looked for by their dates. The latest step comes first, for it is about the date that is longest past. The last
/// step would make sense for ever; here it does up to `late` days after its own.
std::vector<Stretch> stretches(const LadderRules& rules, std::chrono::days late);

}  // namespace egarage::producers
