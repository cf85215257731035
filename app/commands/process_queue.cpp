#include <fmt/format.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <random>

#include "app/accounts.hpp"
#include "app/commands/commands.hpp"
#include "app/commands/options.hpp"
#include "app/commands/step.hpp"
#include "app/delivery_options.hpp"
#include "app/terminal/progress.hpp"
#include "core/platform/process.hpp"
#include "delivery/dry_run.hpp"
#include "delivery/process_queue.hpp"

namespace egarage::app {

namespace {

struct Options {
  std::size_t limit = 0;        // 0: none
  std::size_t concurrency = 0;  // 0: the configuration's
  std::chrono::seconds deadline{0};
  std::string company;
  core::DryRun dry_run = core::DryRun::no;
};

StepResult plan(Application& application, std::optional<store::CompanyId> only) {
  auto database = application.open_store_read_only();
  StepResult result;
  auto lanes = nlohmann::json::array();
  for (const auto& lane : delivery::plan_queue(database, application.real_now(), only)) {
    const auto until = lane.postponed_until ? core::format_instant(*lane.postponed_until) : "";
    lanes.push_back({{"company", lane.company},
                     {"channel", core::to_string(lane.channel)},
                     {"sent_by", core::name_of(store::sent_by_names, lane.sent_by)},
                     {"due", lane.due},
                     {"postponed_until", lane.postponed_until ? nlohmann::json(until) : nlohmann::json()},
                     {"reason", lane.reason}});
    result.text += fmt::format("{} {}: {} due, would ", lane.company, core::to_string(lane.channel), lane.due);
    result.text += lane.postponed_until ? fmt::format("wait until {} ({})\n", until, lane.reason) : "go out now\n";
  }
  if (lanes.empty()) result.text = "Nothing is due.\n";
  result.data = {{"lanes", std::move(lanes)}};
  return result;
}

StepResult in_words(const delivery::RunSummary& summary) {
  StepResult result;
  result.data = {{"accepted", summary.accepted},
                 {"deferred", summary.deferred},
                 {"failed", summary.failed},
                 {"uncertain", summary.uncertain},
                 {"expired", summary.expired},
                 {"suppressed", summary.suppressed},
                 {"cancelled", summary.cancelled},
                 {"postponed", summary.postponed},
                 {"recovered", summary.recovered},
                 {"troubled_accounts", summary.troubled_accounts},
                 {"blocked_accounts", summary.blocked_accounts},
                 {"out_of_time", summary.out_of_time}};
  result.text = fmt::format(
      "{} accepted, {} deferred, {} failed, {} uncertain, {} expired, {} suppressed, {} postponed", summary.accepted,
      summary.deferred, summary.failed, summary.uncertain, summary.expired, summary.suppressed, summary.postponed);
  if (summary.cancelled > 0) result.text += fmt::format(", {} cancelled", summary.cancelled);
  result.text += '\n';
  if (summary.failed == 0 && summary.blocked_accounts == 0) return result;
  result.code = core::ExitCode::some_failed;
  result.error = fmt::format("{} notifications failed for good, {} accounts are blocked", summary.failed,
                             summary.blocked_accounts);
  result.hint = "`egarage-notify stats` says why";
  return result;
}

StepResult deliver(Application& application, const Options& options, std::optional<store::CompanyId> only) {
  auto database = application.open_store();
  core::platform::catch_stop_signals();

  auto run = delivery_options(application.configuration().delivery);
  if (options.concurrency != 0) run.concurrency = options.concurrency;
  if (options.deadline.count() != 0) run.deadline = options.deadline;
  run.only = only;
  if (options.limit != 0) run.limit = options.limit;

  Progress progress{application.options.verbosity == Verbosity::quiet ? Progress::Shown::no
                                                                      : Progress::Shown::on_terminal};
  std::mt19937_64 generator{std::random_device{}()};
  const delivery::Surroundings surroundings{
      [&] { return application.real_now(); },
      [] { return std::chrono::steady_clock::now(); },
      [&] { return std::uniform_real_distribution<double>{}(generator); },
      [] { return core::platform::stop_signal().has_value(); },
      [&](channels::Network& network, const delivery::SenderRequest& request) {
        channels::email::SmtpOptions smtp;
        smtp.connections = request.connections;
        smtp.pipelining = request.pipelining;
        smtp.pipelining_failed = request.pipelining_failed;
        return open_account(request.account, application.account_surroundings(network), std::move(smtp));
      },
      [&](const delivery::RunSummary& summary, std::size_t remaining) {
        progress.update({summary.accepted, remaining, summary.failed, summary.deferred + summary.postponed},
                        std::chrono::steady_clock::now());
      },
      application.log()};
  return in_words(delivery::process_queue(database, run, surroundings));
}

StepResult work(Application& application, const Options& options) {
  std::optional<store::CompanyId> only;
  if (!options.company.empty()) {
    auto database = application.open_store_read_only();
    only = company_or_error(store::Directory{database}, options.company).id;
  }
  if (options.dry_run == core::DryRun::yes) return plan(application, only);
  return deliver(application, options, only);
}

}  // namespace

StepResult process_queue(Application& application, core::DryRun dry_run) {
  Options options;
  options.dry_run = dry_run;
  return work(application, options);
}

Action register_process_queue(CLI::App& command, Application& application) {
  auto options = std::make_shared<Options>();
  command.add_option("--limit", options->limit, "Begin at most N messages")->type_name("N")->check(CLI::PositiveNumber);
  command
      .add_option("--concurrency", options->concurrency, "Connections per account (default: [delivery] concurrency)")
      ->type_name("N")
      ->check(CLI::Range(1, 256));
  add_duration_option(command, "--deadline", options->deadline,
                      "Begin no new message after this long; what is in flight is finished (default: 10m)");
  add_company_option(command, options->company, "Only this company's messages");
  add_dry_run_option(command, options->dry_run, "Say what would be sent; send and change nothing");
  return [options, &application] { return show(application, work(application, *options), options->dry_run); };
}

}  // namespace egarage::app
