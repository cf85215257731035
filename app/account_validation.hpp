#pragma once

#include "config/configuration.hpp"

namespace egarage::app {

/// What the configuration's reader cannot judge of accounts: template expressions, descriptions of gateways, and
/// whether the network settings let an account speak to its host. Throws core::Error{configuration} that names the
/// account, before anything is taken over.
void validate_accounts(const config::Configuration& configuration);

}  // namespace egarage::app
