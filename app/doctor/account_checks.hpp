#pragma once

#include "app/accounts.hpp"
#include "app/doctor/finding.hpp"
#include "store/directory.hpp"

namespace egarage::app {

/// One account, from its secret to its login; sends nothing. `owner` is the company's slug or `platform`.
void check_account(const core::Account& account, const std::string& owner, const AccountSurroundings& surroundings,
                   Findings& findings);

/// How the account has fared in past runs, where it is in trouble.
void check_standing(const store::AccountHealth& health, core::Channel channel, const std::string& owner,
                    core::Instant now, Findings& findings);

}  // namespace egarage::app
