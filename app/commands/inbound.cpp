#include <fmt/format.h>

#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/commands/commands.hpp"
#include "app/commands/options.hpp"
#include "core/phone_number.hpp"
#include "delivery/compose.hpp"

namespace egarage::app {
namespace {

struct InboundOptions {
  std::string number, company;
};

std::string e164_or_error(const std::string& text, const std::string& country) {
  const auto number = core::PhoneNumber::parse(text, country);
  if (number) return number->str();
  throw core::Error(
      core::ExitCode::usage,
      fmt::format("\"{}\" is not a telephone number: it {}", text, core::PhoneNumber::explain_refusal(text, country)),
      "Write it with + and country code: +56912345678.");
}

}  // namespace

Action register_inbound(CLI::App& command, Application& application) {
  auto options = std::make_shared<InboundOptions>();
  command.add_option("number", options->number, "The customer's number")->required()->type_name("NUMBER");
  add_company_option(command, options->company, "The company that the customer wrote to")->required();
  add_at_option(command, application)->description("When the customer wrote, such as 2026-11-22T15:04:05Z; else now");

  return [options, &application] {
    auto database = application.open_store();
    store::Directory directory(database);
    const auto company = company_or_error(directory, options->company);
    const auto number = e164_or_error(options->number, company.company.country);
    const auto at = application.now();
    if (at > application.real_now()) {
      throw core::Error(core::ExitCode::usage, fmt::format("{} is yet to come", core::format_instant(at)),
                        "--at says when the customer wrote; without it, that is now.");
    }
    directory.note_inbound(company.id, core::Channel::whatsapp, number, at);
    const auto open_until =
        *directory.last_inbound(company.id, core::Channel::whatsapp, number) + delivery::whatsapp_window;
    if (application.options.output == Output::json) {
      const nlohmann::ordered_json json{{"number", number},
                                        {"company", company.company.slug},
                                        {"window_open_until", core::format_instant(open_until)}};
      std::cout << json.dump() << '\n';
    } else if (application.options.verbosity != Verbosity::quiet) {
      const bool is_open = open_until > application.real_now();
      std::cout << fmt::format("The window of {} at {} {} {}.\n", number, company.company.slug,
                               is_open ? "is open until" : "was closed at", core::format_instant(open_until));
    }
    return core::ExitCode::ok;
  };
}

}  // namespace egarage::app
