#pragma once

#include <deque>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "delivery/commit.hpp"
#include "delivery/reconciliation.hpp"
#include "delivery/template_book.hpp"

namespace egarage::delivery {

/// One account's share of a run: claims rows of its lanes in turn, lets the guards look at them, hands them to the
/// sender once they are marked, and settles what comes back.
class AccountRun {
 public:
  AccountRun(store::AccountKey key, std::string name) : key_(key), name_(std::move(name)) {}

  const store::AccountKey& key() const { return key_; }
  const std::string& name() const { return name_; }
  void add_lane(const store::Lane& lane);

  /// Claims batches, lane after lane, until something has passed the guards or the lanes are at their end.
  void refill(RunContext& context, core::Instant now);
  /// The next lane to claim from, in turn; lanes of companies that are closed now are put off on the way. The claim
  /// goes to accept().
  std::optional<store::Lane> take_open_lane(RunContext& context, core::Instant now);
  /// What a claim from the lane begins with.
  LaneClaim claim_from(const store::Lane& lane) const {
    return {.lane = lane, .spacing = recipients_.spacing(), .seen = seen_};
  }
  /// Lets the guards look at what has been claimed.
  void accept(RunContext& context, LaneClaim batch, core::Instant now, channels::SteadyTime steady);
  /// Opens the sender with at most `connections`. Empty: it is open; otherwise why the account cannot be used.
  std::optional<std::string> open(RunContext& context, channels::Network& network, const core::Account& account,
                                  std::size_t connections);
  /// How many connections would serve what is known to wait.
  std::size_t wanted_connections(std::size_t at_most) const;
  std::size_t connections() const { return connections_; }

  bool has_lanes() const { return !lanes_.empty(); }
  bool has_claims() const { return !pending_.empty() || reconciliation_.has_waiting(); }
  std::size_t claims() const { return pending_.size(); }
  /// Marked as being sent, in the store: on the wire or about to be.
  std::size_t marked() const { return starting_.size() + ready_.size() + flights_.size(); }
  bool is_drained() const { return pending_.empty() && !claiming_ && marked() == 0 && reconciliation_.empty(); }
  bool is_claiming() const { return claiming_; }
  /// Time for the next commit, which takes a while itself: marked messages run out before long, or have; or leave for
  /// the next ones must be reserved.
  bool runs_short(RunContext& context, std::int64_t now_ms, channels::SteadyTime steady) const;
  /// Whether its messages are marked half a second's worth at a time.
  bool is_paced() const { return pace_.marks_ahead(); }
  /// Nothing on the wire and nothing to put there.
  bool is_idle() const { return ready_.empty() && flights_.empty(); }

  /// Adds up to `at_most` claimed rows to the starts of the next commit; those that may not go now are put back
  /// instead, or stay for a moment.
  void choose_starts(RunContext& context, core::Instant now, channels::SteadyTime steady, std::size_t at_most);
  /// What else it wants of the next commit, except for claims.
  Errand errand(RunContext& context, core::Instant now, channels::SteadyTime steady);
  /// The commit that held them is done. `started`: what of it is ours, in the order chosen; `messages` likewise.
  void mark_started(const std::vector<store::StartedAttempt>& started, std::vector<channels::Message>& messages,
                    std::int64_t now_ms);
  void take_back(RunContext& context, Errand errand, core::Instant now, channels::SteadyTime steady);
  /// Puts on the wire what has room there, except for what the provider has refused to take since it was marked.
  void submit(RunContext& context, core::Instant now, channels::SteadyTime steady);
  void drive(RunContext& context, core::Instant now, channels::SteadyTime steady);
  void add_waits(const RunContext& context, std::int64_t now_ms, channels::WaitList& waits) const;
  /// When the account's messages of the day are used up, everything waits for the next ones.
  void put_off_when_used_up(RunContext& context, core::Instant now, channels::SteadyTime steady);
  /// Gives back what is claimed and not marked; its lanes may be claimed from again.
  void give_back_claims(RunContext& context, channels::SteadyTime steady);
  /// Gives back what is marked and not on the wire; what is on the wire stays until it is answered.
  void give_back_marked(RunContext& context, core::Instant now, channels::SteadyTime steady);

