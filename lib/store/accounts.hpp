#pragma once

#include <map>
#include <optional>
#include <string_view>

#include "core/account.hpp"
#include "store/database.hpp"
#include "store/identifiers.hpp"

namespace egarage::store {

/// Rows of the table `account`; an empty company is the platform.
core::Accounts read_accounts(Database& database, std::optional<CompanyId> company);
/// Those of all companies that have one.
std::map<CompanyId, core::Accounts> read_accounts_of_companies(Database& database);

/// Makes the rows equal to `accounts`; says whether anything changed. A changed account starts again as `ok`.
bool put_accounts(Database& database, std::optional<CompanyId> company, const core::Accounts& accounts,
                  core::Instant now);

/// Throws core::Error{configuration} for a password that is no reference to a secret.
void refuse_passwords_in_clear(const core::Accounts& accounts, std::string_view whose);

}  // namespace egarage::store
