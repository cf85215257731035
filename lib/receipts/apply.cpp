#include "receipts/apply.hpp"

#include <algorithm>
#include <set>

#include "receipts/failures.hpp"

namespace egarage::receipts {
namespace {

using core::Channel;
using store::Settled;

/// Whether what Twilio says was said to this sender. It names the number or the service only for what comes in; an
/// account in the configuration has one of both.
bool is_sender(const ProviderAccount& said, const std::string& number, const std::string& messaging_service) {
  const auto differ = [](const std::string& a, const std::string& b) { return !a.empty() && !b.empty() && a != b; };
  return !differ(said.number, number) && !differ(said.messaging_service, messaging_service);
}

bool is_meant(const ProviderAccount& said, const core::Accounts& accounts) {
  const bool is_cloud = !said.phone_number_id.empty();
  if (!is_cloud && said.account_sid.empty()) return false;
  if (said.channel == Channel::whatsapp && accounts.whatsapp) {
    const auto& account = *accounts.whatsapp;
    if (is_cloud) return account.transport == "cloud" && account.phone_number_id == said.phone_number_id;
    return account.transport == "twilio" && account.account_sid == said.account_sid &&
           is_sender(said, account.from, account.messaging_service);
  }
  if (said.channel == Channel::sms && accounts.sms) {
    const auto& account = *accounts.sms;
    return !is_cloud && account.transport == "twilio" && account.account_sid == said.account_sid &&
           is_sender(said, account.from, account.messaging_service);
  }
  return false;
}

}  // namespace

Intake::Intake(store::Database& database) : database_(database) {
  const store::Directory directory(database);
  for (auto& stored : directory.companies()) owners_.push_back({stored.id, std::move(stored.company.accounts)});
  owners_.push_back({std::nullopt, directory.platform().accounts});
}

std::vector<const Intake::Owner*> Intake::owners_of(const ProviderAccount& account) const {
  std::vector<const Owner*> owners;
  for (const auto& owner : owners_) {
    if (is_meant(account, owner.accounts)) owners.push_back(&owner);
  }
  return owners;
}

std::vector<store::CompanyId> Intake::companies_behind(const ProviderAccount& account) const {
  std::set<store::CompanyId> companies;
  for (const auto* owner : owners_of(account)) {
    if (owner->company) {
      companies.insert(*owner->company);
      continue;
    }
    for (const auto& other : owners_) {
      if (other.company && !other.accounts.has(account.channel)) companies.insert(*other.company);
    }
  }
  return {companies.begin(), companies.end()};
}

void Intake::apply(std::span<const Fact> facts, core::Instant now) {
  auto before = tally_;
  try {
    database_.transaction([&] {
      for (const auto& fact : facts) std::visit([&](const auto& known) { add(known, now); }, fact);
    });
  } catch (...) {
    tally_ = before;
    throw;
  }
}

void Intake::forget_old(core::Instant now) { store::Receipts{database_}.forget_orphans(now - std::chrono::hours{72}); }

void Intake::add(const MessageStatus& fact, core::Instant now) {
  const auto owners = owners_of(fact.account);
  if (owners.empty()) {
    ++tally_.strangers;
    return;
  }
  store::Receipts receipts(database_);
  store::Directory directory(database_);
  auto result = Settled::foreign;
  for (const auto* owner : owners) {
    auto receipt = fact.receipt;
    receipt.company = owner->company;
    const auto settled = receipts.settle(receipt, now);
    if (settled != Settled::foreign) result = settled;
    // A message without a record waits under every owner's name: whose it is shows when the record comes.
    if (settled == Settled::moved || settled == Settled::known) break;
  }
  if (result == Settled::moved && says_window_closed(fact.receipt.code)) {
    for (const auto company : companies_behind(fact.account)) {
      for (const auto& number : fact.recipient) directory.forget_inbound(company, fact.account.channel, number);
    }
  }
  switch (result) {
    case Settled::moved:
      ++tally_.moved;
      break;
    case Settled::known:
      ++tally_.known;
      break;
    case Settled::orphan:
      ++tally_.kept;
      break;
    case Settled::foreign:
      ++tally_.foreign;
      break;
  }
}

void Intake::add(const Inbound& fact, core::Instant now) {
  const auto companies = companies_behind(fact.account);
  ++(companies.empty() ? tally_.strangers : fact.from.empty() ? tally_.hidden : tally_.inbound);
  store::Directory directory(database_);
  for (const auto company : companies) {
    for (const auto& number : fact.from) {
      directory.note_inbound(company, fact.account.channel, number, std::min(fact.at, now));
    }
  }
}

void Intake::add(const OptOut& fact, core::Instant now) {
  const auto companies = companies_behind(fact.account);
  ++(companies.empty() ? tally_.strangers : fact.from.empty() ? tally_.hidden : tally_.opt_outs);
  store::Directory directory(database_);
  for (const auto company : companies) {
    for (const auto& number : fact.from) {
      directory.suppress(company, fact.account.channel, number, fact.scope, fact.reason, now);
    }
  }
}

}  // namespace egarage::receipts
