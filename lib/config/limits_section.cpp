#include "config/section.hpp"
#include "config/sections.hpp"

namespace egarage::config {
namespace {

// More than one an hour is no limit, and what is more than a year apart never comes.
constexpr std::int64_t most_per_week = 168, most_days = 366;

constexpr Key<core::ContactLimit> limit_keys[] = {
    {"per_week",
     [](const Value& v, core::ContactLimit& l) { l.per_week = static_cast<int>(v.integer(1, most_per_week)); }},
    {"days_apart",
     [](const Value& v, core::ContactLimit& l) { l.days_apart = static_cast<int>(v.integer(0, most_days)); }},
};

template <core::EventClass event_class>
void read_limit(const Value& value, core::ContactLimits& limits) {
  auto& limit = limits[event_class];
  if (value.is_table()) {
    limit = core::default_contact_limit(event_class);
    return read_section(value, limit_keys, limit);
  }
  constexpr std::string_view unlimited[] = {"unlimited"};
  one_of(value, unlimited);
  limit = {};
}

constexpr Key<core::ContactLimits> keys[] = {
    {"transactional", read_limit<core::EventClass::transactional>},
    {"collection", read_limit<core::EventClass::collection>},
    {"promotional", read_limit<core::EventClass::promotional>},
};

}  // namespace

core::ContactLimits read_limits(const Value& section) {
  core::ContactLimits limits;
  read_section(section, keys, limits);
  return limits;
}

}  // namespace egarage::config
