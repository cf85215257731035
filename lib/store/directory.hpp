#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/company.hpp"
#include "store/database.hpp"
#include "store/identifiers.hpp"

namespace egarage::store {

struct StoredCompany {
  CompanyId id;
  core::Company company;
};

/// Who stands behind a message: the company's own account, or the platform's (E-Garage itself).
enum class SentBy { company, platform };
inline constexpr core::EnumNames<SentBy, 2> sent_by_names{
    {{SentBy::company, "company"}, {SentBy::platform, "platform"}}};

/// The platform's own name and accounts.
struct Platform {
  std::string name = "E-Garage";
  core::Accounts accounts;
  bool serves_companies = false;  ///< companies without an account may use the platform's
  core::ContactLimits limits{};   ///< for companies that say nothing themselves

  /// Where people write to it: its account's reply_to, else from; empty without an account.
  std::string contact() const {
    if (!accounts.email) return {};
    return accounts.email->reply_to.value_or(accounts.email->from).address.str();
  }
  bool operator==(const Platform&) const = default;
};

enum class AccountState { ok, paused, blocked };
inline constexpr core::EnumNames<AccountState, 3> account_state_names{
    {{AccountState::ok, "ok"}, {AccountState::paused, "paused"}, {AccountState::blocked, "blocked"}}};

/// How an account has fared: kept across runs, so that a bad password is not hammered.
struct AccountHealth {
  AccountState state = AccountState::ok;
  std::optional<core::Instant> retry_at;  ///< not used before; set exactly when state is not ok
  int failures = 0;                       ///< in a row
  std::string reason;
  bool pipelining_broken = false;  ///< SMTP: the server announces PIPELINING and mishandles it

  /// Whether the account is to be left alone at `now`. Nobody rests longer than a day: a later `retry_at` is the work
  /// of a clock that was wrong.
  bool rests_at(core::Instant now) const {
    return retry_at && *retry_at > now && *retry_at <= now + std::chrono::hours{25};
  }
};

/// Whose account: a company's, or the platform's (empty company).
struct AccountKey {
  std::optional<CompanyId> company;
  core::Channel channel = core::Channel::email;
  auto operator<=>(const AccountKey&) const = default;
};

enum class Upsert { created, changed, unchanged };

enum class SuppressionScope { all, promotional };
inline constexpr core::EnumNames<SuppressionScope, 2> suppression_scope_names{
    {{SuppressionScope::all, "all"}, {SuppressionScope::promotional, "promotional"}}};

/// Companies, their accounts and how these fare, and addresses that must not be written to.
/// Every change is audited.
class Directory {
 public:
  explicit Directory(Database& database) : database_(database) {}

  /// Creates the company or makes it equal to `company` (found by slug). A changed account starts again as `ok`.
  Upsert upsert_company(const core::Company& company, core::Instant now);
  Upsert set_platform(const Platform& platform, core::Instant now);

  /// Companies come with the holidays of their country filled into their hours.
  std::optional<StoredCompany> find_company(std::string_view slug) const;
  StoredCompany company(CompanyId id) const;
  std::vector<StoredCompany> companies() const;  ///< by slug
  Platform platform() const;

  AccountHealth account_health(const AccountKey& key) const;
  void set_account_health(const AccountKey& key, const AccountHealth& health, std::optional<RunId> run,
                          core::Instant now);

  /// From now on the address gets nothing from that company on that channel (or nothing promotional). Again is no
  /// error; `all` outranks `promotional`.
  void suppress(CompanyId company, core::Channel channel, std::string_view address, SuppressionScope scope,
                std::string_view reason, core::Instant now);
  /// Why the address must not get a message of that class; empty when it may.
  std::optional<std::string> suppression(CompanyId company, core::Channel channel, std::string_view address,
                                         core::EventClass event_class) const;

  /// The person at the address wrote to the company at `at`; the newest time is kept.
  void note_inbound(CompanyId company, core::Channel channel, std::string_view address, core::Instant at);
  /// When that happened last; empty when it never did.
  std::optional<core::Instant> last_inbound(CompanyId company, core::Channel channel, std::string_view address) const;
  /// The provider does not know of such a message, or no longer.
  void forget_inbound(CompanyId company, core::Channel channel, std::string_view address);

 private:
  Database& database_;
};

}  // namespace egarage::store
