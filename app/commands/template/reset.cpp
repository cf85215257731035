#include <fmt/format.h>

#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/commands/template/commands.hpp"
#include "app/commands/template/text_options.hpp"

namespace egarage::app {

Action register_template_reset(CLI::App& command, Application& application) {
  auto options = std::make_shared<TextOptions>();
  add_name_argument(command, *options);
  add_variant_options(command, *options);
  add_owner_option(command, *options);
  return [options, &application] {
    auto database = application.open_store();
    TextDesk desk{database, options->company};
    const auto key = key_of(*options, desk.owner());
    if (!desk.remove(key, application.now())) {
      throw core::Error(core::ExitCode::usage,
                        fmt::format("{} has no text {} of its own", desk.owner().label(), to_string(key)),
                        "egarage-notify template list shows whose texts are in force.");
    }
    const bool has_heir = desk.inherited(key) != nullptr;
    if (application.options.output == Output::json) {
      const nlohmann::ordered_json json{{"key", to_string(key)}, {"removed", true}, {"inherited", has_heir}};
      std::cout << json.dump() << '\n';
    } else if (application.options.verbosity != Verbosity::quiet) {
      std::cout << fmt::format("{} is gone; {}.\n", to_string(key),
                               has_heir ? "the text it stood before is in force again"
                                        : "messages use the text for all channels, or another language's");
    }
    return core::ExitCode::ok;
  };
}

}  // namespace egarage::app
