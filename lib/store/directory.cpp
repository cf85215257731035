#include "store/directory.hpp"

#include <fmt/format.h>

#include "store/query.hpp"
#include "store/settings_json.hpp"

namespace egarage::store {

namespace {

using core::Error;
using core::ExitCode;

void refuse_password_in_clear(const core::EmailAccount& account, std::string_view whose) {
  const std::string_view text = account.password.text;
  for (const std::string_view scheme : {"env:", "file:", "sealed:"}) {
    if (text.starts_with(scheme)) return;
  }
  if (text.empty()) return;
  throw Error(ExitCode::configuration, fmt::format("{}: the e-mail password is not a reference to a secret", whose),
              "run `egarage-notify setup`, which seals it, or write env:NAME or file:PATH");
}

core::EmailAccount email_account(Database& database, const Query& row, int transport) {
  auto account = email_account_from_json(row.text(transport), row.text(transport + 1), row.text(transport + 2));
  if (account) return *std::move(account);
  throw damaged(database.path(), "the settings of an e-mail account cannot be read");
}

/// The company's account (or the platform's) becomes `account`; says whether anything changed.
bool put_email_account(Database& database, std::optional<CompanyId> company,
                       const std::optional<core::EmailAccount>& account, core::Instant now) {
  const std::string_view email = core::to_string(core::Channel::email);
  const auto settings = account ? std::optional(to_json(*account)) : std::nullopt;
  std::optional<std::int64_t> id;
  {
    Query query(database,
                "SELECT id, transport, settings, password FROM account WHERE coalesce(company_id, 0) = coalesce(?1, 0)"
                " AND channel = ?2",
                company, email);
    if (query.next()) {
      if (account && query.text(1) == account->transport && query.text(2) == *settings &&
          query.text(3) == account->password.text) {
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
            company, email, account->transport, *settings, account->password.text, now);
  } else {
    execute(
        database,
        "UPDATE account SET transport = ?2, settings = ?3, password = ?4, state = 'ok', retry_at = NULL, failures = 0,"
        " reason = '', pipelining_broken = 0, run_id = NULL, updated_at = ?5 WHERE id = ?1",
        *id, account->transport, *settings, account->password.text, now);
  }
  return true;
}

}  // namespace

Upsert Directory::set_platform(const Platform& platform, core::Instant now) {
  if (platform.email_account) refuse_password_in_clear(*platform.email_account, "platform");
  Upsert result = Upsert::unchanged;
  atomically(database_, [&] {
    bool exists = false;
    bool same = false;
    {
      Query query(database_, "SELECT name, serves_companies FROM platform");
      exists = query.next();
      same = exists && query.text(0) == platform.name && (query.integer(1) != 0) == platform.serves_companies;
    }
    if (!same) {
      execute(database_,
              "INSERT INTO platform (id, name, serves_companies, updated_at) VALUES (1, ?1, ?2, ?3) ON CONFLICT (id)"
              " DO UPDATE SET name = ?1, serves_companies = ?2, updated_at = ?3",
              platform.name, platform.serves_companies ? 1 : 0, now);
    }
    const bool account_changed = put_email_account(database_, std::nullopt, platform.email_account, now);
    if (!exists)
      result = Upsert::created;
    else if (!same || account_changed)
      result = Upsert::changed;
  });
  return result;
}

Platform Directory::platform() const {
  Platform platform;
  {
    Query query(database_, "SELECT name, serves_companies FROM platform");
    if (query.next()) {
      platform.name = query.text(0);
      platform.serves_companies = query.integer(1) != 0;
    }
  }
  Query query(
      database_,
      "SELECT transport, settings, password FROM account WHERE coalesce(company_id, 0) = 0 AND channel = 'email'");
  if (query.next()) platform.email_account = email_account(database_, query, 0);
  return platform;
}

namespace {

StoredCompany read_company(Database& database, const Query& row) {
  const auto text = [&](int column) { return row.text(column); };
  core::Company company;
  company.slug = text(1);
  company.name = text(2);
  company.legal_name = text(3);
  company.country = text(4);
  company.time_zone = text(5);
  company.currency = text(6);
  company.language = row.name(7, core::language_names);
  company.email = text(8);
  company.phone = text(9);
  company.address = text(10);
  company.colour = text(11);
  company.logo = text(12);
  company.admin = {text(13), text(14)};
  if (!row.is_null(15)) {
    company.subscription.ends = core::parse_date(text(15));
    if (!company.subscription.ends) throw damaged(database.path(), "a subscription ends on a day that does not exist");
  }
  company.subscription.plan = text(16);
  company.subscription.active = row.integer(17) != 0;
  company.hours = {std::chrono::minutes{row.integer(18)}, std::chrono::minutes{row.integer(19)}, row.integer(20) != 0};
  auto channels = channels_from_json(text(21));
  if (!channels) throw damaged(database.path(), "the channels of a company cannot be read");
  company.channels = *std::move(channels);
  if (!row.is_null(22)) company.email_account = email_account(database, row, 22);
  return {row.id<CompanyId>(0), std::move(company)};
}

// One list of columns for all three questions.
#define EGARAGE_SELECT_COMPANY                                                                                   \
  "SELECT c.id, c.slug, c.name, c.legal_name, c.country, c.time_zone, c.currency, c.language, c.email, c.phone," \
  " c.address, c.colour, c.logo, c.admin_name, c.admin_email, c.subscription_ends, c.subscription_plan,"         \
  " c.subscription_active, c.hours_start, c.hours_end, c.hours_weekends, c.channels, a.transport, a.settings, "  \
  "a.password"                                                                                                   \
  " FROM company c LEFT JOIN account a ON coalesce(a.company_id, 0) = c.id AND a.channel = 'email' "

}  // namespace

std::optional<StoredCompany> Directory::find_company(std::string_view slug) const {
  Query query(database_, EGARAGE_SELECT_COMPANY "WHERE c.slug = ?1", slug);
  if (!query.next()) return std::nullopt;
  return read_company(database_, query);
}

StoredCompany Directory::company(CompanyId id) const {
  Query query(database_, EGARAGE_SELECT_COMPANY "WHERE c.id = ?1", id);
  if (!query.next()) throw damaged(database_.path(), fmt::format("there is no company number {}", id.value));
  return read_company(database_, query);
}

std::vector<StoredCompany> Directory::companies() const {
  std::vector<StoredCompany> result;
  Query query(database_, EGARAGE_SELECT_COMPANY "ORDER BY c.slug");
  while (query.next()) result.push_back(read_company(database_, query));
  return result;
}

#undef EGARAGE_SELECT_COMPANY

Upsert Directory::upsert_company(const core::Company& company, core::Instant now) {
  if (company.email_account) refuse_password_in_clear(*company.email_account, "company " + company.slug);
  Upsert result = Upsert::unchanged;
  atomically(database_, [&] {
    const auto before = find_company(company.slug);
    if (before && before->company == company) return;
    result = before ? Upsert::changed : Upsert::created;
    auto without_account = company;
    without_account.email_account = before ? before->company.email_account : std::nullopt;
    if (!before || before->company != without_account) {
      const auto& ends = company.subscription.ends;
      execute(database_,
              "INSERT INTO company (slug, name, legal_name, country, time_zone, currency, language, email, phone,"
              " address, colour, logo, admin_name, admin_email, subscription_ends, subscription_plan,"
              " subscription_active, hours_start, hours_end, hours_weekends, channels, created_at, updated_at)"
              " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21,"
              " ?22, ?22) ON CONFLICT (slug) DO UPDATE SET name = ?2, legal_name = ?3, country = ?4, time_zone = ?5,"
              " currency = ?6, language = ?7, email = ?8, phone = ?9, address = ?10, colour = ?11, logo = ?12,"
              " admin_name = ?13, admin_email = ?14, subscription_ends = ?15, subscription_plan = ?16,"
              " subscription_active = ?17, hours_start = ?18, hours_end = ?19, hours_weekends = ?20, channels = ?21,"
              " updated_at = ?22",
              company.slug, company.name, company.legal_name, company.country, company.time_zone, company.currency,
              core::to_string(company.language), company.email, company.phone, company.address, company.colour,
              company.logo, company.admin.name, company.admin.email,
              ends ? std::optional(core::format_date(*ends)) : std::nullopt, company.subscription.plan,
              company.subscription.active ? 1 : 0, std::int64_t{company.hours.start.count()},
              std::int64_t{company.hours.end.count()}, company.hours.weekends ? 1 : 0, to_json(company.channels), now);
    }
    put_email_account(database_, find_company(company.slug)->id, company.email_account, now);
  });
  return result;
}

AccountHealth Directory::account_health(const AccountKey& key) const {
  Query query(database_,
              "SELECT state, retry_at, failures, reason, pipelining_broken FROM account"
              " WHERE coalesce(company_id, 0) = coalesce(?1, 0) AND channel = ?2",
              key.company, core::to_string(key.channel));
  if (!query.next()) return {};
  return {query.name(0, account_state_names), query.optional_instant(1), static_cast<int>(query.integer(2)),
          query.text(3), query.integer(4) != 0};
}

void Directory::set_account_health(const AccountKey& key, const AccountHealth& health, std::optional<RunId> run,
                                   core::Instant now) {
  execute(
      database_,
      "UPDATE account SET state = ?3, retry_at = ?4, failures = ?5, reason = ?6, pipelining_broken = ?7, run_id = ?8,"
      " updated_at = ?9 WHERE coalesce(company_id, 0) = coalesce(?1, 0) AND channel = ?2",
      key.company, core::to_string(key.channel), core::name_of(account_state_names, health.state), health.retry_at,
      health.failures, health.reason, health.pipelining_broken ? 1 : 0, run, now);
}

void Directory::suppress(CompanyId company, core::Channel channel, std::string_view address, SuppressionScope scope,
                         std::string_view reason, core::Instant now) {
  execute(database_,
          "INSERT INTO suppression (company_id, channel, address, scope, reason, created_at, updated_at)"
          " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6) ON CONFLICT (company_id, channel, address)"
          " DO UPDATE SET scope = ?4, reason = ?5, updated_at = ?6 WHERE scope = 'promotional' AND ?4 = 'all'",
          company, core::to_string(channel), address, core::name_of(suppression_scope_names, scope), reason, now);
}

std::optional<std::string> Directory::suppression(CompanyId company, core::Channel channel, std::string_view address,
                                                  core::EventClass event_class) const {
  Query query(database_,
              "SELECT reason FROM suppression WHERE company_id = ?1 AND channel = ?2 AND address = ?3"
              " AND (scope = 'all' OR ?4)",
              company, core::to_string(channel), address, event_class == core::EventClass::promotional ? 1 : 0);
  if (!query.next()) return std::nullopt;
  return query.text(0);
}

}  // namespace egarage::store
