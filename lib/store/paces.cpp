#include "store/paces.hpp"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "store/query.hpp"

namespace egarage::store {

namespace {

constexpr std::chrono::hours day{24};

/// What the messages take of the account's time.
std::int64_t duration_ms(const core::Pace& pace, std::size_t messages) {
  if (!pace.per_second) return 0;
  return std::llround(std::ceil(1000.0 * static_cast<double>(messages) / *pace.per_second));
}

struct Used {
  std::int64_t next_at_ms = 0;
  core::Instant day_started_at;
  std::int64_t day_count = 0;
};

std::optional<Used> used(Database& database, const AccountKey& account) {
  Query query(database,
              "SELECT p.next_at_ms, p.day_started_at, p.day_count FROM account a JOIN pace p ON p.account_id = a.id"
              " WHERE coalesce(a.company_id, 0) = coalesce(?1, 0) AND a.channel = ?2",
              account.company, core::to_string(account.channel));
  if (!query.next()) return std::nullopt;
  return Used{query.integer(0), query.instant(1), query.integer(2)};
}

Grant reserve_next(Database& database, const AccountKey& account, const core::Pace& pace, std::size_t wanted,
                   std::int64_t now_ms) {
  const core::Instant now{std::chrono::seconds{now_ms / 1000}};
  auto state = used(database, account).value_or(Used{0, now, 0});
  // A day that begins in the future, or a turn that is hours away, is the work of a clock that was wrong.
  if (now >= state.day_started_at + day || state.day_started_at > now + std::chrono::hours{1}) state = {0, now, 0};
  const auto longest_turn = 3'600'000 + duration_ms(pace, 2 * std::max<std::size_t>(wanted, 1));
  if (state.next_at_ms > now_ms + longest_turn) state.next_at_ms = 0;
  if (pace.per_day) {
    const auto left = std::max<std::int64_t>(*pace.per_day - state.day_count, 0);
    wanted = std::min(wanted, static_cast<std::size_t>(left));
    if (left == 0) return {0, now_ms, state.day_started_at + day};
  }
  const auto at = std::max(state.next_at_ms, now_ms);
  execute(database,
          "INSERT INTO pace (account_id, next_at_ms, day_started_at, day_count) SELECT id, ?3, ?4, ?5 FROM account"
          " WHERE coalesce(company_id, 0) = coalesce(?1, 0) AND channel = ?2 ON CONFLICT (account_id)"
          " DO UPDATE SET next_at_ms = ?3, day_started_at = ?4, day_count = ?5",
          account.company, core::to_string(account.channel), at + duration_ms(pace, wanted), state.day_started_at,
          state.day_count + static_cast<std::int64_t>(wanted));
  return {wanted, at, {}};
}

}  // namespace

Grant Paces::reserve(const AccountKey& account, const core::Pace& pace, std::size_t wanted, std::int64_t now_ms) {
  Grant grant;
  atomically(database_, [&] { grant = reserve_next(database_, account, pace, wanted, now_ms); });
  return grant;
}

void Paces::give_back(const AccountKey& account, const core::Pace& pace, std::size_t messages) {
  execute(database_,
          "UPDATE pace SET next_at_ms = max(0, next_at_ms - ?3), day_count = max(0, day_count - ?4) WHERE account_id ="
          " (SELECT id FROM account WHERE coalesce(company_id, 0) = coalesce(?1, 0) AND channel = ?2)",
          account.company, core::to_string(account.channel), duration_ms(pace, messages),
          static_cast<std::int64_t>(messages));
}

Paces::RecentRecipients Paces::recent_recipients(const AccountKey& account, RunId own, AttemptId after,
                                                 std::chrono::seconds spacing, core::Instant now) const {
  RecentRecipients recent{{}, after};
  // Backwards, until they are too old to matter. Most are the run's own: theirs are not looked up.
  Query attempt(database_, "SELECT id, run_id, started_at, notification_id FROM attempt WHERE id > ?1 ORDER BY id DESC",
                after);
  while (attempt.next()) {
    recent.newest = std::max(recent.newest, attempt.id<AttemptId>(0));
    const auto next_at = attempt.instant(2) + spacing + std::chrono::seconds{1};
    if (next_at <= now) break;
    if (attempt.id<RunId>(1) == own) continue;
    Query row(database_,
              "SELECT recipient FROM notification WHERE id = ?1 AND channel = ?2 AND sent_by = ?3"
              " AND (?4 IS NULL OR company_id = ?4)",
              attempt.id<NotificationId>(3), core::to_string(account.channel),
              core::name_of(sent_by_names, account.company ? SentBy::company : SentBy::platform), account.company);
    if (row.next()) recent.recipients.push_back({row.text(0), next_at, 0});
  }
  return recent;
}

std::vector<RecipientPace> Paces::recipients(const AccountKey& account,
                                             const std::vector<std::string>& addresses) const {
  std::vector<RecipientPace> known;
  if (addresses.empty()) return known;
  Query query(database_,
              "SELECT p.recipient, p.next_at, p.failures FROM account a CROSS JOIN json_each(?3) address"
              " CROSS JOIN recipient_pace p ON p.account_id = a.id AND p.recipient = address.value"
              " WHERE coalesce(a.company_id, 0) = coalesce(?1, 0) AND a.channel = ?2",
              account.company, core::to_string(account.channel), nlohmann::json(addresses).dump());
  while (query.next()) known.push_back({query.text(0), query.instant(1), static_cast<int>(query.integer(2))});
  return known;
}

void Paces::put(const AccountKey& account, const RecipientPace& pace) {
  execute(database_,
          "INSERT INTO recipient_pace (account_id, recipient, next_at, failures) SELECT id, ?3, ?4, ?5 FROM account"
          " WHERE coalesce(company_id, 0) = coalesce(?1, 0) AND channel = ?2 ON CONFLICT (account_id, recipient)"
          " DO UPDATE SET next_at = ?4, failures = ?5",
          account.company, core::to_string(account.channel), pace.recipient, pace.next_at, pace.failures);
}

void Paces::forget_recipients(core::Instant before) {
  execute(database_, "DELETE FROM recipient_pace WHERE next_at < ?1", before);
}

}  // namespace egarage::store
