#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/application.hpp"

namespace egarage::app {

enum class Questions { asked, not_asked };

/// One thing that setup looked after.
struct Step {
  std::string what, where, result;
};

/// Writes the reference configuration, with answers filled in, unless the file is there. Throws
/// core::Error{configuration} when it cannot be written; so do the others.
Step make_configuration(Application& application, const std::filesystem::path& file, Questions questions);
Step make_key(const config::Configuration& configuration, const config::SecretKeeper& secrets);
/// Empty when no account writes files.
std::optional<Step> make_outbox(const config::Configuration& configuration);
/// A step for each password that is not there yet: found out now, not in the night's first run.
std::vector<Step> missing_passwords(const config::Configuration& configuration, const config::SecretKeeper& secrets);

}  // namespace egarage::app
