#include "app/commands/options.hpp"

#include "core/instant.hpp"

namespace egarage::app {

CLI::Option* add_at_option(CLI::App& command, Application& application) {
  return command
      .add_option_function<std::string>(
          "--at",
          [&application](const std::string& text) {
            application.pretended_now = core::parse_instant(text);
            if (!application.pretended_now) {
              throw CLI::ValidationError("--at", "\"" + text + "\" is not an instant such as 2026-11-22T15:04:05Z");
            }
          },
          "Decide as if it were that instant, such as 2026-11-22T15:04:05Z")
      ->type_name("INSTANT");
}

CLI::Option* add_duration_option(CLI::App& command, const std::string& name, std::chrono::seconds& value,
                                 const std::string& description) {
  return command
      .add_option_function<std::string>(
          name,
          [&value, name](const std::string& text) {
            const auto duration = core::parse_duration(text);
            if (!duration) {
              throw CLI::ValidationError(name, "\"" + text + "\" is not a duration such as 90s, 15m, 24h or 7d");
            }
            value = *duration;
          },
          description)
      ->type_name("DURATION");
}

CLI::Option* add_dry_run_option(CLI::App& command, core::DryRun& value, const std::string& description) {
  return command.add_flag_callback(
      "--dry-run", [&value] { value = core::DryRun::yes; }, description);
}

CLI::Option* add_company_option(CLI::App& command, std::string& slug, const std::string& description) {
  return command.add_option("--company", slug, description)->type_name("SLUG");
}

}  // namespace egarage::app