  /// Set when everything it submitted or asked for came back undecided: the reason of the last.
  const std::optional<channels::Reply>& fruitless() const { return fruitless_; }

  channels::Standing standing() const { return sender_->standing(); }
  /// A provider that asks for a few seconds gets them within the run. False when it asks for more, or too often.
  bool may_rest(const channels::Standing& standing, channels::SteadyTime steady);
  channels::SteadyTime rests_until() const { return rests_until_; }
  void close(RunContext& context);

 private:
  struct Ready {
    Flight flight;
    channels::Message message;
    std::int64_t not_before_ms;
  };
  struct Starting {
    Waiting waiting;
    std::int64_t not_before_ms;  ///< 0: at once
  };

  bool is_phone() const { return key_.channel != core::Channel::email; }
  core::OnUncertain policy_of(const RunContext& context, const CompanyFacts& company, core::Event event) const;
  Letterhead letterhead_for(const RunContext& context, const store::Claimed& row, const CompanyFacts& company) const;
  std::size_t places(const RunContext& context, std::int64_t now_ms) const;
  /// Whether a kill would leave uncertain whatever is marked, and its policy is to hold that.
  bool is_for_free_places_only(RunContext& context, const Waiting& waiting) const;
  std::optional<store::PutBack> turned_back(CompanyFacts& company, const Waiting& waiting, core::Instant now) const;
  std::optional<std::int64_t> waits_until(const Waiting& waiting, core::Instant now, std::int64_t now_ms) const;
  void put_back(RunContext& context, const Waiting& waiting, store::PutBack back, channels::SteadyTime steady);
  void release(const store::Claimed& row);
  void sort_searches(RunContext& context, channels::SteadyTime steady);
  // account_outcomes.cpp
  void settle_flight(RunContext& context, const Flight& flight, const channels::Outcome& outcome, core::Instant now,
                     channels::SteadyTime steady);
  std::optional<core::Instant> again_at(RunContext& context, const Flight& flight, const channels::Outcome& outcome,
                                        core::Instant now, channels::SteadyTime steady);
  void note_refusal(RunContext& context, const Flight& flight, const channels::Rejected& rejected, core::Instant now);
  void note_acceptance(RunContext& context, const Flight& flight, core::Instant now);
  void settle_look(RunContext& context, const Reconciliation::Answer& answer, core::Instant now,
                   channels::SteadyTime steady);
  void note_success(RunContext& context, core::Instant now);

  store::AccountKey key_;
  std::string name_;
  std::string unsubscribe_;
  core::WhatsappMessages whatsapp_ = core::WhatsappMessages::templates;
  std::deque<store::Lane> lanes_;
  std::size_t connections_ = 0;
  bool claiming_ = false;  ///< a lane was taken and its claim is not yet back
  bool failed_before_ = false;
  bool decided_something_ = false;
  std::optional<channels::Reply> fruitless_;
  channels::SteadyTime rests_until_{};
  int rests_ = 0;  ///< since the last message that was taken
  std::unique_ptr<channels::Sender> sender_;
  AccountPace pace_;
  Recipients recipients_;
  TemplateBook templates_;
  Reconciliation reconciliation_;
  store::AttemptId seen_{};         ///< who was written to by other runs is known up to this one
  std::int64_t look_again_ms_ = 0;  ///< before that nothing of `pending_` may go, unless something is answered
  std::deque<Waiting> pending_;
  std::vector<Starting> starting_;
  std::deque<Ready> ready_;
  std::unordered_map<std::uint64_t, Flight> flights_;
};

}  // namespace egarage::delivery
