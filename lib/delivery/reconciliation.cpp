#include "delivery/reconciliation.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "delivery/uncertainty.hpp"

namespace egarage::delivery {

using Found = channels::LookupResult::Answer;

bool Reconciliation::can_begin(const Recipients& recipients) const {
  return std::ranges::any_of(waiting_, [&](const auto& one) { return !recipients.is_busy(one.row.recipient); });
}

std::vector<Waiting> Reconciliation::choose(std::size_t at_most, Recipients& recipients) {
  std::vector<Waiting> chosen;
  for (auto waiting = waiting_.begin(); waiting != waiting_.end() && chosen.size() < at_most;) {
    if (recipients.is_busy(waiting->row.recipient)) {
      ++waiting;
      continue;
    }
    recipients.occupy(waiting->row.recipient);
    chosen_.emplace(waiting->row.id, *waiting);
    chosen.push_back(std::move(*waiting));
    waiting = waiting_.erase(waiting);
  }
  return chosen;
}

void Reconciliation::add_ready(std::vector<channels::Lookup> lookups) {
  for (auto& lookup : lookups) {
    auto place = chosen_.extract(store::NotificationId{static_cast<std::int64_t>(lookup.token)});
    if (!place.empty()) ready_.push_back({std::move(place.mapped()), std::move(lookup)});
  }
}

void Reconciliation::submit(channels::Sender& sender) {
  while (!ready_.empty() && sender.room() > 0) {
    auto [waiting, lookup] = std::move(ready_.front());
    ready_.pop_front();
    const auto id = waiting.row.id;
    asked_.emplace(id, std::move(waiting));
    sender.look_up(std::move(lookup));
  }
}

std::vector<Reconciliation::Answer> Reconciliation::take_answers(channels::Sender& sender) {
  std::vector<Answer> answers;
  if (asked_.empty()) return answers;
  for (auto& result : sender.take_lookups()) {
    auto place = asked_.extract(store::NotificationId{static_cast<std::int64_t>(result.token)});
    if (!place.empty()) answers.push_back({std::move(place.mapped()), std::move(result)});
  }
  const bool usable = sender.standing().state == channels::Standing::State::ok;
  if (!usable && sender.in_flight() == 0) {
    for (auto& [id, waiting] : asked_) {
      answers.push_back({std::move(waiting), {static_cast<std::uint64_t>(id.value), Found::unanswered, {}, 0, {}}});
    }
    asked_.clear();
  }
  return answers;
}

std::vector<Waiting> Reconciliation::take_waiting() {
  std::vector<Waiting> waiting{std::make_move_iterator(waiting_.begin()), std::make_move_iterator(waiting_.end())};
  waiting_.clear();
  return waiting;
}

std::vector<Waiting> Reconciliation::take_unasked() {
  auto unasked = take_waiting();
  for (auto& ready : ready_) unasked.push_back(std::move(ready.waiting));
  ready_.clear();
  return unasked;
}

store::Look look_of(const Reconciliation::Answer& answer, core::Instant now) {
  const auto& [waiting, result] = answer;
  store::Look look{waiting.row.id, store::Look::Answer::unanswered, {}, now + between_looks, {}};
  const int looks = waiting.row.search ? waiting.row.search->looks + 1 : 1;
  switch (result.answer) {
    case Found::found:
      look.answer = store::Look::Answer::found;
      look.result = {store::AttemptOutcome::accepted,
                     std::string{core::name_of(channels::phase_names, channels::Phase::lookup)},
                     result.reply.code,
                     {},
                     result.reply.text,
                     result.provider_id};
      break;
    case Found::absent:
      look.answer = store::Look::Answer::absent;
      if (looks >= looks_enough) {
        look.due_at = now;
        look.reason = fmt::format("the provider does not know it after {} looks; will be sent again", looks);
      } else {
        look.reason = "the provider does not know it; will be looked for once more before it is sent again";
      }
      break;
    case Found::unanswered:
      look.reason = "the provider could not be asked for it: " + describe(result.reply);
      break;
  }
  return look;
}

}  // namespace egarage::delivery
