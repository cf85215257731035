#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>

#include "app/accounts.hpp"
#include "config/configuration.hpp"
#include "config/secrets.hpp"
#include "core/event_log.hpp"
#include "core/instant.hpp"
#include "store/database.hpp"
#include "store/directory.hpp"

namespace egarage::app {

enum class Verbosity { quiet, normal, verbose };
enum class Output { text, json };

/// The options that stand before the command.
struct GlobalOptions {
  std::filesystem::path config_file = "egarage-notify.toml";
  std::filesystem::path store;  ///< empty: the configuration's
  Output output = Output::text;
  Verbosity verbosity = Verbosity::normal;
};

/// What commands stand on: global options, the clock, and the things that are opened on first use.
class Application {
 public:
  using Clock = std::function<core::Instant()>;

  explicit Application(Clock clock) : clock_(std::move(clock)) {}

  GlobalOptions options;
  /// This program's own file, for the lines that setup proposes to schedulers.
  std::filesystem::path program = "egarage-notify";
  /// `--at`: what now() answers from then on, for commands that decide. Sending ignores it: see real_now().
  std::optional<core::Instant> pretended_now;

  core::Instant now() const { return pretended_now ? *pretended_now : clock_(); }
  core::Instant real_now() const { return clock_(); }

  /// Loaded on first use. Throws core::Error{configuration} when it is missing or wrong.
  const config::Configuration& configuration();
  /// `--store`, or the configuration's: a command that needs nothing else of the configuration works without one.
  std::filesystem::path store_path();
  store::Database open_store();
  store::Database open_store_read_only();
  config::SecretKeeper secrets();
  /// What accounts of this installation are opened with.
  AccountSurroundings account_surroundings(channels::Network& network);
  /// The operator's log, opened on first use as [log] says. Without a log file it goes to stderr, warnings and worse
  /// only unless `--verbose`; `--quiet` leaves errors.
  core::EventLog& log();

 private:
  Clock clock_;
  std::optional<config::Configuration> configuration_;
  std::unique_ptr<core::EventLog> log_;
};

/// The company with that slug. Throws core::Error{usage} naming the known ones when there is none.
store::StoredCompany company_or_error(const store::Directory& directory, std::string_view slug);

}  // namespace egarage::app
