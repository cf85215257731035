#pragma once

#include <CLI/CLI.hpp>
#include <chrono>
#include <optional>
#include <string>

#include "app/application.hpp"
#include "core/dry_run.hpp"

namespace egarage::app {

/// Options that several commands share; a bad value is a usage error that shows good ones.
CLI::Option* add_at_option(CLI::App& command, Application& application);
/// A duration such as `90s`, `15m`, `24h`, `7d`.
CLI::Option* add_duration_option(CLI::App& command, const std::string& name, std::chrono::seconds& value,
                                 const std::string& description);
CLI::Option* add_dry_run_option(CLI::App& command, core::DryRun& value, const std::string& description);
CLI::Option* add_company_option(CLI::App& command, std::string& slug, const std::string& description);

}  // namespace egarage::app
