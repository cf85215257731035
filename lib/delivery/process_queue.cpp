#include "delivery/process_queue.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <list>
#include <map>
#include <set>

#include "content/context.hpp"
#include "delivery/account_book.hpp"

namespace egarage::delivery {

namespace {

/// One run of process-queue. Accounts wait, become active while connections are to be had, and retire when they are
/// drained, unusable, or have had their turn while others wait.
class Run {
 public:
  Run(store::Database& database, store::Queue& queue, store::Directory& directory, const ProcessQueueOptions& options,
      const Surroundings& surroundings)
      : platform_(directory.platform()),
        context_{database,
                 queue,
                 directory,
                 options,
                 surroundings,
                 RunLog{surroundings.log},
                 CompanyBook{directory, LayoutBook{database, RunLog{surroundings.log}}},
                 content::brand_of(content::PlatformIdentity{platform_.name, platform_.contact()}),
                 {},
                 {},
                 {},
                 {},
                 worker_},
        accounts_(context_, platform_),
        give_up_at_(surroundings.steady_now() + options.deadline),
        worker_([this] { network_.wake(); }) {
    context_.platform_brand.layout = context_.companies.platform_layout();
  }

  RunSummary process() {
    context_.run = context_.queue.begin_run("process-queue", context_.surroundings.now());
    const auto began = context_.surroundings.now();  // begin_run may have waited for another run's commit
    take_over_from_the_dead(began);
    due_at_start_ = context_.queue.count_due(began, 1'000'000, context_.options.only);
    context_.log.run_started(context_.run, due_at_start_);

    find_work(began);
    while (true) {
      const auto now = context_.surroundings.now();
      const auto steady = context_.surroundings.steady_now();
      if (must_stop(steady))
        wind_down(now, steady);
      else
        admit(now);
      if (active_.empty()) {
        commit_and_wait(now, steady);
        if (winding_down_ || !find_work(now)) break;
        continue;
      }
      work(now, steady);
      retire(now, steady);
      wait();
      report_progress(steady);
    }
    context_.log.run_finished(context_.run, context_.summary);
    context_.queue.end_run(context_.run, outcome(), context_.surroundings.now());
    return context_.summary;
  }

 private:
  /// How far a living run's lease may lie ahead of what this run takes for granted: this one may wait for locks while
  /// the other renews. Far longer than any such wait, far shorter than a clock that was set.
  static constexpr std::chrono::minutes clock_slack{5};

  void take_over_from_the_dead(core::Instant now) {
    const auto recovered = context_.queue.recover(
        context_.run, now, context_.options.lease + clock_slack, [&](core::Channel, int uncertain_attempts) {
          return after_uncertain(context_.options.retry, uncertain_attempts, now, std::chrono::seconds{0});
        });
    context_.log.recovered(recovered);
    context_.summary.recovered = recovered.requeued + recovered.uncertain;
  }

  /// Sorts the lanes that have something due to their accounts. False when there is nothing left to do.
  bool find_work(core::Instant now) {
    std::map<store::AccountKey, AccountRun*> by_key;
    for (const auto& lane : context_.queue.lanes_due(now, context_.options.only)) {
      const auto key = store::account_of(lane);
      if (accounts_.is_shut_out(key) || !is_usable(lane.company)) continue;
      auto& account = by_key[key];
      if (account == nullptr) account = &waiting_.emplace_back(key, accounts_.name_of(key));
      account->add_lane(lane);
    }
    return !waiting_.empty();
  }

  bool is_usable(store::CompanyId id) {
    if (context_.companies.find(id) != nullptr) return true;
    if (unusable_companies_.insert(id).second) {
      context_.log.company_unusable(context_.directory.company(id).company.slug,
                                    "its time zone is unknown on this system");
      ++context_.summary.troubled_accounts;
    }
    return false;
  }

  /// Lets waiting accounts in while connections are to be had.
  void admit(core::Instant now) {
    for (auto waiting = waiting_.begin(); waiting != waiting_.end() && free_connections() > 0;) {
      const auto next = std::next(waiting);
      if (try_to_open(*waiting, now)) {
        active_.splice(active_.end(), waiting_, waiting);
      } else {
        waiting_.erase(waiting);
      }
      waiting = next;
    }
  }

  std::size_t free_connections() const {
    std::size_t used = 0;
    for (const auto& account : active_) used += account.connections();
    if (active_.empty()) return std::max(context_.options.max_connections, context_.options.concurrency);
    return used < context_.options.max_connections ? context_.options.max_connections - used : 0;
  }

