#include <fmt/format.h>

#include <iostream>
#include <memory>

#include "app/commands/commands.hpp"
#include "app/commands/options.hpp"
#include "store/history.hpp"

namespace egarage::app {
namespace {

struct RequeueOptions {
  std::int64_t id = 0;
  bool failed = false, held = false, expired = false;
  std::string company;
  std::chrono::seconds since{0};
};

store::Queue::RequeueFilter filter_of(const RequeueOptions& options, const store::Directory& directory,
                                      core::Instant now) {
  store::Queue::RequeueFilter filter;
  const auto add_if = [&](bool wanted, core::Status status) {
    if (wanted) filter.statuses.push_back(status);
  };
  add_if(options.failed, core::Status::failed);
  add_if(options.failed, core::Status::undelivered);
  add_if(options.held, core::Status::held);
  add_if(options.expired, core::Status::expired);
  if (options.id > 0) {
    filter.id = store::NotificationId{options.id};
    if (filter.statuses.empty()) {
      filter.statuses = {core::Status::failed, core::Status::undelivered, core::Status::held, core::Status::expired};
    }
  }
  if (filter.statuses.empty()) {
    throw core::Error(core::ExitCode::usage, "requeue does not know what to send again",
                      "Say --id N, --failed, --held or --expired; --company and --since narrow it down.");
  }
  if (!options.company.empty()) filter.company = company_or_error(directory, options.company).id;
  if (options.since.count() > 0) filter.since = now - options.since;
  return filter;
}

// Of one notification the reader wants to know why nothing happened.
std::string why_not(store::Database& database, std::int64_t id) {
  const auto record = store::History(database).notification(store::NotificationId{id});
  if (!record) {
    throw core::Error(core::ExitCode::usage, fmt::format("there is no notification {}", id),
                      "Numbers are shown by stats and in the log.");
  }
  return fmt::format("Nothing to do: notification {} is {}.\n", id, core::to_string(record->status));
}

}  // namespace

Action register_requeue(CLI::App& command, Application& application) {
  auto options = std::make_shared<RequeueOptions>();
  command.add_option("--id", options->id, "This notification")->type_name("N")->check(CLI::PositiveNumber);
  command.add_flag("--failed", options->failed, "What was refused for good, at once or, as a receipt says, later");
  command.add_flag("--held", options->held, "What may have arrived and waits for an operator: may arrive twice");
  command.add_flag("--expired", options->expired, "What was too late");
  add_company_option(command, options->company, "Only this company's");
  add_duration_option(command, "--since", options->since, "Only what changed within this time");

  return [options, &application] {
    auto database = application.open_store();
    const auto now = application.now();
    const auto filter = filter_of(*options, store::Directory(database), now);
    const auto count = store::Queue(database).requeue(filter, now);
    if (application.options.output == Output::json) {
      std::cout << fmt::format("{{\"requeued\": {}}}\n", count);
    } else if (application.options.verbosity != Verbosity::quiet) {
      std::cout << (count == 0 && filter.id ? why_not(database, options->id)
                                            : fmt::format("{} notification{} wait{} again; process-queue sends.\n",
                                                          count, count == 1 ? "" : "s", count == 1 ? "s" : ""));
    }
    return core::ExitCode::ok;
  };
}

}  // namespace egarage::app
