#include "content/lint/samples.hpp"

namespace egarage::content {

std::vector<core::Language> Sample::languages() const {
  std::vector<core::Language> all{language};
  for (const auto& [other, name] : core::language_names) {
    if (other != language) all.push_back(other);
  }
  return all;
}

nlohmann::json Sample::context(const LintSurroundings& surroundings) const {
  const auto place = company.country == "US" ? Place::usa : Place::chile;
  return make_context(sample_objects(event, place, detail), company, surroundings.platform,
                      core::traits(event).audience, locality(surroundings).time_zone, surroundings.now);
}

Locality Sample::locality(const LintSurroundings& surroundings) const {
  return {company.currency, core::TimeZone::locate(company.time_zone).value_or(core::TimeZone::utc()),
          surroundings.now};
}

}  // namespace egarage::content
