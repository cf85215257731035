#include <fmt/format.h>

#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/commands/template/commands.hpp"
#include "app/commands/template/text_options.hpp"
#include "core/instant.hpp"

namespace egarage::app {
namespace {

/// A text and whose it is.
struct Found {
  content::Level level;
  content::TextKey key;
  std::string text;
};

/// The text in force. With a channel, what that channel gets; without, the text for all channels.
std::optional<Found> find(const TextDesk& desk, const content::TextKey& wanted) {
  std::vector<std::optional<core::Channel>> variants{wanted.channel};
  if (wanted.channel) variants.emplace_back(std::nullopt);
  for (const auto& shelf : desk.catalogue().shelves()) {
    const bool is_worded_here =
        wanted.event() && core::traits(*wanted.event()).audience == core::Audience::company_admin;
    if (is_worded_here && shelf->level() == content::Level::company) continue;
    for (const auto variant : variants) {
      auto key = wanted;
      key.channel = variant;
      if (const auto* text = shelf->text(key)) return Found{shelf->level(), std::move(key), *text};
    }
  }
  return std::nullopt;
}

}  // namespace

Action register_template_show(CLI::App& command, Application& application) {
  auto options = std::make_shared<TextOptions>();
  add_name_argument(command, *options);
  add_variant_options(command, *options);
  add_owner_option(command, *options);
  return [options, &application] {
    auto database = application.open_store_read_only();
    const TextDesk desk{database, options->company};
    const auto wanted = key_of(*options, desk.owner());
    const auto found = find(desk, wanted);
    if (!found) {
      throw core::Error(core::ExitCode::usage, fmt::format("there is no text {}", to_string(wanted)),
                        "egarage-notify template list shows the texts there are.");
    }
    const auto level = core::name_of(content::level_names, found->level);
    if (application.options.output == Output::json) {
      const nlohmann::ordered_json json{{"key", to_string(found->key)}, {"level", level}, {"text", found->text}};
      std::cout << json.dump(2) << '\n';
      return core::ExitCode::ok;
    }
    if (application.options.verbosity != Verbosity::quiet) {
      fmt::print(stderr, "# {} of the {}\n", to_string(found->key), level);
    }
    std::cout << found->text;
    return core::ExitCode::ok;
  };
}

}  // namespace egarage::app
