#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "core/html.hpp"
#include "core/utf8.hpp"
#include "report/csv.hpp"
#include "report/statistics.hpp"
#include "report/statistics_tables.hpp"
#include "report/wording.hpp"

namespace egarage::report {
namespace {

using Json = nlohmann::ordered_json;

std::string_view state_name(core::Status status) { return core::to_string(status); }

Json counts_json(const Counts& counts, std::string_view (*name)(core::Status)) {
  Json object = Json::object();
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] != 0) object[std::string(name(core::status_names[i].first))] = counts[i];
  }
  return object;
}

Json breakdown_json(const std::vector<NamedCounts>& rows) {
  Json object = Json::object();
  for (const auto& row : rows) object[row.name] = counts_json(row.counts, period_name);
  return object;
}

std::string escaped(std::string_view text) { return core::html_escaped(core::one_line(text)); }

std::string html_table(const Table& table) {
  const auto line = [&](std::string_view tag, const auto& cells) {
    std::string html = "<tr>";
    for (std::size_t i = 0; i < cells.size(); ++i) {
      html += fmt::format("<{0}{1}>{2}</{0}>", tag, table.columns()[i].align == Align::right ? " class=\"n\"" : "",
                          escaped(cells[i]));
    }
    return html + "</tr>\n";
  };
  std::vector<std::string> headings;
  for (const auto& column : table.columns()) headings.push_back(column.heading);
  std::string html = "<table>\n" + line("th", headings);
  for (const auto& row : table.rows()) html += line("td", row);
  return html + "</table>\n";
}

constexpr std::string_view style =
    "body{font:15px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#1c2733}"
    "h1{font-size:1.4rem}h2{font-size:1.1rem;margin-top:2rem}table{border-collapse:collapse}"
    "th,td{padding:.25rem .75rem;text-align:left;border-bottom:1px solid #dde3ea;vertical-align:top}"
    ".n{text-align:right;font-variant-numeric:tabular-nums}p{color:#52606d}"
    "@media(prefers-color-scheme:dark){body{background:#12181f;color:#d5dde5}th,td{border-color:#2b3642}p{color:#"
    "93a1b0}}";

}  // namespace

std::string statistics_json(const Statistics& statistics) {
  Json json;
  json["since"] = core::format_instant(statistics.since);
  json["until"] = core::format_instant(statistics.now);
  json["company"] = statistics.company ? Json(*statistics.company) : Json();
  json["now"] = counts_json(statistics.now_in, state_name);
  json["total"] = counts_json(statistics.total, period_name);
  json["by_event"] = breakdown_json(statistics.by_event);
  json["by_channel"] = breakdown_json(statistics.by_channel);
  json["by_company"] = breakdown_json(statistics.by_company);
  json["failures"] = Json::array();
  for (const auto& failure : statistics.failures) {
    json["failures"].push_back({{"id", failure.id.value},
                                {"at", core::format_instant(failure.at)},
                                {"company", failure.company},
                                {"event", core::to_string(failure.event)},
                                {"channel", core::to_string(failure.channel)},
                                {"status", core::to_string(failure.status)},
                                {"reason", without_addresses(failure.reason)}});
  }
  json["accounts"] = Json::array();
  for (const auto& account : statistics.accounts) {
    const auto& health = account.health;
    json["accounts"].push_back({{"company", account.company.empty() ? Json() : Json(account.company)},
                                {"channel", core::to_string(account.channel)},
                                {"template", account.template_name.empty() ? Json() : Json(account.template_name)},
                                {"state", core::name_of(store::account_state_names, health.state)},
                                {"retry_at", health.retry_at ? Json(core::format_instant(*health.retry_at)) : Json()},
                                {"failures", health.failures},
                                {"reason", without_addresses(health.reason)}});
  }
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string statistics_csv(const Statistics& statistics) {
  std::string csv = "company,event,channel,status,count\r\n";
  for (const auto& row : statistics.rows) {
    csv += fmt::format("{},{},{},{},{}\r\n", csv_cell(row.company), core::to_string(row.event),
                       core::to_string(row.channel), period_name(row.status), row.count);
  }
  return csv;
}

std::string statistics_html(const Statistics& statistics) {
  std::string html = fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
      "content=\"width=device-width\">\n<title>{0}</title>\n<style>{1}</style>\n</head>\n<body>\n<h1>{0}</h1>\n",
      escaped(title(statistics)), style);
  for (const auto& section : sections(statistics)) {
    html += fmt::format("<h2>{}</h2>\n", escaped(section.heading));
    if (!section.table.empty()) html += html_table(section.table);
    if (!section.note.empty()) html += fmt::format("<p>{}</p>\n", escaped(section.note));
  }
  return html + "</body>\n</html>\n";
}

}  // namespace egarage::report
