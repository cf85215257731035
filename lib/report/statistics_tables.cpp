#include "report/statistics_tables.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "report/wording.hpp"

namespace egarage::report {
namespace {

using core::Status;

std::string minute(core::Instant instant) {
  auto text = core::format_instant(instant);
  text[10] = ' ';
  return text.substr(0, 16);
}

// The states that something came into; a column for each of the other ten would only be zeros.
std::vector<std::size_t> used_columns(const Counts& counts) {
  std::vector<std::size_t> used;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] != 0) used.push_back(i);
  }
  return used;
}

std::string cell(std::int64_t count) { return count == 0 ? "–" : with_thousands(count); }

Section breakdown(const Statistics& statistics, std::string heading, std::string first_column,
                  const std::vector<NamedCounts>& rows) {
  const auto used = used_columns(statistics.total);
  std::vector<Table::Column> columns{{std::move(first_column), Align::left}};
  for (const auto i : used) {
    columns.push_back({std::string(period_name(core::status_names[i].first)), Align::right});
  }
  Table table(std::move(columns));
  const auto add = [&](const std::string& name, const Counts& counts) {
    std::vector<std::string> cells{name};
    for (const auto i : used) cells.push_back(cell(counts[i]));
    table.add_row(std::move(cells));
  };
  for (const auto& row : rows) add(row.name, row.counts);
  if (rows.size() > 1) add("total", statistics.total);
  return {std::move(heading), std::move(table), rows.empty() ? "Nothing happened in this time." : ""};
}

std::string_view meaning(Status status) {
  switch (status) {
    case Status::queued:
      return "wait for their time";
    case Status::retry_wait:
      return "wait for another try";
    case Status::claimed:
    case Status::sending:
      return "are being sent";
    case Status::uncertain:
    case Status::held:
      return "may have arrived: look at them with explain, then requeue or leave them";
    case Status::accepted:
      return "were taken by the provider";
    case Status::delivered:
      return "arrived";
    case Status::read:
      return "were read";
    case Status::bounced:
      return "were returned";
    case Status::undelivered:
      return "were given up by the provider";
    case Status::failed:
      return "were refused for good";
    case Status::expired:
      return "were too late to be of use";
    case Status::cancelled:
      return "were withdrawn";
    case Status::suppressed:
      return "not sent: the recipient opted out or the address is dead";
    case Status::standby:
      return "wait in case another channel cannot reach the recipient";
  }
  return "";
}

Section states_now(const Statistics& statistics) {
  Table table({{"", Align::left}, {"", Align::right}, {"", Align::left}});
  for (const auto i : used_columns(statistics.now_in)) {
    const auto status = core::status_names[i].first;
    table.add_row(
        {std::string(core::to_string(status)), with_thousands(statistics.now_in[i]), std::string(meaning(status))});
  }
  std::string note;
  if (table.empty()) note = "No notification yet. Put some in: egarage-notify enqueue events.jsonl";
  return {"In the store now", std::move(table), std::move(note)};
}

Section failures(const Statistics& statistics) {
  Table table({{"id", Align::right}, {"when (UTC)"}, {"company"}, {"event"}, {"channel"}, {"state"}, {"reason"}});
  for (const auto& failure : statistics.failures) {
    table.add_row({std::to_string(failure.id.value), minute(failure.at), failure.company,
                   std::string(core::to_string(failure.event)), std::string(core::to_string(failure.channel)),
                   std::string(core::to_string(failure.status)), without_addresses(failure.reason)});
  }
  const auto& first = statistics.failures.front();
  auto note = fmt::format(
      "The whole story of one: egarage-notify explain {}. Once the cause is gone: egarage-notify "
      "requeue --id {}",
      first.id.value, first.id.value);
  if (statistics.failures.size() == Statistics::most_failures) {
    note = fmt::format("These are the newest {}. {}", Statistics::most_failures, note);
  }
  return {"Not sent", std::move(table), std::move(note)};
}

Section accounts(const Statistics& statistics) {
  Table table({{"account"}, {"channel"}, {"state"}, {"next try (UTC)"}, {"reason"}});
  std::string note;
  for (const auto& account : statistics.accounts) {
    const auto& health = account.health;
    const auto what = account.template_name.empty()
                          ? std::string(core::to_string(account.channel))
                          : fmt::format("{} template {}", core::to_string(account.channel), account.template_name);
    table.add_row({account.company.empty() ? "(platform)" : account.company, what,
                   std::string(core::name_of(store::account_state_names, health.state)),
                   health.retry_at ? minute(*health.retry_at) : "–", without_addresses(health.reason)});
    const auto sentence = advice(account);
    if (note.find(sentence) == std::string::npos) note += (note.empty() ? "" : " ") + sentence;
  }
  return {"Accounts in trouble", std::move(table), std::move(note)};
}

}  // namespace

std::string_view period_name(Status status) { return status == Status::queued ? "created" : core::to_string(status); }

std::string advice(const store::AccountTrouble& account) {
  if (!account.template_name.empty()) {
    return "A refused template is tried again by itself; once it is approved, egarage-notify requeue lets its messages "
           "go at once.";
  }
  if (account.health.state == store::AccountState::blocked) {
    return fmt::format("Check {} in the configuration and run egarage-notify setup; until then its messages wait.",
                       account.company.empty()
                           ? fmt::format("[platform.{}]", core::to_string(account.channel))
                           : fmt::format("[company.{}] of {}", core::to_string(account.channel), account.company));
  }
  return "A paused account is tried again by itself.";
}

std::string title(const Statistics& statistics) {
  return fmt::format("Notifications{} since {} UTC ({})",
                     statistics.company ? fmt::format(" of {}", *statistics.company) : "", minute(statistics.since),
                     core::format_duration(statistics.now - statistics.since));
}

std::vector<Section> sections(const Statistics& statistics) {
  std::vector<Section> all;
  all.push_back(states_now(statistics));
  all.push_back(breakdown(statistics, "By event", "event", statistics.by_event));
  if (!statistics.by_channel.empty()) {
    all.push_back(breakdown(statistics, "By channel", "channel", statistics.by_channel));
  }
  if (!statistics.by_company.empty() && !statistics.company) {
    all.push_back(breakdown(statistics, "By company", "company", statistics.by_company));
  }
  if (!statistics.failures.empty()) all.push_back(failures(statistics));
  if (!statistics.accounts.empty()) all.push_back(accounts(statistics));
  return all;
}

std::string statistics_text(const Statistics& statistics) {
  std::string text = title(statistics) + "\n";
  for (const auto& section : sections(statistics)) {
    text += fmt::format("\n{}\n", section.heading);
    if (!section.table.empty()) text += section.table.text();
    if (!section.note.empty()) text += fmt::format("  {}\n", section.note);
  }
  return text;
}

}  // namespace egarage::report
