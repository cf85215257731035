#include "app/terminal/producer_words.hpp"

#include <fmt/format.h>

#include <iterator>
#include <map>
#include <utility>

#include "report/wording.hpp"

namespace egarage::app {

namespace {

using core::DryRun;
using Missing = std::vector<producers::ProducerReport::Missing>;

std::string sums(const producers::ProducerReport& report, DryRun dry_run) {
  const auto number = [](std::size_t count) { return report::with_thousands(static_cast<std::int64_t>(count)); };
  auto line = fmt::format("{} notification{} {}", number(report.created.size()), report.created.size() == 1 ? "" : "s",
                          dry_run == DryRun::yes ? "to be created" : "created");
  if (!report.cancelled.empty()) line += fmt::format(", {} cancelled", number(report.cancelled.size()));
  if (!report.skipped.empty()) line += fmt::format(", {} skipped", number(report.skipped.size()));
  if (!report.failed.empty()) line += fmt::format(", {} failed", number(report.failed.size()));
  return line + '\n';
}

std::string each(const producers::ProducerReport& report) {
  std::string lines;
  const auto out = std::back_inserter(lines);
  for (const auto& one : report.created) {
    fmt::format_to(out, "{}: {}, due {}\n", one.company, one.dedup_key, core::format_instant(one.due_at));
  }
  for (const auto& one : report.cancelled) {
    fmt::format_to(out, "{}: {} cancelled: {}\n", one.company, one.dedup_key, one.reason);
  }
  return lines;
}

/// A line for each company and reason: thousands of customers may have opted out.
std::string skipped(const Missing& missing) {
  std::map<std::pair<std::string_view, std::string_view>, std::size_t> counts;
  for (const auto& one : missing) ++counts[{one.company, one.reason}];
  std::string lines;
  for (const auto& [what, count] : counts) {
    lines +=
        fmt::format("{}: {}{}\n", what.first, what.second,
                    count == 1 ? "" : fmt::format(" ({})", report::with_thousands(static_cast<std::int64_t>(count))));
  }
  return lines;
}

nlohmann::json as_json(const Missing& missing) {
  auto list = nlohmann::json::array();
  for (const auto& one : missing) list.push_back({{"company", one.company}, {"reason", one.reason}});
  return list;
}

nlohmann::json as_json(const producers::ProducerReport& report) {
  auto created = nlohmann::json::array(), cancelled = nlohmann::json::array();
  for (const auto& one : report.created) {
    created.push_back({{"company", one.company}, {"key", one.dedup_key}, {"due_at", core::format_instant(one.due_at)}});
  }
  for (const auto& one : report.cancelled) {
    cancelled.push_back({{"company", one.company}, {"key", one.dedup_key}, {"reason", one.reason}});
  }
  return {{"created", std::move(created)},
          {"cancelled", std::move(cancelled)},
          {"skipped", as_json(report.skipped)},
          {"failed", as_json(report.failed)}};
}

}  // namespace

StepResult in_words(const producers::ProducerReport& report, DryRun dry_run) {
  StepResult result;
  result.data = as_json(report);
  if (dry_run == DryRun::yes) result.text = each(report);
  result.text += skipped(report.skipped);
  result.text += sums(report, dry_run);
  if (!report.failed.empty()) {
    const auto& first = report.failed.front();
    result.code = core::ExitCode::some_failed;
    result.error = fmt::format("{}: {}", first.company, first.reason);
    if (report.failed.size() > 1) result.error += fmt::format(" ({} more)", report.failed.size() - 1);
    result.hint = fmt::format("`egarage-notify template lint --company {}` says what to correct", first.company);
  }
  return result;
}

}  // namespace egarage::app
