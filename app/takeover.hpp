#pragma once

#include "config/configuration.hpp"
#include "config/secrets.hpp"
#include "store/directory.hpp"

namespace egarage::app {

/// How much of the configuration was new to the store.
struct TakenOver {
  store::Upsert platform{};
  std::vector<std::string> created, changed, unchanged;  ///< companies by slug
};

/// Brings the store's companies and the platform's account in line with the configuration, in one transaction.
/// Passwords that stand there in clear are sealed first. Companies that the configuration does not name stay as they
/// are, and so do those things of the host's companies that it does not mention.
TakenOver take_over(const config::Configuration& configuration, const config::SecretKeeper& secrets,
                    store::Database& database, core::Instant now);

}  // namespace egarage::app
