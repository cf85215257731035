#include "app/takeover.hpp"

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
    for (auto company : configuration.companies) {
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
