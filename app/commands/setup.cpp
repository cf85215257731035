#include <fmt/format.h>

#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/account_validation.hpp"
#include "app/commands/commands.hpp"
#include "app/installation.hpp"
#include "app/schedule.hpp"
#include "app/takeover.hpp"
#include "app/text_desk.hpp"
#include "app/whatsapp_mappings.hpp"
#include "core/platform/process.hpp"

namespace egarage::app {
namespace {

std::string_view word(store::Upsert upsert) {
  switch (upsert) {
    case store::Upsert::created:
      return "created";
    case store::Upsert::changed:
      return "changed";
    case store::Upsert::unchanged:
      return "unchanged";
  }
  return "";
}

void add_company_steps(std::vector<Step>& steps, const TakenOver& taken) {
  // Companies that stay as they are would drown those that do not.
  for (const auto& slug : taken.created) steps.push_back({"Company", slug, "created"});
  for (const auto& slug : taken.changed) steps.push_back({"Company", slug, "changed"});
  if (!taken.unchanged.empty()) {
    steps.push_back({"Companies", fmt::format("{} of them", taken.unchanged.size()), "unchanged"});
  }
}

void print_warnings(const std::vector<config::Warning>& warnings) {
  for (const auto& [sentence, hint] : warnings) std::cerr << fmt::format("warning: {}\nhint: {}\n", sentence, hint);
}

void print_text(const std::vector<Step>& steps, const Schedule& schedule) {
  for (const auto& step : steps) {
    std::cout << fmt::format("{:<14} {:<10} {}\n", step.what, step.result, step.where);
  }
  std::cout << fmt::format(
      "\nNext\n  1. Companies and accounts: edit the configuration, then run setup again.\n"
      "  2. Put events in:    {0} enqueue events.jsonl\n"
      "  3. Do what is due:   {0} run\n"
      "  4. Let it run by itself, every 15 minutes.\n"
      "     cron:    {1}\n"
      "     Windows: {2}\n",
      schedule.command, schedule.crontab, schedule.schtasks);
}

void print_json(const std::vector<Step>& steps, const Schedule& schedule) {
  nlohmann::ordered_json json{{"steps", nlohmann::ordered_json::array()}};
  for (const auto& step : steps) {
    json["steps"].push_back({{"what", step.what}, {"where", step.where}, {"result", step.result}});
  }
  json["crontab"] = schedule.crontab;
  json["schtasks"] = schedule.schtasks;
  std::cout << json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) << '\n';
}

core::ExitCode set_up(Application& application, Questions questions) {
  const auto file = std::filesystem::absolute(application.options.config_file).lexically_normal();
  application.options.config_file = file;
  std::vector<Step> steps{make_configuration(application, file, questions)};
  const auto& configuration = application.configuration();
  validate_accounts(configuration);
  const auto secrets = application.secrets();
  steps.push_back(make_key(configuration, secrets));

  const auto store = application.store_path();
  std::error_code ignored;
  const bool store_was_there = std::filesystem::exists(store, ignored);
  auto database = store::Database::create_or_upgrade(store, application.now());
  steps.push_back({"Store", store.string(), store_was_there ? "up to date" : "created"});
  if (auto step = make_outbox(configuration)) steps.push_back(*std::move(step));

  const auto taken = take_over(configuration, secrets, database, application.now());
  steps.push_back({"Platform", configuration.platform.name, std::string(word(taken.platform))});
  add_company_steps(steps, taken);
  print_warnings(configuration.warnings);
  print_findings(lint_mappings(configuration, database, application.now()), false);
  for (auto& step : missing_passwords(configuration, secrets)) steps.push_back(std::move(step));

  const auto schedule = schedule_of(application.program, file, application.options.store);
  if (application.options.output == Output::json) {
    print_json(steps, schedule);
  } else if (application.options.verbosity != Verbosity::quiet) {
    print_text(steps, schedule);
  }
  return core::ExitCode::ok;
}

}  // namespace

Action register_setup(CLI::App& command, Application& application) {
  auto non_interactive = std::make_shared<bool>(false);
  command.add_flag("--non-interactive", *non_interactive,
                   "Ask nothing, take the defaults; so it is without a terminal");
  return [non_interactive, &application] {
    constexpr int standard_input = 0;
    const bool somebody_there = !*non_interactive && core::platform::is_terminal(standard_input);
    return set_up(application, somebody_there ? Questions::asked : Questions::not_asked);
  };
}

}  // namespace egarage::app
