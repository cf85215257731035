#include "delivery/process_queue.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "content/context.hpp"
#include "delivery/run.hpp"
#include "delivery/uncertainty.hpp"

namespace egarage::delivery {

Run::Run(store::Database& database, store::Queue& queue, store::Directory& directory, store::Paces& paces,
         const ProcessQueueOptions& options, const Surroundings& surroundings)
    : platform_(directory.platform()),
      context_{database,
               queue,
               directory,
               paces,
               options,
               surroundings,
               RunLog{surroundings.log},
               CompanyBook{directory, LayoutBook{database, RunLog{surroundings.log}}},
               content::brand_of(content::PlatformIdentity{platform_.name, platform_.contact()}),
               {},
               {},
               {},
               {},
               worker_,
               {},
               {}},
      accounts_(context_, platform_),
      give_up_at_(surroundings.steady_now() + options.deadline),
      worker_([this] { network_.wake(); }) {
  context_.platform_brand.layout = context_.companies.platform_layout();
}

RunSummary Run::process() {
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
      admit(now, steady);
    if (active_.empty()) {
      commit_and_wait(now, steady);
      if (winding_down_ || (!find_work(now) && waiting_.empty())) break;
      wait(now, steady);
      continue;
    }
    work(now, steady);
    retire(now, steady);
    wait(now, steady);
    report_progress(steady);
  }
  if (context_.summary.accepted > 0) context_.paces.forget_recipients(began - std::chrono::hours{24});
  context_.log.run_finished(context_.run, context_.summary);
  context_.queue.end_run(context_.run, outcome(), context_.surroundings.now());
  if (context_.wire) context_.wire->remove();
  return context_.summary;
}

void Run::take_over_from_the_dead(core::Instant now) {
  const auto recovered = context_.queue.recover(
      context_.run, now, context_.options.lease + clock_slack, [&](const store::Queue::UncertainRow& row) {
        const auto* company = context_.companies.find(row.company);
        const auto of_event = company != nullptr ? company->on_uncertain_of(row.event) : std::nullopt;
        return after_uncertain(on_uncertain(context_.options, of_event, row.channel), row.channel,
                               retry_policy(context_.options, row.channel).max_uncertain, row.uncertain_attempts, now,
                               std::chrono::seconds{0});
      });
  context_.log.recovered(recovered);
  context_.summary.recovered = recovered.requeued + recovered.settled + recovered.uncertain;
}

void Run::work(core::Instant now, channels::SteadyTime steady) {
  for (auto& account : active_) {
    account.drive(context_, now, steady);
    account.put_off_when_used_up(context_, now, steady);
  }
  collect_commit(steady);
  if (!commit_) {
    const auto now_ms = context_.clock.ms(now, steady);
    const bool short_of_marks =
        std::ranges::any_of(active_, [&](const auto& account) { return account.runs_short(context_, now_ms, steady); });
    const bool short_of_claims =
        std::ranges::any_of(active_, [&](const auto& account) { return may_refill(account) && !account.has_claims(); });
    if (context_.commits.is_due(steady, commit_window()) || ((short_of_marks || short_of_claims) && !winding_down_)) {
      begin_commit(now, steady);
    }
  }
  for (auto& account : active_) account.submit(context_, now, steady);
  // With nothing on the wire there is nothing to do but wait for the disk.
  if (std::ranges::all_of(active_, &AccountRun::is_idle)) collect_commit(steady, Patience::wait);
}

bool Run::must_stop(channels::SteadyTime steady) const {
  return winding_down_ || context_.surroundings.stop_requested() || steady >= give_up_at_ ||
         (context_.options.limit && starts_ >= *context_.options.limit);
}

void Run::wind_down(core::Instant now, channels::SteadyTime steady) {
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

void Run::wait(core::Instant now, channels::SteadyTime steady) {
  waits_.sockets.clear();
  waits_.wake_at = commit_ ? channels::SteadyTime::max() : context_.commits.due_at(commit_window());
  if (!commit_ && context_.commits.worth_it_at() > steady) waits_.wake_by(context_.commits.worth_it_at());
  const auto now_ms = context_.clock.ms(now, steady);
  for (const auto& account : active_) account.add_waits(context_, now_ms, waits_);
  for (const auto& account : waiting_) {
    if (active_.empty() || account.rests_until() > steady) waits_.wake_by(account.rests_until());
  }
  if (active_.empty() && waiting_.empty()) return;
  network_.wait(waits_, std::chrono::milliseconds{200});
}

void Run::report_progress(channels::SteadyTime steady) {
  if (!context_.surroundings.progress || steady < next_report_) return;
  next_report_ = steady + std::chrono::milliseconds{200};
  const auto& summary = context_.summary;
  const auto done = summary.accepted + summary.deferred + summary.failed + summary.uncertain + summary.expired +
                    summary.suppressed + summary.cancelled + summary.postponed;
  context_.surroundings.progress(summary, due_at_start_ > done ? due_at_start_ - done : 0);
}

std::string Run::outcome() const {
  const auto& summary = context_.summary;
  return fmt::format("accepted {}, deferred {}, failed {}, uncertain {}", summary.accepted, summary.deferred,
                     summary.failed, summary.uncertain);
}

RunSummary process_queue(store::Database& database, const ProcessQueueOptions& options,
                         const Surroundings& surroundings) {
  store::Queue queue{database};
  store::Directory directory{database};
  store::Paces paces{database};
  return Run{database, queue, directory, paces, options, surroundings}.process();
}

}  // namespace egarage::delivery
