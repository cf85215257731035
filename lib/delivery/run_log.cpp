#include "delivery/run_log.hpp"

#include "core/masking.hpp"

namespace egarage::delivery {

namespace {

using core::LogField;
using core::LogLevel;

std::int64_t number(std::size_t count) { return static_cast<std::int64_t>(count); }

std::string when(std::optional<core::Instant> instant) { return instant ? core::format_instant(*instant) : ""; }

struct Wording {
  std::string_view name;
  LogLevel level;
};

/// What a settlement is called, by where the notification went.
Wording wording(const store::Settlement& settlement) {
  if (settlement.result.outcome == store::AttemptOutcome::uncertain) return {"uncertain", LogLevel::warning};
  switch (settlement.next) {
    case core::Status::accepted:
      return {"accepted", LogLevel::info};
    case core::Status::retry_wait:
      return {"deferred", LogLevel::info};
    case core::Status::queued:
      return {"returned", LogLevel::debug};
    default:
      return {"failed", LogLevel::warning};
  }
}

}  // namespace

void RunLog::run_started(store::RunId run, std::size_t due) {
  log_.write(LogLevel::info, "run_started", {{"run", run.value}, {"due", number(due)}});
}

void RunLog::recovered(const store::Recovered& recovered) {
  if (recovered.requeued + recovered.settled + recovered.uncertain == 0) return;
  log_.write(LogLevel::warning, "recovered",
             {{"requeued", number(recovered.requeued)},
              {"settled", number(recovered.settled)},
              {"uncertain", number(recovered.uncertain)}});
}

void RunLog::no_wire_log(std::string_view reason) {
  log_.write(LogLevel::info, "no_wire_log", {{"reason", std::string{reason}}});
}

void RunLog::settled(std::string_view company, const Flight& flight, const store::Settlement& settlement) {
  const auto [name, level] = wording(settlement);
  if (!log_.wants(level)) return;
  std::vector<LogField> fields{
      {"id", settlement.notification.value},
      {"company", std::string{company}},
      {"event", std::string{core::to_string(flight.row.event)}},
      {"to", log_.wants(LogLevel::debug) ? flight.row.recipient : core::mask_recipient(flight.row.recipient)},
      {"attempt", std::int64_t{flight.row.attempts} + 1},
      {"phase", settlement.result.phase},
      {"code", std::int64_t{settlement.result.code}}};
  if (!settlement.result.text.empty()) fields.push_back({"reply", settlement.result.text});
  if (settlement.next == core::Status::retry_wait) fields.push_back({"again_at", when(settlement.due_at)});
  log_.write(level, name, fields);
}

void RunLog::turned_away(std::string_view company, const store::PutBack& put_back) {
  if (!log_.wants(LogLevel::info) || put_back.reason.empty()) return;
  const auto name = put_back.next == core::Status::queued ? "postponed" : core::to_string(put_back.next);
  log_.write(LogLevel::info, name,
             {{"id", put_back.notification.value}, {"company", std::string{company}}, {"reason", put_back.reason}});
}

void RunLog::lane_closed(std::string_view company, std::size_t postponed, core::Instant until) {
  if (postponed == 0) return;
  log_.write(LogLevel::info, "postponed",
             {{"company", std::string{company}}, {"count", number(postponed)}, {"until", when(until)}});
}

void RunLog::lane_expired(std::string_view company, std::size_t expired) {
  if (expired == 0) return;
  log_.write(LogLevel::info, "expired", {{"company", std::string{company}}, {"count", number(expired)}});
}

void RunLog::address_suppressed(std::string_view company, const Flight& flight) {
  log_.write(LogLevel::warning, "address_suppressed",
             {{"company", std::string{company}}, {"to", core::mask_recipient(flight.row.recipient)}});
}

void RunLog::template_refused(std::string_view account, const store::TemplateBlock& block) {
  log_.write(LogLevel::warning, "template_refused",
             {{"account", std::string{account}},
              {"template", block.name.name},
              {"language", block.name.language},
              {"reason", block.reason},
              {"retry_at", when(block.retry_at)}});
}

void RunLog::template_ok(std::string_view account, const store::TemplateName& name) {
  log_.write(LogLevel::info, "template_ok",
             {{"account", std::string{account}}, {"template", name.name}, {"language", name.language}});
}

void RunLog::looked_for(std::string_view company, const store::Look& look, std::size_t matches) {
  const bool found = look.answer == store::Look::Answer::found;
  std::vector<LogField> fields{{"id", look.notification.value}, {"company", std::string{company}}};
  if (found) {
    fields.push_back({"provider_id", look.result.provider_id});
    fields.push_back({"matches", number(matches)});
  } else {
    fields.push_back({"reason", look.reason});
    fields.push_back({"again_at", when(look.due_at)});
  }
  log_.write(matches > 1 ? LogLevel::warning : LogLevel::info, found ? "found" : "not_found", fields);
}

void RunLog::layout_unusable(std::string_view whose, std::string_view reason) {
  log_.write(LogLevel::warning, "layout_unusable", {{"whose", std::string{whose}}, {"reason", std::string{reason}}});
}

void RunLog::company_unusable(std::string_view company, std::string_view reason) {
  log_.write(LogLevel::error, "company_unusable", {{"company", std::string{company}}, {"reason", std::string{reason}}});
}

void RunLog::account_trouble(std::string_view account, const store::AccountHealth& health) {
  const bool blocked = health.state == store::AccountState::blocked;
  log_.write(blocked ? LogLevel::error : LogLevel::warning, blocked ? "account_blocked" : "account_paused",
             {{"account", std::string{account}}, {"reason", health.reason}, {"retry_at", when(health.retry_at)}});
}

void RunLog::account_recovered(std::string_view account) {
  log_.write(LogLevel::info, "account_ok", {{"account", std::string{account}}});
}

void RunLog::account_skipped(std::string_view account, const store::AccountHealth& health) {
  log_.write(LogLevel::info, "account_skipped",
             {{"account", std::string{account}},
              {"state", std::string{core::name_of(store::account_state_names, health.state)}},
              {"reason", health.reason},
              {"retry_at", when(health.retry_at)}});
}

void RunLog::pipelining_failed(std::string_view account) {
  log_.write(LogLevel::warning, "pipelining_failed", {{"account", std::string{account}}});
}

void RunLog::run_finished(store::RunId run, const RunSummary& summary) {
  log_.write(LogLevel::info, "run_finished",
             {{"run", run.value},
              {"accepted", number(summary.accepted)},
              {"deferred", number(summary.deferred)},
              {"failed", number(summary.failed)},
              {"uncertain", number(summary.uncertain)},
              {"expired", number(summary.expired)},
              {"suppressed", number(summary.suppressed)},
              {"cancelled", number(summary.cancelled)},
              {"postponed", number(summary.postponed)}});
}

}  // namespace egarage::delivery
