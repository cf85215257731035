#include "report/explain.hpp"

#include <fmt/format.h>

#include <charconv>
#include <iostream>
#include <memory>

#include "app/commands/commands.hpp"
#include "app/commands/options.hpp"

namespace egarage::app {
namespace {

struct ExplainOptions {
  std::string which, company;
};

std::optional<store::NotificationId> as_id(const std::string& text) {
  store::NotificationId id;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), id.value);
  if (error != std::errc{} || stop != text.data() + text.size()) return std::nullopt;
  return id;
}

// A key is unique within a company only; where there is a single company it need not be named.
store::StoredCompany company_of_key(const store::Directory& directory, const std::string& slug) {
  if (!slug.empty()) return company_or_error(directory, slug);
  auto companies = directory.companies();
  if (companies.size() == 1) return std::move(companies.front());
  throw core::Error(core::ExitCode::usage, "a key is unique within a company only",
                    "Add --company SLUG, or give the notification's number.");
}

std::optional<store::NotificationRecord> find(store::Database& database, const ExplainOptions& options) {
  const store::Directory directory(database);
  const store::History history(database);
  const auto id = as_id(options.which);
  if (!id) return history.notification(company_of_key(directory, options.company).id, options.which);
  if (!options.company.empty()) company_or_error(directory, options.company);
  auto record = history.notification(*id);
  if (record && !options.company.empty() && record->company != options.company) return std::nullopt;
  return record;
}

}  // namespace

Action register_explain(CLI::App& command, Application& application) {
  auto options = std::make_shared<ExplainOptions>();
  command.add_option("which", options->which, "The notification's number, or its key")->required()->type_name("ID|KEY");
  add_company_option(command, options->company, "Whose key it is; needed with a key where there are several companies");
  add_at_option(command, application);

  return [options, &application] {
    auto database = application.open_store_read_only();
    const auto record = find(database, *options);
    if (!record) {
      throw core::Error(core::ExitCode::usage,
                        fmt::format("there is no notification {}{}", options->which,
                                    options->company.empty() ? "" : " of " + options->company),
                        "Numbers and keys are shown by stats and in the log.");
    }
    const auto privacy =
        application.options.verbosity == Verbosity::verbose ? report::Privacy::full : report::Privacy::masked;
    if (application.options.output == Output::json) {
      std::cout << report::explain_json(*record, privacy);
      return core::ExitCode::ok;
    }
    const auto company = store::Directory(database).find_company(record->company);
    const auto zone = company ? core::TimeZone::locate(company->company.time_zone) : std::nullopt;
    std::cout << report::explain_text(*record, zone.value_or(core::TimeZone::utc()), application.now(), privacy);
    return core::ExitCode::ok;
  };
}

}  // namespace egarage::app
