#include "app/installation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <system_error>

#include "app/reference_configuration.hpp"
#include "core/email_address.hpp"
#include "core/error.hpp"
#include "core/platform/files.hpp"
#include "core/utf8.hpp"

namespace egarage::app {
namespace {

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

bool writes_files(const core::Accounts& accounts) {
  return std::ranges::any_of(core::channel_names, [&](const auto& row) {
    const auto account = accounts.on(row.first);
    return account && core::transport_of(*account) == "file";
  });
}

}  // namespace

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

std::optional<Step> make_outbox(const config::Configuration& configuration) {
  const bool wanted = writes_files(configuration.platform.accounts) ||
                      std::any_of(configuration.companies.begin(), configuration.companies.end(),
                                  [](const auto& company) { return writes_files(company.accounts); });
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

std::vector<Step> missing_passwords(const config::Configuration& configuration, const config::SecretKeeper& secrets) {
  std::vector<Step> steps;
  const auto check = [&](const core::Accounts& accounts, const std::string& owner) {
    for (const auto& [channel, name] : core::channel_names) {
      const auto account = accounts.on(channel);
      if (!account) continue;
      const auto password = secrets.open(secrets.seal(core::password_of(*account)));
      if (const auto* unavailable = std::get_if<config::SecretKeeper::Unavailable>(&password)) {
        steps.push_back({"Password", fmt::format("{} {}: {}", owner, name, unavailable->sentence), "missing"});
      }
    }
  };
  check(configuration.platform.accounts, configuration.platform.name);
  for (const auto& company : configuration.companies) check(company.accounts, company.slug);
  return steps;
}

}  // namespace egarage::app
