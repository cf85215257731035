#include "producers/subscriptions.hpp"

#include <memory>

#include "app/commands/commands.hpp"
#include "app/commands/options.hpp"
#include "app/commands/step.hpp"
#include "app/terminal/producer_words.hpp"

namespace egarage::app {

namespace {

producers::LadderRules ladder_of(const config::SubscriptionNotices& notices) {
  producers::LadderRules rules{notices.after, notices.first_notice_within};
  for (const auto step : notices.before) rules.steps.push_back(-step);
  return rules;
}

StepResult check(Application& application, core::DryRun dry_run, const std::string& company) {
  const auto rules = ladder_of(application.configuration().producers.subscriptions);
  auto database = dry_run == core::DryRun::yes ? application.open_store_read_only() : application.open_store();
  producers::ProducerRequest request{.now = application.now(), .dry_run = dry_run};
  if (!company.empty()) request.only = company_or_error(store::Directory{database}, company).id;
  return in_words(producers::check_subscriptions(database, rules, request), dry_run);
}

}  // namespace

StepResult check_subscriptions(Application& application, core::DryRun dry_run) {
  return check(application, dry_run, {});
}

Action register_check_subscriptions(CLI::App& command, Application& application) {
  auto company = std::make_shared<std::string>();
  auto dry_run = std::make_shared<core::DryRun>(core::DryRun::no);
  add_company_option(command, *company, "Only this company");
  add_at_option(command, application);
  add_dry_run_option(command, *dry_run, "Say what would be created and cancelled; change nothing");
  return
      [company, dry_run, &application] { return show(application, check(application, *dry_run, *company), *dry_run); };
}

}  // namespace egarage::app
