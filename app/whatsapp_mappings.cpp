#include "app/whatsapp_mappings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "app/text_desk.hpp"
#include "content/whatsapp_message.hpp"
#include "core/error.hpp"

namespace egarage::app {
namespace {

void check(const core::Accounts& accounts, std::string_view whose) {
  if (!accounts.whatsapp) return;
  try {
    content::check_expressions(*accounts.whatsapp);
  } catch (const core::Error& error) {
    throw core::Error(error.code(), fmt::format("[{}.whatsapp] {}", whose, error.what()), error.hint());
  }
}

}  // namespace

void check_mappings(const config::Configuration& configuration) {
  check(configuration.platform.accounts, "platform");
  for (const auto& company : configuration.companies) check(company.accounts, company.slug);
}

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
