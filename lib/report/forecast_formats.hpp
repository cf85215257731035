#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/time_zone.hpp"
#include "report/explain.hpp"
#include "report/forecast.hpp"
#include "store/directory.hpp"

namespace egarage::report {

/// The clock of each company, by slug; UTC where this system does not know its zone.
class Zones {
 public:
  explicit Zones(const std::vector<store::StoredCompany>& companies);
  core::TimeZone of(const std::string& slug) const;

 private:
  std::map<std::string, core::TimeZone> zones_;
};

/// A table of days (by the companies' own clocks) with the number of messages of each kind, then what would not go out
/// and why. Unmasked, every message has a line as well.
std::string forecast_text(const Forecast& forecast, const ForecastOrder& order, const Zones& zones, Privacy privacy);
/// A line for each message: local time, company, event, channel, status, recipient, key, reason. CRLF, RFC 4180.
std::string forecast_csv(const Forecast& forecast, const Zones& zones, Privacy privacy);
/// One object; times are RFC 3339 UTC.
std::string forecast_json(const Forecast& forecast, Privacy privacy);

}  // namespace egarage::report
