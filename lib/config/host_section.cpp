#include "config/section.hpp"
#include "config/sections.hpp"

namespace egarage::config {

namespace {

/// Ten years: what lies further away is a mistake.
constexpr std::int64_t most_days = 3660;

constexpr Key<HostSettings> host_keys[] = {
    {"database", [](const Value& v, HostSettings& s) { s.database = v.path(); }},
    {"recheck_days", [](const Value& v, HostSettings& s) { s.recheck = std::chrono::days{v.integer(0, most_days)}; }},
};

std::chrono::days whole_days(const Value& value) {
  const auto duration = value.duration();
  const auto days = std::chrono::floor<std::chrono::days>(duration);
  if (days < duration || days > std::chrono::days{most_days})
    value.refuse("is not a number of days", "Write whole days, at most ten years: \"400d\".");
  return days;
}

constexpr Key<RetentionSettings> retention_keys[] = {
    {"finished", [](const Value& v, RetentionSettings& s) { s.finished = whole_days(v); }},
    {"audit", [](const Value& v, RetentionSettings& s) { s.audit = whole_days(v); }},
};

}  // namespace

HostSettings read_host(const Value& section) {
  HostSettings settings;
  read_section(section, host_keys, settings);
  if (settings.database.empty()) {
    section.refuse("has no database", "Add the line database = \"/srv/egarage/db.sqlite3\", or leave the section out.");
  }
  return settings;
}

RetentionSettings read_retention(const Value& section) {
  RetentionSettings settings;
  read_section(section, retention_keys, settings);
  if (settings.audit < settings.finished) {
    section.member_or_self("audit").refuse("is shorter than \"finished\"",
                                           "What is finished must be explained as long as it is there.");
  }
  return settings;
}

}  // namespace egarage::config
