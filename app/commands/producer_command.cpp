#include "app/commands/producer_command.hpp"

#include <memory>
#include <utility>

#include "app/commands/options.hpp"
#include "app/terminal/producer_words.hpp"

namespace egarage::app {

namespace {

StepResult produce(Application& application, const ProducerStep& producer, core::DryRun dry_run,
                   const std::string& company) {
  const auto& settings = application.configuration().producers;
  auto database = dry_run == core::DryRun::yes ? application.open_store_read_only() : application.open_store();
  producers::ProducerRequest request{.now = application.now(), .dry_run = dry_run};
  if (!company.empty()) request.only = company_or_error(store::Directory{database}, company).id;
  return producer(settings, database, request);
}

}  // namespace

ProducerStep in_common_words(Producer* producer) {
  return [producer](const config::ProducerSettings& settings, store::Database& database,
                    const producers::ProducerRequest& request) {
    return in_words(producer(settings, database, request), request.dry_run);
  };
}

StepResult produce(Application& application, const ProducerStep& producer, core::DryRun dry_run) {
  return produce(application, producer, dry_run, {});
}

Action register_producer(CLI::App& command, Application& application, ProducerStep producer) {
  auto company = std::make_shared<std::string>();
  auto dry_run = std::make_shared<core::DryRun>(core::DryRun::no);
  add_company_option(command, *company, "Only this company");
  add_at_option(command, application);
  add_dry_run_option(command, *dry_run, "Say what would be created and cancelled; change nothing");
  return [company, dry_run, producer = std::move(producer), &application] {
    return show(application, produce(application, producer, *dry_run, *company), *dry_run);
  };
}

}  // namespace egarage::app
