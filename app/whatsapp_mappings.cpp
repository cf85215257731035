#include "app/whatsapp_mappings.hpp"

#include <algorithm>
#include <iterator>

#include "app/text_desk.hpp"

namespace egarage::app {

content::Findings lint_mappings(const config::Configuration& configuration, store::Database& database,
                                core::Instant now) {
  content::Findings findings;
  const auto lint = [&](const core::Accounts& accounts, const std::string& slug) {
    if (!accounts.whatsapp || accounts.whatsapp->templates.empty()) return;
    std::ranges::move(TextDesk(database, slug).lint_mappings(*accounts.whatsapp, now), std::back_inserter(findings));
  };
  lint(configuration.platform.accounts, "");
  for (const auto& company : configuration.companies) lint(company.accounts, company.slug);
  return findings;
}

}  // namespace egarage::app
