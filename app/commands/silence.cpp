#include <fmt/format.h>

#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/commands/commands.hpp"
#include "app/commands/options.hpp"
#include "core/nearest_name.hpp"
#include "store/customers.hpp"
#include "store/silences.hpp"
#include "store/vehicles.hpp"

namespace egarage::app {
namespace {

struct SilenceOptions {
  std::string company, customer, vehicle, event, until, reason;
  bool end = false;
};

core::Event event_named(const std::string& code) {
  if (const auto event = core::parse_event(code)) return *event;
  std::vector<std::string_view> codes;
  for (const auto& traits : core::all_events) codes.push_back(traits.code);
  const auto nearest = core::nearest_name(code, codes);
  throw core::Error(
      core::ExitCode::usage, fmt::format("there is no event {}", code),
      nearest ? fmt::format("Did you mean {}?", *nearest) : fmt::format("Name one of {}.", fmt::join(codes, ", ")));
}

/// What is to be silent, as far as the options say.
store::Silence silence_of(store::Database& database, store::CompanyId company, const SilenceOptions& options) {
  store::Silence silence;
  const auto refuse = [&](std::string_view what, const std::string& key) {
    throw core::Error(core::ExitCode::usage, fmt::format("{} has no {} {}", options.company, what, key),
                      fmt::format("\"export {}s --company {}\" shows the keys.", what, options.company));
  };
  if (!options.customer.empty()) {
    if (!store::Customers{database}.exists(company, options.customer)) refuse("customer", options.customer);
    silence.customer = options.customer;
  }
  if (!options.vehicle.empty()) {
    if (!store::Vehicles{database}.exists(company, options.vehicle)) refuse("vehicle", options.vehicle);
    silence.vehicle = options.vehicle;
  }
  if (!options.event.empty()) silence.event = event_named(options.event);
  return silence;
}

/// The company's calendar says which day it is.
core::Date today_of(const core::Company& company, core::Instant now) {
  const auto zone = core::TimeZone::locate(company.time_zone).value_or(core::TimeZone::utc());
  return core::Date{std::chrono::floor<std::chrono::days>(zone.to_local(now))};
}

core::Date last_day(const SilenceOptions& options, core::Date today) {
  const auto until = core::parse_date(options.until);
  if (!until) {
    throw core::Error(core::ExitCode::usage, fmt::format("\"{}\" is not a date", options.until),
                      "Write the last silent day as 2026-12-31.");
  }
  if (*until < today) {
    throw core::Error(core::ExitCode::usage, fmt::format("{} is over", options.until),
                      "Name a day to come, or end a silence with --end.");
  }
  return *until;
}

std::string subject(const store::Silence& silence) {
  std::string text;
  if (silence.customer) text += " about customer " + *silence.customer;
  if (silence.vehicle) text += " about vehicle " + *silence.vehicle;
  if (silence.event) text += fmt::format(" of {}", core::to_string(*silence.event));
  return text.empty() ? " at all" : text;
}

void print(const Application& application, const std::string& company, const store::Silence& silence, bool ended) {
  if (application.options.output == Output::json) {
    nlohmann::ordered_json json{{"company", company}};
    if (silence.customer) json["customer"] = *silence.customer;
    if (silence.vehicle) json["vehicle"] = *silence.vehicle;
    if (silence.event) json["event"] = core::to_string(*silence.event);
    json["until"] = core::format_date(silence.until);
    std::cout << json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) << '\n';
  } else if (application.options.verbosity != Verbosity::quiet) {
    std::cout << (ended ? fmt::format("The silence of {}{} is over.\n", company, subject(silence))
                        : fmt::format("{} sends nothing{} up to and including {}.\n", company, subject(silence),
                                      core::format_date(silence.until)));
  }
}

}  // namespace

Action register_silence(CLI::App& command, Application& application) {
  auto options = std::make_shared<SilenceOptions>();
  add_company_option(command, options->company, "The company that is to be silent")->required();
  auto* customer = command.add_option("--customer", options->customer, "Only what is written to that customer");
  customer->type_name("KEY");
  command.add_option("--vehicle", options->vehicle, "Only what is about that vehicle")
      ->type_name("KEY")
      ->excludes(customer);
  command.add_option("--event", options->event, "Only what that event makes")->type_name("CODE");
  auto* until = command.add_option("--until", options->until, "The last silent day, such as 2026-12-31");
  until->type_name("DATE");
  command.add_option("--reason", options->reason, "Why; shown wherever a message waits because of it")
      ->type_name("TEXT");
  command.add_flag("--end", options->end, "The silence for exactly that is over; what waits for it may go")
      ->excludes(until);
  add_at_option(command, application);

  return [options, &application] {
    if (!options->end && options->until.empty()) {
      throw core::Error(core::ExitCode::usage, "a silence needs its last day", "Add --until DATE, or --end to end it.");
    }
    auto database = application.open_store();
    const auto [id, company] = company_or_error(store::Directory(database), options->company);
    store::Silences silences{database};
    auto silence = silence_of(database, id, *options);
    const auto today = today_of(company, application.now());
    if (options->end) {
      const auto known = silences.find(id, silence);
      if (!known || known->until < today) {
        throw core::Error(core::ExitCode::usage,
                          fmt::format("{} has no such silence{}", company.slug, subject(silence)),
                          fmt::format("\"export silences --company {}\" shows them.", company.slug));
      }
      silence = *known;
      silence.until = core::Date{std::chrono::sys_days{today} - std::chrono::days{1}};
    } else {
      silence.until = last_day(*options, today);
      silence.reason = options->reason;
    }
    silences.upsert(id, silence, application.now());
    print(application, company.slug, silence, options->end);
    return core::ExitCode::ok;
  };
}

}  // namespace egarage::app
