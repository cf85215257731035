#include "app/application.hpp"

#include <fmt/format.h>

#include "app/terminal/log_writer.hpp"
#include "core/error.hpp"
#include "core/nearest_name.hpp"

namespace egarage::app {

const config::Configuration& Application::configuration() {
  if (!configuration_) configuration_ = config::load(options.config_file);
  return *configuration_;
}

std::filesystem::path Application::store_path() {
  return options.store.empty() ? configuration().store.path : std::filesystem::absolute(options.store);
}

store::Database Application::open_store() { return store::Database::open(store_path()); }

store::Database Application::open_store_read_only() { return store::Database::open_read_only(store_path()); }

config::SecretKeeper Application::secrets() { return config::SecretKeeper(configuration().key_file); }

AccountSurroundings Application::account_surroundings(channels::Network& network) {
  return {network, secrets(), configuration().outbox, configuration().network};
}

core::EventLog& Application::log() {
  if (!log_) {
    config::LogSettings settings;
    settings.level = core::LogLevel::warning;
    const bool store_alone = !options.store.empty() && !std::filesystem::exists(options.config_file);
    if (!store_alone) settings = configuration().log;
    if (options.verbosity == Verbosity::verbose) settings.level = core::LogLevel::debug;
    if (options.verbosity == Verbosity::quiet && settings.file.empty()) settings.level = core::LogLevel::error;
    log_ = make_log_writer(settings, clock_);
  }
  return *log_;
}

store::StoredCompany company_or_error(const store::Directory& directory, std::string_view slug) {
  if (auto company = directory.find_company(slug)) return *std::move(company);
  const auto companies = directory.companies();
  std::vector<std::string_view> slugs;
  for (const auto& known : companies) slugs.push_back(known.company.slug);
  const auto nearest = core::nearest_name(slug, slugs);
  throw core::Error(core::ExitCode::usage, fmt::format("there is no company \"{}\"", slug),
                    nearest         ? fmt::format("Did you mean \"{}\"?", *nearest)
                    : slugs.empty() ? "The store knows no company yet: add [[company]] to the configuration, then run "
                                      "egarage-notify setup."
                                    : fmt::format("Known companies: {}.", fmt::join(slugs, ", ")));
}

}  // namespace egarage::app
