#include "host/sync.hpp"

#include <algorithm>
#include <memory>

#include "app/commands/commands.hpp"
#include "app/commands/options.hpp"
#include "app/commands/step.hpp"
#include "app/terminal/sync_words.hpp"
#include "config/overlay.hpp"

namespace egarage::app {

namespace {

host::SyncOrder order_of(const config::Configuration& configuration, core::DryRun dry_run, host::Extent extent) {
  host::SyncOrder order;
  order.recheck = configuration.host.recheck;
  order.extent = extent;
  order.dry_run = dry_run;
  for (const auto& [slug, declaration] : configuration.declarations) {
    if (!declaration.host_id)
      order.unexplained.insert(slug);
    else if (*declaration.host_id != config::no_host_id)
      order.declared.emplace(*declaration.host_id, slug);
  }
  order.overlay = [&configuration](core::Company company) {
    const auto declared = std::ranges::find(configuration.companies, company.slug, &core::Company::slug);
    if (declared == configuration.companies.end()) return company;
    return config::overlay(std::move(company), *declared, configuration.declarations.at(declared->slug));
  };
  return order;
}

StepResult sync_with_host(Application& application, core::DryRun dry_run, host::Extent extent) {
  const auto& configuration = application.configuration();
  if (configuration.host.database.empty()) return skipped("no [host] database is configured");
  host::Database host(configuration.host.database);
  auto database = application.open_store();
  return in_words(host::sync(host, database, order_of(configuration, dry_run, extent), application.now()), dry_run);
}

}  // namespace

StepResult sync(Application& application, core::DryRun dry_run) {
  return sync_with_host(application, dry_run, host::Extent::recent);
}

Action register_sync(CLI::App& command, Application& application) {
  auto extent = std::make_shared<host::Extent>(host::Extent::recent);
  auto dry_run = std::make_shared<core::DryRun>(core::DryRun::no);
  command.add_flag_callback(
      "--full", [extent] { *extent = host::Extent::full; },
      "Read all documents, not only new and recent ones, and believe what the host has deleted");
  add_at_option(command, application);
  add_dry_run_option(command, *dry_run, "Say what would be created and changed; change nothing");
  return [extent, dry_run, &application] {
    auto result = sync_with_host(application, *dry_run, *extent);
    if (result.data.contains("skipped"))
      result.text = "No [host] database is configured: there is nothing to sync with.\n";
    return show(application, result, *dry_run);
  };
}

}  // namespace egarage::app
