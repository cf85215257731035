#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/commands/commands.hpp"
#include "app/commands/options.hpp"
#include "app/doctor/account_checks.hpp"
#include "app/doctor/installation_checks.hpp"
#include "app/doctor/test_message.hpp"
#include "core/error.hpp"
#include "report/table.hpp"

namespace egarage::app {
namespace {

struct Options {
  std::string company, recipient, channel;
};

void check_accounts(Application& application, const std::string& only, Findings& findings) {
  auto database = application.open_store_read_only();
  const store::Directory directory{database};
  channels::Network network;
  const auto surroundings = application.account_surroundings(network);
  const auto check = [&](const core::Accounts& accounts, std::optional<store::CompanyId> id, const std::string& owner) {
    for (const auto& [channel, name] : core::channel_names) {
      const auto account = accounts.on(channel);
      if (!account) continue;
      check_account(*account, owner, surroundings, findings);
      check_standing(directory.account_health({id, channel}), channel, owner, application.now(), findings);
    }
  };
  if (only.empty()) check(directory.platform().accounts, std::nullopt, "platform");
  for (const auto& [id, company] : directory.companies()) {
    if (only.empty() || company.slug == only) check(company.accounts, id, company.slug);
  }
}

void print_text(const Findings& findings) {
  report::Table table({{""}, {"what"}, {"check"}, {"found"}});
  for (const auto& finding : findings) {
    table.add_row(
        {std::string(core::name_of(health_names, finding.health)), finding.subject, finding.check, finding.detail});
  }
  std::cout << table.text();
  const auto count = [&](Health health) { return std::ranges::count(findings, health, &Finding::health); };
  std::cout << fmt::format("\n{} ok, {} warnings, {} failed\n", count(Health::ok), count(Health::warning),
                           count(Health::failed));
  for (const auto& finding : findings) {
    if (finding.health == Health::ok) continue;
    std::cout << fmt::format("\n{} {}: {}\n  {}\n", finding.subject, finding.check, finding.detail, finding.advice);
  }
}

void print_json(const Findings& findings) {
  auto rows = nlohmann::ordered_json::array();
  for (const auto& finding : findings) {
    rows.push_back(
        {{"health", finding.health == Health::failed ? "failed" : core::name_of(health_names, finding.health)},
         {"subject", finding.subject},
         {"check", finding.check},
         {"detail", finding.detail},
         {"advice", finding.advice}});
  }
  std::cout << nlohmann::ordered_json{{"findings", std::move(rows)}}.dump(
                   2, ' ', false, nlohmann::ordered_json::error_handler_t::replace)
            << '\n';
}

core::ExitCode examine(Application& application, const Options& options) {
  if (!options.company.empty()) {
    auto database = application.open_store_read_only();
    company_or_error(store::Directory{database}, options.company);
  }
  Findings findings;
  check_installation(application, findings);
  const bool store_works = findings.front().health == Health::ok;
  if (store_works) check_accounts(application, options.company, findings);
  if (application.options.output == Output::json) {
    print_json(findings);
  } else if (application.options.verbosity != Verbosity::quiet) {
    print_text(findings);
  }
  const bool failed = std::ranges::any_of(findings, [](const auto& f) { return f.health == Health::failed; });
  return !store_works ? core::ExitCode::store : failed ? core::ExitCode::some_failed : core::ExitCode::ok;
}

}  // namespace

Action register_doctor(CLI::App& command, Application& application) {
  auto options = std::make_shared<Options>();
  add_company_option(command, options->company, "Only this company's accounts");
  auto* recipient =
      command.add_option("--send-test", options->recipient, "Instead: send one real message to this address or number")
          ->type_name("ADDRESS");
  command.add_option("--channel", options->channel, "For a number: sms (default) or whatsapp")
      ->needs(recipient)
      ->type_name("CHANNEL")
      ->check(CLI::IsMember({"email", "whatsapp", "sms"}));
  return [options, &application] {
    if (options->recipient.empty()) return examine(application, *options);
    return send_test_message(application, {options->company, options->recipient, options->channel});
  };
}

}  // namespace egarage::app
