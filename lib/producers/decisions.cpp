#include "producers/decisions.hpp"

#include <algorithm>
#include <utility>

#include "producers/preparation.hpp"
#include "store/cancellation.hpp"
#include "store/message_text.hpp"

namespace egarage::producers {

/// A commit costs several disk flushes, so decisions share one.
constexpr std::size_t decisions_per_commit = 200;

Decisions::Came Decisions::add_event(EventLine event, Tenants& tenants, core::Instant at, Decision& decision) {
  auto prepared = prepare(std::move(event), tenants, at);
  if (auto* error = std::get_if<LineError>(&prepared)) {
    report_.failed.push_back({decision.slug, std::move(error->sentence)});
    return Came::to_an_error;
  }
  auto& [chains, skipped] = std::get<Prepared>(prepared);
  for (auto& reason : skipped) note_skipped(decision.slug, std::move(reason));
  const auto came = chains.empty() ? Came::to_nobody : Came::to_messages;
  for (auto& chain : chains) decision.chains.push_back(std::move(chain));
  return came;
}

void Decisions::add_wording(EventLine event, Tenants& tenants, core::Instant at,
                            const std::vector<store::KeyedNotification>& waiting, Decision& decision) {
  auto prepared = prepare(std::move(event), tenants, at);
  if (auto* error = std::get_if<LineError>(&prepared)) {
    report_.failed.push_back({decision.slug, std::move(error->sentence)});
    return;
  }
  for (auto& chain : std::get<Prepared>(prepared).chains) {
    for (auto& one : chain) {
      const auto row = std::ranges::find(waiting, one.dedup_key, &store::KeyedNotification::dedup_key);
      if (row != waiting.end()) decision.reworded.push_back({row->id, std::move(one)});
    }
  }
}

void Decisions::note_skipped(std::string slug, std::string reason) {
  report_.skipped.push_back({std::move(slug), std::move(reason)});
}

void Decisions::add(Decision decision) {
  if (decision.is_empty()) return;
  waiting_.push_back(std::move(decision));
  if (waiting_.size() == decisions_per_commit) carry_out();
}

ProducerReport Decisions::finish() {
  carry_out();
  return std::move(report_);
}

void Decisions::carry_out() {
  if (waiting_.empty()) return;
  const auto decisions = std::exchange(waiting_, {});
  if (request_.dry_run == core::DryRun::yes) {
    for (const auto& decision : decisions) record(decision);
    return;
  }
  database_.transaction([&] {
    for (const auto& decision : decisions) {
      if (!decision.still_holds || decision.still_holds()) write(decision);
    }
  });
}

void Decisions::record(const Decision& decision) {
  for (const auto& [row, reason] : decision.withdrawn) {
    report_.cancelled.push_back({decision.slug, row.dedup_key, reason});
  }
  for (const auto& chain : decision.chains) record_created(decision, chain);
}

void Decisions::record_created(const Decision& decision, const std::vector<store::NewNotification>& chain) {
  for (const auto& one : chain) report_.created.push_back({decision.slug, one.dedup_key, one.due_at});
}

void Decisions::write(const Decision& decision) {
  for (const auto& [row, reason] : decision.withdrawn) {
    if (store::cancel(database_, row.id, reason, request_.now) == store::Cancelled::no) continue;
    report_.cancelled.push_back({decision.slug, row.dedup_key, reason});
  }
  for (const auto& [id, text] : decision.reworded) store::rewrite(database_, id, text);
  for (const auto& chain : decision.chains) {
    if (queue_.enqueue(chain, request_.now) == store::Enqueued::created) record_created(decision, chain);
  }
  if (decision.record) decision.record();
}

}  // namespace egarage::producers
