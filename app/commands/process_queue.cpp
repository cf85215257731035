#include <fmt/format.h>

#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <random>

#include "app/accounts.hpp"
#include "app/commands/commands.hpp"
#include "app/commands/options.hpp"
#include "app/terminal/progress.hpp"
#include "core/platform/process.hpp"
#include "delivery/dry_run.hpp"
#include "delivery/process_queue.hpp"

namespace egarage::app {

namespace {

enum class DryRun { no, yes };

struct Options {
  std::size_t limit = 0;        // 0: none
  std::size_t concurrency = 0;  // 0: the configuration's
  std::chrono::seconds deadline{0};
  std::string company;
  DryRun dry_run = DryRun::no;
};

core::ExitCode show_plan(Application& application, std::optional<store::CompanyId> only) {
  auto database = application.open_store_read_only();
  const auto plan = delivery::plan_queue(database, application.real_now(), only);
  nlohmann::json lanes = nlohmann::json::array();
  for (const auto& lane : plan) {
    const auto until = lane.postponed_until ? core::format_instant(*lane.postponed_until) : "";
    if (application.options.output == Output::json) {
      lanes.push_back({{"company", lane.company},
                       {"channel", core::to_string(lane.channel)},
                       {"sent_by", core::name_of(store::sent_by_names, lane.sent_by)},
                       {"due", lane.due},
                       {"postponed_until", lane.postponed_until ? nlohmann::json(until) : nlohmann::json()},
                       {"reason", lane.reason}});
    } else if (lane.postponed_until) {
      fmt::print("{} {}: {} due, would wait until {} ({})\n", lane.company, core::to_string(lane.channel), lane.due,
                 until, lane.reason);
    } else {
      fmt::print("{} {}: {} due, would go out now\n", lane.company, core::to_string(lane.channel), lane.due);
    }
  }
  if (application.options.output == Output::json) {
    std::cout << nlohmann::json{{"lanes", std::move(lanes)}}.dump(2) << '\n';
  } else if (plan.empty()) {
    fmt::print("Nothing is due.\n");
  }
  return core::ExitCode::ok;
}

void print_summary(const Application& application, const delivery::RunSummary& summary) {
  if (application.options.output == Output::json) {
    std::cout << nlohmann::json{{"accepted", summary.accepted},
                                {"deferred", summary.deferred},
                                {"failed", summary.failed},
                                {"uncertain", summary.uncertain},
                                {"expired", summary.expired},
                                {"suppressed", summary.suppressed},
                                {"postponed", summary.postponed},
                                {"recovered", summary.recovered},
                                {"troubled_accounts", summary.troubled_accounts},
                                {"blocked_accounts", summary.blocked_accounts},
                                {"out_of_time", summary.out_of_time}}
                     .dump(2)
              << '\n';
  } else if (core::platform::is_terminal(1) || application.options.verbosity == Verbosity::verbose) {
    // Under cron silence means that all is well; what is not stands in the log and in the exit code.
    fmt::print("{} accepted, {} deferred, {} failed, {} uncertain, {} expired, {} suppressed, {} postponed\n",
               summary.accepted, summary.deferred, summary.failed, summary.uncertain, summary.expired,
               summary.suppressed, summary.postponed);
  }
}

core::ExitCode deliver(Application& application, const Options& options, std::optional<store::CompanyId> only) {
  const auto& configuration = application.configuration();
  auto database = application.open_store();
  core::platform::catch_stop_signals();

  delivery::ProcessQueueOptions run;
  run.concurrency = options.concurrency != 0 ? options.concurrency : configuration.delivery.concurrency;
  run.max_connections = configuration.delivery.max_connections;
  run.retry.max_attempts = configuration.delivery.max_attempts;
  run.deadline = options.deadline.count() != 0 ? options.deadline : configuration.delivery.deadline;
  for (const auto& [channel, policy] : configuration.delivery.on_uncertain) run.on_uncertain[channel] = policy;
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
  const auto summary = delivery::process_queue(database, run, surroundings);
  print_summary(application, summary);
  if (summary.failed == 0 && summary.blocked_accounts == 0) return core::ExitCode::ok;
  fmt::print(
      stderr,
      "error: {} notifications failed for good, {} accounts are blocked\nhint: `egarage-notify stats` says why\n",
      summary.failed, summary.blocked_accounts);
  return core::ExitCode::some_failed;
}

}  // namespace

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
  command.add_flag_callback(
      "--dry-run", [options] { options->dry_run = DryRun::yes; }, "Say what would be sent; send and change nothing");
  return [options, &application] {
    std::optional<store::CompanyId> only;
    if (!options->company.empty()) {
      auto database = application.open_store_read_only();
      store::Directory directory{database};
      only = company_or_error(directory, options->company).id;
    }
    if (options->dry_run == DryRun::yes) return show_plan(application, only);
    return deliver(application, *options, only);
  };
}

}  // namespace egarage::app
