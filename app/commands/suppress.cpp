#include <fmt/format.h>

#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/commands/commands.hpp"
#include "app/commands/options.hpp"
#include "core/email_address.hpp"

namespace egarage::app {
namespace {

struct SuppressOptions {
  std::string address, company;
  bool promotional = false;
};

}  // namespace

Action register_suppress(CLI::App& command, Application& application) {
  auto options = std::make_shared<SuppressOptions>();
  command.add_option("address", options->address, "The e-mail address")->required()->type_name("ADDRESS");
  add_company_option(command, options->company, "The company that it wants nothing more from")->required();
  command.add_flag("--promotional", options->promotional, "Only promotional messages; the others still go out");

  return [options, &application] {
    const auto address = core::EmailAddress::parse(options->address);
    if (!address) {
      throw core::Error(core::ExitCode::usage,
                        fmt::format("\"{}\" is not an e-mail address: it {}", options->address,
                                    core::EmailAddress::explain_refusal(options->address)),
                        "Write it as user@host.example.");
    }
    auto database = application.open_store();
    store::Directory directory(database);
    const auto company = company_or_error(directory, options->company);
    const auto scope = options->promotional ? store::SuppressionScope::promotional : store::SuppressionScope::all;
    directory.suppress(company.id, core::Channel::email, address->str(), scope, "recorded by hand", application.now());
    if (application.options.output == Output::json) {
      const nlohmann::ordered_json json{{"address", address->str()},
                                        {"company", company.company.slug},
                                        {"scope", core::name_of(store::suppression_scope_names, scope)}};
      std::cout << json.dump() << '\n';
    } else if (application.options.verbosity != Verbosity::quiet) {
      std::cout << fmt::format("{} gets {} from {} any more.\n", address->str(),
                               options->promotional ? "nothing promotional" : "nothing", company.company.slug);
    }
    return core::ExitCode::ok;
  };
}

}  // namespace egarage::app