  bool try_to_open(AccountRun& account, core::Instant now) {
    context_.rest_store();
    if (!accounts_.may_use(account, now)) return false;
    const auto settings = accounts_.settings_of(account.key());
    if (!settings) {
      accounts_.note_trouble(account, store::AccountState::blocked, "there is no such account any more", {}, now);
      return false;
    }
    const auto turned_away_before = turned_away();
    account.refill(context_, now);
    if (!account.has_claims()) {
      // Nothing to send is fine when the guards turned it away, or another run was faster. Asking once more is not.
      if (turned_away() == turned_away_before) accounts_.leave_alone(account.key());
      return false;
    }
    const auto connections = account.wanted_connections(std::min(context_.options.concurrency, free_connections()));
    const auto why_not = account.open(context_, network_, *settings, connections);
    if (!why_not) return true;
    account.give_back_claims(context_, context_.surroundings.steady_now());
    accounts_.note_trouble(account, store::AccountState::blocked, *why_not, {}, now);
    return false;
  }

  std::size_t turned_away() const {
    return context_.summary.expired + context_.summary.suppressed + context_.summary.postponed;
  }

  void work(core::Instant now, channels::SteadyTime steady) {
    for (auto& account : active_) account.drive(context_, now, steady);
    collect_commit(steady);
    if (!commit_) {
      const bool short_of_marks =
          std::ranges::any_of(active_, [&](const auto& account) { return account.runs_short(context_.commits); });
      const bool short_of_claims = std::ranges::any_of(
          active_, [&](const auto& account) { return may_refill(account) && !account.has_claims(); });
      if (context_.commits.is_due(steady) || ((short_of_marks || short_of_claims) && !winding_down_)) {
        begin_commit(now, steady);
      }
    }
    for (auto& account : active_) account.submit();
    // With nothing on the wire there is nothing to do but wait for the disk.
    if (std::ranges::all_of(active_, &AccountRun::is_idle)) collect_commit(steady, Patience::wait);
  }

  /// While others wait for a connection, a turn is one batch.
  bool may_refill(const AccountRun& account) const {
    return !winding_down_ && account.has_lanes() && !account.is_claiming() &&
           account.claims() < context_.options.batch / 2 && waiting_.empty() &&
           account.standing().state == channels::Standing::State::ok;
  }

  /// What goes to the worker with the changes, and what comes back.
  struct Commit {
    store::Queue::Changes changes;
    std::vector<Letterhead> letterheads;  ///< one for each of changes.starts
    std::vector<store::StartedAttempt> started;
    std::vector<channels::Message> messages;  ///< composed of what has started
    std::vector<std::pair<AccountRun*, LaneClaim>> claims;
  };

  void begin_commit(core::Instant now, channels::SteadyTime steady) {
    if (!winding_down_) choose_starts(now, steady);
    std::vector<std::pair<AccountRun*, LaneClaim>> claims;
    for (auto& account : active_) {
      if (!may_refill(account)) continue;
      if (const auto lane = account.take_open_lane(context_, now)) claims.push_back({&account, {*lane, {}, {}}});
    }
    if (context_.commits.empty() && claims.empty()) return;
    commit_.emplace(
        Commit{context_.commits.take(steady), context_.commits.take_letterheads(), {}, {}, std::move(claims)});
    worker_.begin([this, now] { write(*commit_, now); });
  }

  /// On the worker's thread: everything in one commit, then what has started is composed.
  void write(Commit& commit, core::Instant now) {
    context_.database.transaction([&] {
      commit.started = context_.queue.commit(commit.changes, context_.run, now, now + context_.options.lease);
      for (auto& [account, batch] : commit.claims) claim(context_, batch, now);
    });
    std::vector<store::NotificationId> ids;
    for (const auto& attempt : commit.started) ids.push_back(attempt.notification);
    std::vector<store::Content> contents;
    context_.database.snapshot([&] {
      contents = context_.queue.contents(ids);
      for (auto& [account, batch] : commit.claims) look_up_suppressions(context_, batch);
    });
    auto start = commit.changes.starts.begin();
    for (std::size_t i = 0; i < contents.size(); ++i, ++start) {
      while (*start != ids[i]) ++start;  // left out, because it is no longer ours
      const auto& letterhead = commit.letterheads[static_cast<std::size_t>(start - commit.changes.starts.begin())];
      commit.messages.push_back(compose(contents[i], commit.started[i].attempt, letterhead, context_.composer));
    }
  }

  enum class Patience { none, wait };

