#include "app/takeover.hpp"

namespace egarage::app {
namespace {

std::optional<core::EmailAccount> sealed(std::optional<core::EmailAccount> account,
                                         const config::SecretKeeper& secrets) {
  if (account) account->password = secrets.seal(account->password);
  return account;
}

}  // namespace

TakenOver take_over(const config::Configuration& configuration, const config::SecretKeeper& secrets,
                    store::Database& database, core::Instant now) {
  TakenOver result;
  database.transaction([&] {
    store::Directory directory(database);
    const auto& platform = configuration.platform;
    result.platform = directory.set_platform({.name = platform.name,
                                              .email_account = sealed(platform.email_account, secrets),
                                              .serves_companies = platform.serves_companies},
                                             now);
    for (auto company : configuration.companies) {
      company.email_account = sealed(std::move(company.email_account), secrets);
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
