#include "app/takeover.hpp"

#include "config/overlay.hpp"
#include "store/host_companies.hpp"

namespace egarage::app {
namespace {

core::Accounts sealed(const core::Accounts& accounts, const config::SecretKeeper& secrets) {
  core::Accounts result;
  for (const auto& [channel, name] : core::channel_names) {
    auto account = accounts.on(channel);
    if (!account) continue;
    auto& password = core::password_of(*account);
    password = secrets.seal(password);
    result.set(*std::move(account));
  }
  return result;
}

/// A company that the host knows, too, keeps what the host says of it where the configuration says nothing.
core::Company with_host(const core::Company& declared, const config::Configuration& configuration,
                        store::Database& database) {
  const auto stored = store::Directory(database).find_company(declared.slug);
  if (!stored || !store::HostCompanies(database).is_linked(stored->id)) return declared;
  return config::overlay(stored->company, declared, configuration.declarations.at(declared.slug));
}

}  // namespace

TakenOver take_over(const config::Configuration& configuration, const config::SecretKeeper& secrets,
                    store::Database& database, core::Instant now) {
  TakenOver result;
  database.transaction([&] {
    store::Directory directory(database);
    const auto& platform = configuration.platform;
    result.platform = directory.set_platform({.name = platform.name,
                                              .accounts = sealed(platform.accounts, secrets),
                                              .serves_companies = platform.serves_companies,
                                              .limits = configuration.limits},
                                             now);
    for (const auto& declared : configuration.companies) {
      auto company = with_host(declared, configuration, database);
      company.accounts = sealed(company.accounts, secrets);
      switch (directory.upsert_company(company, now)) {
        case store::Upsert::created:
          result.created.push_back(company.slug);
          break;
        case store::Upsert::changed:
          result.changed.push_back(company.slug);
          break;
        case store::Upsert::unchanged:
          result.unchanged.push_back(company.slug);
          break;
      }
    }
  });
  return result;
}

}  // namespace egarage::app
