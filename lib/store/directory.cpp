#include "store/directory.hpp"

#include <fmt/format.h>

#include "store/accounts.hpp"
#include "store/closed_days.hpp"
#include "store/limits_json.hpp"
#include "store/query.hpp"
#include "store/settings_json.hpp"

namespace egarage::store {

Upsert Directory::set_platform(const Platform& platform, core::Instant now) {
  refuse_passwords_in_clear(platform.accounts, "platform");
  Upsert result = Upsert::unchanged;
  atomically(database_, [&] {
    bool exists = false;
    bool same = false;
    {
      Query query(database_, "SELECT name, serves_companies, limits FROM platform");
      exists = query.next();
      same = exists && query.text(0) == platform.name && (query.integer(1) != 0) == platform.serves_companies &&
             query.text(2) == to_json(platform.limits);
    }
    if (!same) {
      execute(database_,
              "INSERT INTO platform (id, name, serves_companies, updated_at, limits) VALUES (1, ?1, ?2, ?3, ?4)"
              " ON CONFLICT (id) DO UPDATE SET name = ?1, serves_companies = ?2, updated_at = ?3, limits = ?4",
              platform.name, platform.serves_companies ? 1 : 0, now, to_json(platform.limits));
    }
    const bool account_changed = put_accounts(database_, std::nullopt, platform.accounts, now);
    if (!exists)
      result = Upsert::created;
    else if (!same || account_changed)
      result = Upsert::changed;
  });
  return result;
}

namespace {

core::ContactLimits limits(Database& database, const std::string& json) {
  auto found = limits_from_json(json);
  if (!found) throw damaged(database.path(), "limits of contacts cannot be read");
  return *std::move(found);
}

}  // namespace

Platform Directory::platform() const {
  Platform platform;
  {
    Query query(database_, "SELECT name, serves_companies, limits FROM platform");
    if (query.next()) {
      platform.name = query.text(0);
      platform.serves_companies = query.integer(1) != 0;
      platform.limits = limits(database_, query.text(2));
    }
  }
  platform.accounts = read_accounts(database_, std::nullopt);
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
  company.hours = {std::chrono::minutes{row.integer(18)}, std::chrono::minutes{row.integer(19)}, row.integer(20) != 0,
                   row.integer(23) != 0};
  auto routes = routes_from_json(text(21));
  if (!routes) throw damaged(database.path(), "the channels of a company cannot be read");
  company.routes = *std::move(routes);
  company.limits = limits(database, text(22));
  return {row.id<CompanyId>(0), std::move(company)};
}

// One list of columns for all three questions.
#define EGARAGE_SELECT_COMPANY                                                                         \
  "SELECT id, slug, name, legal_name, country, time_zone, currency, language, email, phone, address,"  \
  " colour, logo, admin_name, admin_email, subscription_ends, subscription_plan, subscription_active," \
  " hours_start, hours_end, hours_weekends, channels, limits, hours_holidays FROM company "

}  // namespace

std::optional<StoredCompany> Directory::find_company(std::string_view slug) const {
  std::optional<StoredCompany> found;
  {
    Query query(database_, EGARAGE_SELECT_COMPANY "WHERE slug = ?1", slug);
    if (query.next()) found = read_company(database_, query);
  }
  if (!found) return found;
  found->company.accounts = read_accounts(database_, found->id);
  ClosedDays{database_}.fill_in(found->company);
  return found;
}

StoredCompany Directory::company(CompanyId id) const {
  std::optional<StoredCompany> found;
  {
    Query query(database_, EGARAGE_SELECT_COMPANY "WHERE id = ?1", id);
    if (query.next()) found = read_company(database_, query);
  }
  if (!found) throw damaged(database_.path(), fmt::format("there is no company number {}", id.value));
  found->company.accounts = read_accounts(database_, id);
  ClosedDays{database_}.fill_in(found->company);
  return *std::move(found);
}

std::vector<StoredCompany> Directory::companies() const {
  std::vector<StoredCompany> result;
  database_.snapshot([&] {
    Query query(database_, EGARAGE_SELECT_COMPANY "ORDER BY slug");
    while (query.next()) result.push_back(read_company(database_, query));
    auto accounts = read_accounts_of_companies(database_);
    ClosedDays closed_days{database_};
    for (auto& stored : result) {
      if (const auto own = accounts.find(stored.id); own != accounts.end()) {
        stored.company.accounts = std::move(own->second);
      }
      closed_days.fill_in(stored.company);
    }
  });
  return result;
}

#undef EGARAGE_SELECT_COMPANY

Upsert Directory::upsert_company(const core::Company& company, core::Instant now) {
  refuse_passwords_in_clear(company.accounts, "company " + company.slug);
  Upsert result = Upsert::unchanged;
  atomically(database_, [&] {
    const auto before = find_company(company.slug);
    if (before && as_set(before->company) == as_set(company)) return;
    result = before ? Upsert::changed : Upsert::created;
    auto without_accounts = as_set(company);
    without_accounts.accounts = before ? before->company.accounts : core::Accounts{};
    if (!before || as_set(before->company) != without_accounts) {
      const auto& ends = company.subscription.ends;
      execute(database_,
              "INSERT INTO company (slug, name, legal_name, country, time_zone, currency, language, email, phone,"
              " address, colour, logo, admin_name, admin_email, subscription_ends, subscription_plan,"
              " subscription_active, hours_start, hours_end, hours_weekends, channels, created_at, updated_at,"
              " limits, hours_holidays)"
              " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21,"
              " ?22, ?22, ?23, ?24) ON CONFLICT (slug) DO UPDATE SET name = ?2, legal_name = ?3, country = ?4, "
              "time_zone = ?5,"
              " currency = ?6, language = ?7, email = ?8, phone = ?9, address = ?10, colour = ?11, logo = ?12,"
              " admin_name = ?13, admin_email = ?14, subscription_ends = ?15, subscription_plan = ?16,"
              " subscription_active = ?17, hours_start = ?18, hours_end = ?19, hours_weekends = ?20, channels = ?21,"
              " updated_at = ?22, limits = ?23, hours_holidays = ?24",
              company.slug, company.name, company.legal_name, company.country, company.time_zone, company.currency,
              core::to_string(company.language), company.email, company.phone, company.address, company.colour,
              company.logo, company.admin.name, company.admin.email,
              ends ? std::optional(core::format_date(*ends)) : std::nullopt, company.subscription.plan,
              company.subscription.active ? 1 : 0, std::int64_t{company.hours.start.count()},
              std::int64_t{company.hours.end.count()}, company.hours.weekends ? 1 : 0, to_json(company.routes), now,
              to_json(company.limits), company.hours.holidays ? 1 : 0);
    }
    put_accounts(database_, find_company(company.slug)->id, company.accounts, now);
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
