#include "report/forecast_formats.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <tuple>

#include "core/masking.hpp"
#include "report/csv.hpp"
#include "report/table.hpp"
#include "report/wall_clock.hpp"
#include "report/wording.hpp"

namespace egarage::report {
namespace {

using store::Watched;

bool goes_out(const Watched& one) { return one.status == core::Status::accepted; }

core::Instant time_of(const Watched& one) { return one.due_at.value_or(one.changed_at); }

std::string shown(const std::string& recipient, Privacy privacy) {
  return privacy == Privacy::full ? recipient : core::mask_recipient(recipient);
}

std::string number(std::size_t count) { return with_thousands(static_cast<std::int64_t>(count)); }

std::string by_day(const Forecast& forecast, const Zones& zones) {
  using Line = std::tuple<std::string, std::string, core::Event, core::Channel>;
  std::map<Line, std::size_t> counts;
  std::size_t sum = 0;
  for (const auto& one : forecast.messages) {
    if (!goes_out(one)) continue;
    const auto day = wall_clock_minute(time_of(one), zones.of(one.company)).substr(0, 10);
    ++counts[{day, one.company, one.event, one.channel}];
    ++sum;
  }
  if (counts.empty()) return "  Nothing.\n";
  Table table({{"day"}, {"company"}, {"event"}, {"channel"}, {"messages", Align::right}});
  for (const auto& [line, count] : counts) {
    const auto& [day, company, event, channel] = line;
    table.add_row(
        {day, company, std::string(core::to_string(event)), std::string(core::to_string(channel)), number(count)});
  }
  table.add_row({"in all", "", "", "", number(sum)});
  return table.text();
}

std::string each(const Forecast& forecast, const Zones& zones) {
  Table table({{"time"}, {"company"}, {"event"}, {"channel"}, {"recipient"}, {"key"}});
  for (const auto& one : forecast.messages) {
    if (!goes_out(one)) continue;
    table.add_row({wall_clock_minute(time_of(one), zones.of(one.company)), one.company,
                   std::string(core::to_string(one.event)), std::string(core::to_string(one.channel)), one.recipient,
                   one.dedup_key});
  }
  return table.empty() ? "" : "\nEach message\n" + table.text();
}

std::string tally(std::string_view heading, const std::map<std::string, std::size_t>& counts) {
  if (counts.empty()) return "";
  Table table({{"", Align::right}, {""}});
  for (const auto& [what, count] : counts) table.add_row({number(count), what});
  return fmt::format("\n{}\n{}", heading, table.text());
}

std::string otherwise(const Forecast& forecast) {
  std::map<std::string, std::size_t> counts;
  for (const auto& one : forecast.messages) {
    if (goes_out(one)) continue;
    ++counts[fmt::format("{}: {} by {}, {}{}", one.company, core::to_string(one.event), core::to_string(one.channel),
                         core::to_string(one.status),
                         one.reason.empty() ? "" : " (" + without_addresses(one.reason) + ")")];
  }
  return tally("Would not go out, or not yet", counts);
}

nlohmann::ordered_json as_object(const std::map<std::string, std::size_t>& counts) {
  auto object = nlohmann::ordered_json::object();
  for (const auto& [what, count] : counts) object[what] = count;
  return object;
}

}  // namespace

Zones::Zones(const std::vector<store::StoredCompany>& companies) {
  for (const auto& [id, company] : companies) {
    if (const auto zone = core::TimeZone::locate(company.time_zone)) zones_.emplace(company.slug, *zone);
  }
}

core::TimeZone Zones::of(const std::string& slug) const {
  const auto known = zones_.find(slug);
  return known == zones_.end() ? core::TimeZone::utc() : known->second;
}

std::string forecast_text(const Forecast& forecast, const ForecastOrder& order, const Zones& zones, Privacy privacy) {
  auto text = fmt::format("Would go out from {} to {} UTC, by the companies' own clocks\n",
                          wall_clock_minute(order.from, core::TimeZone::utc()),
                          wall_clock_minute(order.until, core::TimeZone::utc()));
  text += by_day(forecast, zones);
  if (privacy == Privacy::full) text += each(forecast, zones);
  text += otherwise(forecast);
  text += tally("Cannot be made", forecast.failed);
  text += tally("Not made, as of now", forecast.skipped);
  return text;
}

std::string forecast_csv(const Forecast& forecast, const Zones& zones, Privacy privacy) {
  std::string csv = "time,company,event,channel,status,recipient,key,reason\r\n";
  for (const auto& one : forecast.messages) {
    csv += fmt::format("{},{},{},{},{},{},{},{}\r\n", wall_clock_minute(time_of(one), zones.of(one.company)),
                       csv_cell(one.company), core::to_string(one.event), core::to_string(one.channel),
                       core::to_string(one.status), csv_cell(shown(one.recipient, privacy)), csv_cell(one.dedup_key),
                       csv_cell(one.reason));
  }
  return csv;
}

std::string forecast_json(const Forecast& forecast, Privacy privacy) {
  auto messages = nlohmann::ordered_json::array();
  for (const auto& one : forecast.messages) {
    messages.push_back({{"at", core::format_instant(time_of(one))},
                        {"company", one.company},
                        {"event", core::to_string(one.event)},
                        {"channel", core::to_string(one.channel)},
                        {"status", core::to_string(one.status)},
                        {"recipient", shown(one.recipient, privacy)},
                        {"key", one.dedup_key},
                        {"reason", privacy == Privacy::full ? one.reason : without_addresses(one.reason)}});
  }
  const nlohmann::ordered_json json{{"messages", std::move(messages)},
                                    {"skipped", as_object(forecast.skipped)},
                                    {"failed", as_object(forecast.failed)}};
  return json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + '\n';
}

}  // namespace egarage::report
