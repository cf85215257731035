#include "delivery/commit.hpp"

#include <algorithm>
#include <iterator>

#include "delivery/resolvers.hpp"

namespace egarage::delivery {

namespace {

channels::Message compose(RunContext& context, const store::Content& content, store::AttemptId attempt,
                          const Letterhead& letterhead, core::Instant now) {
  Occasion occasion{now};
  if (content.channel == core::Channel::whatsapp && letterhead.whatsapp == core::WhatsappMessages::text_in_window) {
    occasion.last_inbound = context.directory.last_inbound(content.company, content.channel, content.recipient);
  }
  return compose(content, attempt, letterhead, context.composer, occasion);
}

void write_errand(RunContext& context, Errand& errand, core::Instant now, std::int64_t now_ms) {
  if (errand.claim) claim(context, *errand.claim, now);
  if (errand.permits_wanted > 0) {
    errand.grant = context.paces.reserve(errand.key, errand.pace, errand.permits_wanted, now_ms);
  }
}

void read_errand(RunContext& context, Errand& errand, core::Instant now) {
  if (errand.claim) look_up_facts(context, *errand.claim, now);
  for (const auto& [notification, letterhead] : errand.looks) {
    auto traces = context.queue.traces(notification);
    const auto content = context.queue.contents({notification}).front();
    errand.lookups.push_back({static_cast<std::uint64_t>(notification.value),
                              compose(context, content, {}, letterhead, now), traces.started_at,
                              std::move(traces.known_ids)});
  }
}

}  // namespace

void claim(RunContext& context, LaneClaim& batch, core::Instant now) {
  batch.rows =
      context.queue.claim_due(batch.lane, context.run, now, now + context.options.lease, context.options.batch);
}

void look_up_facts(RunContext& context, LaneClaim& batch, core::Instant now) {
  const auto account = store::account_of(batch.lane);
  batch.customers = customer_facts(context.database, batch.lane, batch.rows, now);
  for (const auto& row : batch.rows) {
    batch.suppressed.push_back(context.directory.suppression(batch.lane.company, batch.lane.channel, row.recipient,
                                                             core::traits(row.event).event_class));
    batch.gone.push_back(gone(context.database, row.event, {batch.lane.company, row.id, now}));
  }
  if (batch.lane.channel == core::Channel::email) return;
  std::vector<std::string> addresses;
  std::ranges::transform(batch.rows, std::back_inserter(addresses), &store::Claimed::recipient);
  batch.recipients = context.paces.recipients(account, addresses);
  if (batch.spacing == std::chrono::seconds{0}) return;
  auto recent = context.paces.recent_recipients(account, context.run, batch.seen, batch.spacing, now);
  batch.seen = recent.newest;
  std::ranges::move(recent.recipients, std::back_inserter(batch.recipients));
}

bool Commit::may_wake_fallbacks() const {
  const auto is_end = [](core::Status status) {
    return status == core::Status::failed || status == core::Status::suppressed;
  };
  return std::ranges::any_of(changes.settlements, is_end, &store::Settlement::next) ||
         std::ranges::any_of(changes.put_backs, is_end, &store::PutBack::next);
}

void write(RunContext& context, Commit& commit, core::Instant now, std::int64_t now_ms) {
  context.database.transaction([&] {
    keep_contact_limits(context, commit, now);
    commit.started = context.queue.commit(commit.changes, context.run, now, now + context.options.lease);
    for (auto& errand : commit.errands) write_errand(context, errand, now, now_ms);
  });
  std::vector<store::NotificationId> ids;
  for (const auto& attempt : commit.started) ids.push_back(attempt.notification);
  context.database.snapshot([&] {
    const auto contents = context.queue.contents(ids);
    auto start = commit.changes.starts.begin();
    for (std::size_t i = 0; i < contents.size(); ++i, ++start) {
      while (*start != ids[i]) ++start;  // left out, because it is no longer ours
      const auto& letterhead = commit.letterheads[static_cast<std::size_t>(start - commit.changes.starts.begin())];
      commit.messages.push_back(compose(context, contents[i], commit.started[i].attempt, letterhead, now));
    }
    for (auto& errand : commit.errands) read_errand(context, errand, now);
  });
}

}  // namespace egarage::delivery
