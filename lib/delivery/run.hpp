#pragma once

#include <list>
#include <optional>
#include <set>
#include <string>

#include "delivery/account_book.hpp"

namespace egarage::delivery {

/// One run of process-queue. Accounts wait, become active while connections are to be had, and retire when they are
/// drained, unusable, or have had their turn while others wait.
class Run {
 public:
  Run(store::Database& database, store::Queue& queue, store::Directory& directory, store::Paces& paces,
      const ProcessQueueOptions& options, const Surroundings& surroundings);
  RunSummary process();

 private:
  /// How far a living run's lease may lie ahead of what this run takes for granted: this one may wait for locks while
  /// the other renews. Far longer than any such wait, far shorter than a clock that was set.
  static constexpr std::chrono::minutes clock_slack{5};

  void take_over_from_the_dead(core::Instant now);

  void work(core::Instant now, channels::SteadyTime steady);

  // run_commits.cpp
  /// While others wait for a connection, a turn is one batch.
  bool may_refill(const AccountRun& account) const;
  void begin_commit(core::Instant now, channels::SteadyTime steady);
  enum class Patience { none, wait };
  /// Takes what the worker has finished; with patience, waits for it first.
  void collect_commit(channels::SteadyTime steady, Patience patience = Patience::none);
  /// What failed on one channel goes on with the next one in this same run, without waiting for all others to end.
  void look_for_fallbacks(core::Instant now, channels::SteadyTime steady);
  /// How long what is to be written may wait for more.
  std::chrono::milliseconds commit_window() const;
  void commit_and_wait(core::Instant now, channels::SteadyTime steady);
  /// Keeps what a kill could leave uncertain within its bound: connections plus one group.
  void choose_starts(core::Instant now, channels::SteadyTime steady);

  // run_accounts.cpp
  /// Sorts the lanes that have something due to their accounts; those of accounts at work are left to them. False when
  /// there is nothing new to do.
  bool find_work(core::Instant now);
  bool is_usable(store::CompanyId id);
  /// Lets waiting accounts in while connections are to be had.
  void admit(core::Instant now, channels::SteadyTime steady);
  std::size_t free_connections() const;
  bool try_to_open(AccountRun& account, core::Instant now);
  /// Before the first mark of the run.
  void open_wire_log();
  std::size_t turned_away() const;
  void retire(core::Instant now, channels::SteadyTime steady);
  /// Ends an account's turn. False when it was the last: nothing is left, or the account is in trouble.
  bool has_more_turns(AccountRun& account, const channels::Standing& standing, core::Instant now,
                      channels::SteadyTime steady);

  bool must_stop(channels::SteadyTime steady) const;
  void wind_down(core::Instant now, channels::SteadyTime steady);
  void wait(core::Instant now, channels::SteadyTime steady);
  void report_progress(channels::SteadyTime steady);
  std::string outcome() const;

  store::Platform platform_;
  RunContext context_;
  AccountBook accounts_;
  channels::SteadyTime give_up_at_;
  channels::SteadyTime next_report_{};
  channels::Network network_;
  channels::WaitList waits_;
  std::list<AccountRun> waiting_, active_;
  std::set<store::CompanyId> unusable_companies_;
  std::size_t due_at_start_ = 0;
  std::size_t starts_ = 0;
  bool wire_log_was_tried_ = false;
  bool winding_down_ = false;
  bool fallbacks_may_wait_ = false;
  channels::SteadyTime next_look_for_fallbacks_{};
  std::optional<Commit> commit_;
  StoreWorker worker_;  // last: it ends before what its task uses
};

}  // namespace egarage::delivery
