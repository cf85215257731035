#include "config/section.hpp"
#include "config/sections.hpp"

namespace egarage::config {
namespace {

// Faster than any provider lets an account be, and than one run can be.
constexpr double most_per_second = 100'000;
constexpr std::int64_t most_per_day = 100'000'000;

constexpr Key<core::Pace> keys[] = {
    {"per_second", [](const Value& v, core::Pace& p) { p.per_second = v.positive_number(most_per_second); }},
    {"per_day", [](const Value& v, core::Pace& p) { p.per_day = static_cast<int>(v.integer(1, most_per_day)); }},
    {"per_recipient", [](const Value& v, core::Pace& p) { p.per_recipient = v.duration(); }},
};

}  // namespace

core::Pace read_pace(const Value& section, const core::Pace& defaults) {
  core::Pace pace = defaults;
  read_section(section, keys, pace);
  return pace;
}

}  // namespace egarage::config
