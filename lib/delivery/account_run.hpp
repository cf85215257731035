#pragma once

#include <deque>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "delivery/company_book.hpp"
#include "delivery/compose.hpp"
#include "delivery/group_commit.hpp"
#include "delivery/process_queue.hpp"
#include "delivery/run_log.hpp"
#include "delivery/settlement.hpp"
#include "delivery/store_worker.hpp"

namespace egarage::delivery {

/// What the parts of one run share.
struct RunContext {
  store::Database& database;
  store::Queue& queue;          ///< while the worker is busy, the worker's: see rest_store()
  store::Directory& directory;  ///< likewise
  const ProcessQueueOptions& options;
  const Surroundings& surroundings;
  RunLog log;
  CompanyBook companies;
  content::Brand platform_brand;
  content::EmailComposer composer;  ///< the worker's
  GroupCommit commits;
  RunSummary summary;
  store::RunId run;
  StoreWorker& worker;

  /// Call before touching the store from the loop: waits for the commit under way.
  void rest_store() { worker.wait(); }
};

/// A batch of a lane, and what the guards will ask about it. Filled on whichever thread the store belongs to.
struct LaneClaim {
  store::Lane lane;
  std::vector<store::Claimed> rows;
  std::vector<std::optional<std::string>> suppressed;  ///< for each row why it must not be sent, if so
};
void claim(RunContext& context, LaneClaim& batch, core::Instant now);
void look_up_suppressions(RunContext& context, LaneClaim& batch);

/// One account's share of a run: claims rows of its lanes in turn, lets the guards look at them, hands them to the
/// sender once they are marked, and settles what comes back.
class AccountRun {
 public:
  AccountRun(store::AccountKey key, std::string name) : key_(key), name_(std::move(name)) {}

  const store::AccountKey& key() const { return key_; }
  const std::string& name() const { return name_; }
  void add_lane(const store::Lane& lane) { lanes_.push_back(lane); }

  /// Claims batches, lane after lane, until something has passed the guards or the lanes are at their end.
  void refill(RunContext& context, core::Instant now);
  /// The next lane to claim from, in turn; lanes of companies that are closed now are put off on the way. The claim
  /// goes to accept().
  std::optional<store::Lane> take_open_lane(RunContext& context, core::Instant now);
  /// Lets the guards look at what has been claimed.
  void accept(RunContext& context, LaneClaim batch, core::Instant now, channels::SteadyTime steady);
  /// Opens the sender with at most `connections`. Empty: it is open; otherwise why the account cannot be used.
  std::optional<std::string> open(RunContext& context, channels::Network& network, const core::Account& account,
                                  std::size_t connections);
  /// How many connections would serve what is known to wait.
  std::size_t wanted_connections(std::size_t at_most) const;
  std::size_t connections() const { return connections_; }

  bool has_lanes() const { return !lanes_.empty(); }
  bool has_claims() const { return !pending_.empty(); }
  std::size_t claims() const { return pending_.size(); }
  /// Marked as being sent, in the store: on the wire or about to be.
  std::size_t marked() const { return starting_.size() + ready_.size() + flights_.size(); }
  bool is_drained() const { return pending_.empty() && !claiming_ && marked() == 0; }
  bool is_claiming() const { return claiming_; }
  /// Marked messages run out before long, or have: time for the next commit, which takes a while itself.
  bool runs_short(const GroupCommit& commits) const {
    if (pending_.empty()) return false;
    return ready_.empty() ? sender_->room() > 0 : 4 * ready_.size() < 3 * commits.ahead();
  }
  /// Nothing on the wire and nothing to put there.
  bool is_idle() const { return ready_.empty() && flights_.empty(); }

  /// Adds up to `at_most` claimed rows to the starts of the next commit; too late ones are put back instead.
  void choose_starts(RunContext& context, core::Instant now, channels::SteadyTime steady, std::size_t at_most);
  /// The commit that held them is done. `started`: what of it is ours, in the order chosen; `messages` likewise.
  void mark_started(const std::vector<store::StartedAttempt>& started, std::vector<channels::Message>& messages);
  void submit();
  void drive(RunContext& context, core::Instant now, channels::SteadyTime steady);
  void add_waits(channels::WaitList& waits) const { sender_->add_waits(waits); }
  /// Gives back what is claimed and not marked.
  void give_back_claims(RunContext& context, channels::SteadyTime steady);
  /// Gives back what is marked and not on the wire; what is on the wire stays until it is answered.
  void give_back_marked(RunContext& context, core::Instant now, channels::SteadyTime steady);

  /// Set when everything it submitted came back undecided: the reason of the last.
  const std::optional<channels::Reply>& fruitless() const { return fruitless_; }

  channels::Standing standing() const { return sender_->standing(); }
  void close() { sender_.reset(); }

 private:
  struct Waiting {
    store::Claimed row;
    store::Lane lane;
  };
  struct Ready {
    Flight flight;
    channels::Message message;
  };

  Letterhead letterhead_for(const RunContext& context, const store::Claimed& row, const CompanyFacts& company) const;
  void settle_flight(RunContext& context, const Flight& flight, const channels::Outcome& outcome, core::Instant now,
                     channels::SteadyTime steady);
  void note_success(RunContext& context, core::Instant now);

  store::AccountKey key_;
  std::string name_;
  std::string unsubscribe_;
  std::deque<store::Lane> lanes_;
  std::size_t connections_ = 0;
  bool claiming_ = false;  ///< a lane was taken and its claim is not yet back
  bool failed_before_ = false;
  bool decided_something_ = false;
  std::optional<channels::Reply> fruitless_;
  std::unique_ptr<channels::Sender> sender_;
  std::deque<Waiting> pending_;
  std::vector<Waiting> starting_;
  std::deque<Ready> ready_;
  std::unordered_map<std::uint64_t, Flight> flights_;
};

}  // namespace egarage::delivery
