#include "report/explain.hpp"

#include <fmt/format.h>

#include <charconv>
#include <iostream>
#include <memory>

#include "app/commands/commands.hpp"
#include "app/commands/options.hpp"
#include "app/commands/producer_command.hpp"
#include "report/subject_story.hpp"

namespace egarage::app {
namespace {

struct ExplainOptions {
  std::string which, company, vehicle, customer, document;
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

[[noreturn]] void nothing_found(std::string_view what, const std::string& named, const std::string& company) {
  throw core::Error(core::ExitCode::usage, fmt::format("{} has no {} {}", company, what, named),
                    fmt::format("`egarage-notify export {}s --company {}` lists them.", what, company));
}

report::SubjectStory story(store::Database& database, const ExplainOptions& options, const report::Telling& telling) {
  const auto company = company_of_key(store::Directory(database), options.company);
  const auto& slug = company.company.slug;
  if (!options.vehicle.empty()) {
    const store::Vehicles vehicles(database);
    if (const auto vehicle = vehicles.find(company.id, options.vehicle)) {
      return report::story_of_vehicle(database, company, *vehicle, telling);
    }
    const auto same_plate = vehicles.with_plate(company.id, options.vehicle, company.company.country);
    if (same_plate.empty()) nothing_found("vehicle", options.vehicle, slug);
    return report::story_of_vehicle(database, company, same_plate.back(), telling);
  }
  if (!options.customer.empty()) {
    const auto customer = store::Customers(database).find(company.id, options.customer);
    if (!customer) nothing_found("customer", options.customer, slug);
    return report::story_of_customer(database, company, *customer, telling);
  }
  const auto document = store::Documents(database).find(company.id, options.document);
  if (!document) nothing_found("document", options.document, slug);
  return report::story_of_document(database, company, *document, telling);
}

core::ExitCode explain_notification(Application& application, const ExplainOptions& options, report::Privacy privacy) {
  auto database = application.open_store_read_only();
  const auto record = find(database, options);
  if (!record) {
    throw core::Error(core::ExitCode::usage,
                      fmt::format("there is no notification {}{}", options.which,
                                  options.company.empty() ? "" : " of " + options.company),
                      "Numbers and keys are shown by stats and in the log.");
  }
  if (application.options.output == Output::json) {
    std::cout << report::explain_json(*record, privacy);
    return core::ExitCode::ok;
  }
  const auto company = store::Directory(database).find_company(record->company);
  const auto zone = company ? core::TimeZone::locate(company->company.time_zone) : std::nullopt;
  std::cout << report::explain_text(*record, zone.value_or(core::TimeZone::utc()), application.now(), privacy);
  return core::ExitCode::ok;
}

core::ExitCode explain(Application& application, const ExplainOptions& options) {
  const auto privacy =
      application.options.verbosity == Verbosity::verbose ? report::Privacy::full : report::Privacy::masked;
  if (!options.which.empty()) return explain_notification(application, options, privacy);
  if (options.vehicle.empty() && options.customer.empty() && options.document.empty()) {
    throw core::Error(core::ExitCode::usage, "explain does not know what to explain",
                      "Give a notification's number or key, or --vehicle, --customer or --document.");
  }
  auto database = application.open_store_read_only();
  const auto told =
      story(database, options,
            {application.now(), reminder_rules(application.configuration().producers.maintenance), privacy});
  std::cout << (application.options.output == Output::json ? report::to_json(told) : report::to_text(told));
  return core::ExitCode::ok;
}

}  // namespace

Action register_explain(CLI::App& command, Application& application) {
  auto options = std::make_shared<ExplainOptions>();
  auto* which =
      command.add_option("which", options->which, "The notification's number, or its key")->type_name("ID|KEY");
  auto* vehicle = command.add_option("--vehicle", options->vehicle, "Why this vehicle got what it got, or nothing")
                      ->type_name("PLATE|KEY");
  auto* customer = command.add_option("--customer", options->customer, "The same for a customer")->type_name("KEY");
  auto* document = command.add_option("--document", options->document, "The same for a document")->type_name("KEY");
  vehicle->excludes(which, customer, document);
  customer->excludes(which, document);
  document->excludes(which);
  add_company_option(command, options->company,
                     "Whose it is; needed with anything but a number where there are several");
  add_at_option(command, application);
  return [options, &application] { return explain(application, *options); };
}

}  // namespace egarage::app