  /// Takes what the worker has finished; with patience, waits for it first.
  void collect_commit(channels::SteadyTime steady, Patience patience = Patience::none) {
    if (!commit_ || (patience == Patience::none && worker_.is_busy())) return;
    worker_.wait();
    context_.commits.written(steady);
    starts_ += commit_->started.size();
    for (auto& account : active_) account.mark_started(commit_->started, commit_->messages);
    const auto now = context_.surroundings.now();
    for (auto& [account, batch] : commit_->claims) account->accept(context_, std::move(batch), now, steady);
    commit_.reset();
  }

  void commit_and_wait(core::Instant now, channels::SteadyTime steady) {
    collect_commit(steady, Patience::wait);
    begin_commit(now, steady);
    collect_commit(steady, Patience::wait);
  }

  /// Keeps what a kill could leave uncertain within its bound: connections plus one group.
  void choose_starts(core::Instant now, channels::SteadyTime steady) {
    std::size_t marked = 0, connections = 0;
    for (const auto& account : active_) {
      marked += account.marked();
      connections += account.connections();
    }
    const auto bound = connections + GroupCommit::largest_group;
    auto allowance = bound > marked ? bound - marked : 0;
    if (context_.options.limit) allowance = std::min(allowance, *context_.options.limit - starts_);
    for (auto& account : active_) {
      const auto before = context_.commits.starts();
      account.choose_starts(context_, now, steady, allowance);
      allowance -= context_.commits.starts() - before;
    }
  }

  void retire(core::Instant now, channels::SteadyTime steady) {
    for (auto account = active_.begin(); account != active_.end();) {
      const auto next = std::next(account);
      const auto standing = account->standing();
      if (standing.state != channels::Standing::State::ok) {
        account->give_back_claims(context_, steady);
        account->give_back_marked(context_, now, steady);
      }
      if (account->is_drained()) {
        account->close();
        if (standing.state != channels::Standing::State::ok) {
          accounts_.note_standing(*account, standing, now);
          active_.erase(account);
        } else if (accounts_.was_fruitless_again(*account)) {
          accounts_.note_trouble(*account, store::AccountState::paused, describe(*account->fruitless()), {}, now);
          active_.erase(account);
        } else if (account->has_lanes() && !winding_down_) {
          waiting_.splice(waiting_.end(), active_, account);
        } else {
          active_.erase(account);
        }
      }
      account = next;
    }
  }

  bool must_stop(channels::SteadyTime steady) const {
    return winding_down_ || context_.surroundings.stop_requested() || steady >= give_up_at_ ||
           (context_.options.limit && starts_ >= *context_.options.limit);
  }

  void wind_down(core::Instant now, channels::SteadyTime steady) {
    if (!winding_down_) {
      winding_down_ = true;
      const bool by_limit = context_.options.limit && starts_ >= *context_.options.limit;
      context_.summary.out_of_time = !by_limit;
      waiting_.clear();
    }
    for (auto& account : active_) {
      account.give_back_claims(context_, steady);
      // With only the limit reached, what is marked already still goes out.
      if (context_.summary.out_of_time) account.give_back_marked(context_, now, steady);
    }
  }

  void wait() {
    if (active_.empty()) return;
    waits_.sockets.clear();
    waits_.wake_at = commit_ ? channels::SteadyTime::max() : context_.commits.due_at();
    for (const auto& account : active_) account.add_waits(waits_);
    network_.wait(waits_, std::chrono::milliseconds{200});
  }

  void report_progress(channels::SteadyTime steady) {
    if (!context_.surroundings.progress || steady < next_report_) return;
    next_report_ = steady + std::chrono::milliseconds{200};
    const auto& summary = context_.summary;
    const auto done = summary.accepted + summary.deferred + summary.failed + summary.uncertain + summary.expired +
                      summary.suppressed + summary.postponed;
    context_.surroundings.progress(summary, due_at_start_ > done ? due_at_start_ - done : 0);
  }

  std::string outcome() const {
    const auto& summary = context_.summary;
    return fmt::format("accepted {}, deferred {}, failed {}, uncertain {}", summary.accepted, summary.deferred,
                       summary.failed, summary.uncertain);
  }

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
  bool winding_down_ = false;
  std::optional<Commit> commit_;
  StoreWorker worker_;  // last: it ends before what its task uses
};

}  // namespace

RunSummary process_queue(store::Database& database, const ProcessQueueOptions& options,
                         const Surroundings& surroundings) {
  store::Queue queue{database};
  store::Directory directory{database};
  return Run{database, queue, directory, options, surroundings}.process();
}

}  // namespace egarage::delivery
