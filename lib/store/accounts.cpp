#include "store/accounts.hpp"

#include <fmt/format.h>

#include "store/query.hpp"
#include "store/settings_json.hpp"
#include "store/template_blocks.hpp"

namespace egarage::store {

namespace {

bool is_reference(std::string_view password) {
  return password.empty() || password.starts_with("env:") || password.starts_with("file:") ||
         password.starts_with("sealed:");
}

bool put_account(Database& database, std::optional<CompanyId> company, core::Channel channel,
                 const std::optional<core::Account>& account, core::Instant now) {
  const auto settings = account ? std::optional(settings_json(*account)) : std::nullopt;
  std::optional<std::int64_t> id;
  {
    Query query(database,
                "SELECT id, transport, settings, password FROM account WHERE coalesce(company_id, 0) = coalesce(?1, 0)"
                " AND channel = ?2",
                company, core::to_string(channel));
    if (query.next()) {
      if (account && query.text(1) == core::transport_of(*account) && query.text(2) == *settings &&
          query.text(3) == core::password_of(*account).text) {
        return false;
      }
      id = query.integer(0);
    }
  }
  if (!account && !id) return false;
  if (!account) {
    execute(database, "UPDATE account SET updated_at = ?2, run_id = NULL WHERE id = ?1", *id, now);
    execute(database, "DELETE FROM account WHERE id = ?1", *id);
  } else if (!id) {
    execute(database,
            "INSERT INTO account (company_id, channel, transport, settings, password, updated_at)"
            " VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            company, core::to_string(channel), core::transport_of(*account), *settings,
            core::password_of(*account).text, now);
  } else {
    execute(
        database,
        "UPDATE account SET transport = ?2, settings = ?3, password = ?4, state = 'ok', retry_at = NULL, failures = 0,"
        " reason = '', pipelining_broken = 0, run_id = NULL, updated_at = ?5 WHERE id = ?1",
        *id, core::transport_of(*account), *settings, core::password_of(*account).text, now);
    lift_template_blocks(database, AccountKey{company, channel}, now);
  }
  return true;
}

/// From columns 0 to 3: channel, transport, settings, password.
core::Account read_account(const Database& database, const Query& row) {
  auto account = account_from_json(row.name(0, core::channel_names), row.text(1), row.text(2), row.text(3));
  if (!account) throw damaged(database.path(), "the settings of an account cannot be read");
  return *std::move(account);
}

}  // namespace

core::Accounts read_accounts(Database& database, std::optional<CompanyId> company) {
  core::Accounts accounts;
  Query query(database,
              "SELECT channel, transport, settings, password FROM account"
              " WHERE coalesce(company_id, 0) = coalesce(?1, 0)",
              company);
  while (query.next()) accounts.set(read_account(database, query));
  return accounts;
}

std::map<CompanyId, core::Accounts> read_accounts_of_companies(Database& database) {
  std::map<CompanyId, core::Accounts> accounts;
  Query query(database,
              "SELECT channel, transport, settings, password, company_id FROM account WHERE company_id IS NOT NULL");
  while (query.next()) accounts[query.id<CompanyId>(4)].set(read_account(database, query));
  return accounts;
}

bool put_accounts(Database& database, std::optional<CompanyId> company, const core::Accounts& accounts,
                  core::Instant now) {
  bool changed = false;
  for (const auto& [channel, name] : core::channel_names) {
    changed = put_account(database, company, channel, accounts.on(channel), now) || changed;
  }
  return changed;
}

void refuse_passwords_in_clear(const core::Accounts& accounts, std::string_view whose) {
  for (const auto& [channel, name] : core::channel_names) {
    const auto account = accounts.on(channel);
    if (!account || is_reference(core::password_of(*account).text)) continue;
    throw core::Error(core::ExitCode::configuration,
                      fmt::format("{}: the password of its {} account is not a reference to a secret", whose, name),
                      "run `egarage-notify setup`, which seals it, or write env:NAME or file:PATH");
  }
}

}  // namespace egarage::store
