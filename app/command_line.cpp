#include "app/command_line.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <memory>
#include <utility>
#include <vector>

#include "app/commands/commands.hpp"
#include "config/transports.hpp"
#include "core/nearest_name.hpp"
#include "core/platform/process.hpp"

namespace egarage::app {
namespace {

constexpr std::string_view exit_codes =
    "Exit codes:\n"
    "  0  done, also when nothing was due      3  the configuration or a text is wrong\n"
    "  1  some failed, or an account blocked   4  the store cannot be used\n"
    "  2  the command line is wrong           70  a defect of this program\n"
    "  130 or 143  stopped by a signal: what was in flight was finished, the rest waits for the next run\n";

// CLI11's own words about options (`Excludes: …`, defaults) make lines that nobody reads.
class PlainFormatter : public CLI::Formatter {
 public:
  PlainFormatter() {
    column_width(26);
    label("SUBCOMMAND", "COMMAND");
  }
  std::string make_option_opts(const CLI::Option* option) const override {
    const auto type = option->get_type_name();  // a validator's range stands behind a colon
    return type.empty() ? "" : " " + type.substr(0, type.find(':'));
  }
};

// Where the configuration is when nobody says: here, or where the environment says.
std::filesystem::path default_configuration_file() {
  const std::filesystem::path here = "egarage-notify.toml";
  std::error_code ignored;
  if (std::filesystem::exists(here, ignored)) return here;
  const auto elsewhere = core::platform::environment("EGARAGE_NOTIFY_CONFIG");
  return elsewhere && !elsewhere->empty() ? std::filesystem::path(*elsewhere) : here;
}

void add_global_options(CLI::App& app, GlobalOptions& options) {
  app.add_option("--config", options.config_file, "Configuration (./egarage-notify.toml, else $EGARAGE_NOTIFY_CONFIG)")
      ->type_name("FILE");
  app.add_option("--store", options.store, "Store, instead of the configuration's")->type_name("FILE");
  app.add_flag_callback(
      "--json", [&] { options.output = Output::json; }, "Print data as JSON");
  auto* quiet = app.add_flag_callback(
      "--quiet", [&] { options.verbosity = Verbosity::quiet; }, "Print errors only");
  app.add_flag_callback(
         "--verbose", [&] { options.verbosity = Verbosity::verbose; }, "Print and log more; recipients in full")
      ->excludes(quiet);
  app.set_version_flag(
      "--version",
      fmt::format("egarage-notify {} (e-mail over {})", EGARAGE_VERSION, fmt::join(config::email_transports, ", ")),
      "Print the version");
}

// `template show `, as it stands before the options of that command.
std::string words_of(const CLI::App* command) {
  if (!command || !command->get_parent()) return "";
  return words_of(command->get_parent()) + command->get_name() + " ";
}

bool has_commands(const CLI::App& command) { return !command.get_subcommands({}).empty(); }

// What CLI11 could make nothing of: an unknown command, or an unknown option of a known one.
[[noreturn]] void refuse(const std::string& word, const CLI::App& app, const CLI::App& command) {
  const bool is_option = word.starts_with("-");
  std::vector<std::string> names;
  if (is_option) {
    for (const auto* known : {&app, &command}) {
      for (const auto* option : known->get_options()) {
        for (const auto& name : option->get_lnames()) names.push_back("--" + name);
      }
    }
  } else {
    for (const auto* known : command.get_subcommands({})) names.push_back(known->get_name());
  }
  const std::vector<std::string_view> views(names.begin(), names.end());
  const auto nearest = core::nearest_name(word, views);
  const auto kind = is_option ? "option" : has_commands(command) ? "command" : "argument";
  throw core::Error(core::ExitCode::usage, fmt::format("unknown {} \"{}\"", kind, word),
                    nearest ? fmt::format("Did you mean \"{}\"?", *nearest)
                            : fmt::format("See: egarage-notify {}--help", words_of(&command)));
}

struct Registered {
  const CLI::App* command;
  Action action;
};

void add_commands(CLI::App& parent, std::span<const CommandRow> rows, Application& application,
                  std::vector<Registered>& registered) {
  for (const auto& row : rows) {
    auto* command = parent.add_subcommand(std::string(row.name), std::string(row.summary));
    command->group(std::string(row.group));
    command->fallthrough();  // global options may also follow the command
    command->footer(fmt::format("Examples:\n{}\n{}", row.examples, exit_codes));
    if (row.commands) {
      command->require_subcommand(0, 1);
      add_commands(*command, row.commands(), application, registered);
    } else {
      registered.push_back({command, row.add(*command, application)});
    }
  }
}

// The last command on the line: `show` in `template show`; `app` itself when there is none.
const CLI::App& chosen_command(const CLI::App& app) {
  const auto chosen = app.get_subcommands();
  return chosen.empty() ? app : chosen_command(*chosen.front());
}

}  // namespace

core::ExitCode run_command_line(int argc, const char* const* argv, Application& application) {
  CLI::App app{"egarage-notify: sends a workshop's notifications from a queue that loses nothing.", "egarage-notify"};
  app.formatter(std::make_shared<PlainFormatter>());
  app.footer(fmt::format("Each command explains itself: egarage-notify COMMAND --help\n\n{}", exit_codes));
  app.allow_extras();
  app.require_subcommand(0, 1);
  add_global_options(app, application.options);

  std::vector<Registered> registered;
  add_commands(app, all_commands(), application, registered);

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) {  // --help, --version
      app.exit(error, std::cout, std::cerr);
      return core::ExitCode::ok;
    }
    throw core::Error(core::ExitCode::usage, error.what(),
                      fmt::format("See: egarage-notify {}--help", words_of(&chosen_command(app))));
  }

  const auto& command = chosen_command(app);
  const auto left = app.remaining(true);
  if (!left.empty()) refuse(left.front(), app, command);
  const auto chosen = std::ranges::find(registered, &command, &Registered::command);
  if (chosen == registered.end()) {
    throw core::Error(core::ExitCode::usage, "no command",
                      fmt::format("See: egarage-notify {}--help", words_of(&command)));
  }
  if (app.count("--config") == 0) application.options.config_file = default_configuration_file();
  return chosen->action();
}

}  // namespace egarage::app
