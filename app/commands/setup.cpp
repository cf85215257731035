#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <system_error>

#include "app/commands/commands.hpp"
#include "app/reference_configuration.hpp"
#include "app/schedule.hpp"
#include "app/takeover.hpp"
#include "core/email_address.hpp"
#include "core/platform/files.hpp"
#include "core/platform/process.hpp"
#include "core/utf8.hpp"

namespace egarage::app {
namespace {

enum class Questions { asked, not_asked };

/// One thing that setup looked after.
struct Step {
  std::string what, where, result;
};

std::string ask(std::string_view question, std::string_view otherwise) {
  std::cout << fmt::format("{}{}: ", question, otherwise.empty() ? "" : fmt::format(" [{}]", otherwise)) << std::flush;
  std::string answer;
  std::getline(std::cin, answer);
  return core::one_line(answer);
}

Answers ask_all() {
  Answers answers;
  std::cout << "Return keeps what stands in brackets; everything can be changed in the file later.\n";
  answers.platform_name = ask("Name of the platform", "E-Garage");
  while (true) {
    answers.from = ask("Messages come from (Name <user@host>)", "E-Garage <avisos@egarage.example>");
    if (answers.from.empty() || core::parse_mailbox(answers.from)) break;
    std::cout << "That is not an e-mail address.\n";
  }
  answers.host = ask("SMTP server (none: messages become files)", "");
  if (!answers.host.empty()) answers.user = ask("SMTP user (none: no login)", "");
  return answers;
}

Step make_configuration(Application& application, const std::filesystem::path& file, Questions questions) {
  std::error_code ignored;
  if (std::filesystem::exists(file, ignored)) return {"Configuration", file.string(), "kept"};
  auto answers = questions == Questions::asked ? ask_all() : Answers{};
  if (!application.options.store.empty()) answers.store = application.store_path().string();
  const auto text = configuration_with(answers);
  try {
    if (file.has_parent_path()) std::filesystem::create_directories(file.parent_path());
    core::platform::write_file_durably(file, text);
  } catch (const std::system_error& error) {
    throw core::Error(core::ExitCode::configuration,
                      fmt::format("{} cannot be written: {}", file.string(), error.code().message()),
                      "Name another place with --config FILE.");
  }
  return {"Configuration", file.string(), "created"};
}

Step make_key(const config::Configuration& configuration, const config::SecretKeeper& secrets) {
  std::error_code ignored;
  const bool there = std::filesystem::exists(configuration.key_file, ignored);
  secrets.create_key();
  return {"Key", configuration.key_file.string(), there ? "kept" : "created"};
}

bool writes_files(const std::optional<core::EmailAccount>& account) { return account && account->transport == "file"; }

std::optional<Step> make_outbox(const config::Configuration& configuration) {
  const bool wanted = writes_files(configuration.platform.email_account) ||
                      std::any_of(configuration.companies.begin(), configuration.companies.end(),
                                  [](const auto& company) { return writes_files(company.email_account); });
  if (!wanted) return std::nullopt;
  try {
    const bool created = std::filesystem::create_directories(configuration.outbox);
    return Step{"Outbox", configuration.outbox.string(), created ? "created" : "kept"};
  } catch (const std::system_error& error) {
    throw core::Error(
        core::ExitCode::configuration,
        fmt::format("folder {} cannot be created: {}", configuration.outbox.string(), error.code().message()),
        "Name another directory in [channels.file].");
  }
}

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

void print_text(const std::vector<Step>& steps, const Schedule& schedule) {
  for (const auto& step : steps) {
    std::cout << fmt::format("{:<14} {:<10} {}\n", step.what, step.result, step.where);
  }
  std::cout << fmt::format(
      "\nNext\n  1. Companies and accounts: edit the configuration, then run setup again.\n"
      "  2. Put events in:    {0} enqueue events.jsonl\n"
      "  3. Send what is due: {0} process-queue\n"
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
