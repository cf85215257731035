#include "report/explain.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/masking.hpp"
#include "core/utf8.hpp"
#include "report/approved_template.hpp"
#include "report/table.hpp"
#include "report/wall_clock.hpp"
#include "report/wording.hpp"

namespace egarage::report {
namespace {

using core::Status;
using store::AttemptRecord;
using store::NotificationRecord;

std::string open_or_masked(std::string_view text, Privacy privacy) {
  return core::one_line(privacy == Privacy::full ? std::string(text) : without_addresses(text));
}

std::string recipient(const NotificationRecord& record, Privacy privacy) {
  const bool full = privacy == Privacy::full;
  const auto name = full ? record.recipient_name : mask_name(record.recipient_name);
  const auto address = full ? record.recipient : core::mask_recipient(record.recipient);
  return core::one_line(name.empty() ? address : fmt::format("{} <{}>", name, address));
}

// `550 5.1.1 No such user (recipient)`: what the provider said and when in the conversation.
std::string reply(const store::AttemptResult& result, Privacy privacy) {
  std::string text;
  if (result.code != 0) text += std::to_string(result.code);
  for (const auto& part : {result.enhanced, open_or_masked(result.text, privacy)}) {
    if (!part.empty()) text += (text.empty() ? "" : " ") + part;
  }
  if (!result.phase.empty()) text += fmt::format("{}(at {})", text.empty() ? "" : " ", result.phase);
  return text;
}

std::string attempt_end(const AttemptRecord& attempt, Privacy privacy) {
  if (!attempt.result) {
    return attempt.presumed_uncertain ? "its run died before the answer came: it may have been sent" : "is under way";
  }
  auto text = std::string(core::name_of(store::attempt_outcome_names, attempt.result->outcome));
  const auto said = reply(*attempt.result, privacy);
  if (!said.empty()) text += ": " + said;
  if (attempt.presumed_uncertain) text += " (nobody knew it at first)";
  return text;
}

std::string by_run(const std::optional<store::RunId>& run) { return run ? fmt::format("run {}", run->value) : ""; }

std::vector<std::string> line(core::Instant at, const core::TimeZone& zone, std::string what, std::string more,
                              const std::optional<store::RunId>& run) {
  return {wall_clock(at, zone), std::move(what), std::move(more), by_run(run)};
}

// Every change of state, and each attempt where the row leaves the state that it was made in. (Times alone would not
// order them: one second holds them all.)
Table story(const NotificationRecord& record, const core::TimeZone& zone, Privacy privacy) {
  Table table({{""}, {""}, {""}, {""}});
  auto attempt = record.attempt_records.begin();
  const auto add_attempt = [&] {
    table.add_row(line(attempt->finished_at.value_or(attempt->started_at), zone,
                       fmt::format("attempt {}", attempt->number), attempt_end(*attempt, privacy), attempt->run));
    ++attempt;
  };
  for (const auto& change : record.audit_records) {
    const bool ends_an_attempt = change.from == core::to_string(Status::sending);
    if (ends_an_attempt && attempt != record.attempt_records.end()) add_attempt();
    table.add_row(line(change.at, zone,
                       change.from.empty() ? change.to : fmt::format("{} → {}", change.from, change.to),
                       open_or_masked(change.reason, privacy), change.run));
  }
  while (attempt != record.attempt_records.end()) add_attempt();
  return table;
}

bool waits(Status status) { return status == Status::queued || status == Status::retry_wait; }

}  // namespace

std::string next_step(const NotificationRecord& record, const core::TimeZone& zone, core::Instant now) {
  const auto id = record.id.value;
  if (waits(record.status)) {
    auto text = !record.due_at || *record.due_at <= now
                    ? "Goes out with the next run of process-queue"
                    : fmt::format("Waits until {} (in {})", wall_clock(*record.due_at, zone),
                                  core::format_duration(*record.due_at - now));
    if (record.not_after) text += fmt::format(", but not after {}", wall_clock(*record.not_after, zone));
    return text + ".";
  }
  switch (record.status) {
    case Status::claimed:
    case Status::sending:
    case Status::uncertain:
      return "A run is working on it; if that run died, the next one takes it over.";
    case Status::standby:
      return "Goes out if the channel before it certainly does not reach the recipient.";
    case Status::held:
      return fmt::format(
          "Waits for a receipt or for you: it may have arrived. To send it again: egarage-notify requeue --id {}", id);
    case Status::failed:
    case Status::expired:
      return fmt::format("Nothing more happens. Once the cause is gone: egarage-notify requeue --id {}", id);
    default:
      return "Nothing more happens.";
  }
}

std::string explain_text(const NotificationRecord& record, const core::TimeZone& zone, core::Instant now,
                         Privacy privacy) {
  Table facts({{""}, {""}});
  const auto fact = [&](std::string name, std::string value) {
    if (!value.empty()) facts.add_row({std::move(name), std::move(value)});
  };
  fact("company",
       fmt::format("{}{}", record.company, record.sent_by == store::SentBy::platform ? " (sent by the platform)" : ""));
  fact("for", recipient(record, privacy));
  fact("subject", open_or_masked(record.subject, privacy));
  fact("template", approved_template_name(record.payload));
  fact("key", record.dedup_key);
  fact("Message-ID", record.message_id);
  fact("provider's id", record.provider_id);
  fact("created", wall_clock(record.created_at, zone));
  if (record.due_at) fact("due", wall_clock(*record.due_at, zone));
  if (record.not_after) fact("not after", wall_clock(*record.not_after, zone));
  fact("reason", open_or_masked(record.reason, privacy));
  if (record.fallback_id) fact("if it fails", fmt::format("notification {}", record.fallback_id->value));

  auto text =
      fmt::format("Notification {}: {} by {}, {}\n{}\nWhat happened (times of {})\n{}\n{}\n", record.id.value,
                  core::to_string(record.event), core::to_string(record.channel), core::to_string(record.status),
                  facts.text(), zone.name(), story(record, zone, privacy).text(), next_step(record, zone, now));
  if (privacy == Privacy::full) {
    const auto parameters = approved_template_parameters(record.payload);
    if (!parameters.empty()) text += "\nFilled into the template\n" + parameters;
    text += "\nText\n";
    std::string_view body = record.body;
    while (!body.empty()) {
      const auto line = body.substr(0, body.find('\n'));
      body.remove_prefix(std::min(body.size(), line.size() + 1));
      text += line.empty() ? "  |\n" : fmt::format("  | {}\n", core::one_line(line));
    }
  }
  return text;
}

std::string explain_json(const NotificationRecord& record, Privacy privacy) {
  using Json = nlohmann::ordered_json;
  const auto instant = [](const std::optional<core::Instant>& at) {
    return at ? Json(core::format_instant(*at)) : Json();
  };
  const auto run_number = [](const std::optional<store::RunId>& run) { return run ? Json(run->value) : Json(); };
  const bool full = privacy == Privacy::full;

  Json json;
  json["id"] = record.id.value;
  json["company"] = record.company;
  json["event"] = core::to_string(record.event);
  json["channel"] = core::to_string(record.channel);
  json["sent_by"] = core::name_of(store::sent_by_names, record.sent_by);
  json["status"] = core::to_string(record.status);
  json["reason"] = open_or_masked(record.reason, privacy);
  json["key"] = record.dedup_key;
  json["language"] = core::to_string(record.language);
  json["recipient"] = full ? record.recipient : core::mask_recipient(record.recipient);
  json["recipient_name"] = full ? record.recipient_name : mask_name(record.recipient_name);
  json["subject"] = open_or_masked(record.subject, privacy);
  if (full) json["body"] = record.body;
  if (const auto approved = approved_template_json(record.payload); !approved.is_null()) {
    json["template"] = full ? approved : Json{{"name", approved["name"]}, {"language", approved["language"]}};
  }
  json["message_id"] = record.message_id;
  json["fallback"] = record.fallback_id ? Json(record.fallback_id->value) : Json();
  json["provider_id"] = record.provider_id;
  json["created_at"] = instant(record.created_at);
  json["due_at"] = instant(record.due_at);
  json["not_after"] = instant(record.not_after);
  json["updated_at"] = instant(record.updated_at);
  json["attempts"] = Json::array();
  for (const auto& attempt : record.attempt_records) {
    Json row{{"number", attempt.number},
             {"run", attempt.run.value},
             {"started_at", instant(attempt.started_at)},
             {"finished_at", instant(attempt.finished_at)},
             {"presumed_uncertain", attempt.presumed_uncertain},
             {"outcome", nullptr}};
    if (attempt.result) {
      row["outcome"] = core::name_of(store::attempt_outcome_names, attempt.result->outcome);
      row["phase"] = attempt.result->phase;
      row["code"] = attempt.result->code;
      row["enhanced"] = attempt.result->enhanced;
      row["text"] = open_or_masked(attempt.result->text, privacy);
      row["provider_id"] = attempt.result->provider_id;
    }
    json["attempts"].push_back(std::move(row));
  }
  json["history"] = Json::array();
  for (const auto& change : record.audit_records) {
    json["history"].push_back({{"at", instant(change.at)},
                               {"from", change.from.empty() ? Json() : Json(change.from)},
                               {"to", change.to},
                               {"reason", open_or_masked(change.reason, privacy)},
                               {"run", run_number(change.run)}});
  }
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace egarage::report
