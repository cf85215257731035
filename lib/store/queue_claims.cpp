// The claim protocol: what comes before every use of the network.
#include <fmt/format.h>

#include <algorithm>

#include "store/query.hpp"
#include "store/queue.hpp"
#include "store/sqlite_errors.hpp"

namespace egarage::store {

namespace {

std::optional<TemplateName> approved_template(Database& database, NotificationId id) {
  Query query(database, "SELECT template, template_language FROM message WHERE notification_id = ?1", id);
  if (!query.next()) return std::nullopt;
  TemplateName name{query.text(0), query.text(1)};
  return name.name.empty() ? std::nullopt : std::optional(std::move(name));
}

std::optional<Search> search(Database& database, NotificationId id) {
  Query query(database, "SELECT looks, looked_at FROM reconciliation WHERE notification_id = ?1", id);
  if (!query.next()) return std::nullopt;
  return Search{static_cast<int>(query.integer(0)), query.optional_instant(1)};
}

}  // namespace

std::vector<Claimed> Queue::claim_due(const Lane& lane, RunId run, core::Instant now, core::Instant lease_until,
                                      std::size_t limit) {
  std::vector<Claimed> result;
  atomically(database_, [&] {
    Query query(database_,
                "UPDATE OR ROLLBACK notification SET status = 'claimed', run_id = ?5, lease_at = ?6, updated_at = ?4 "
                "WHERE id IN"
                " (SELECT id FROM notification INDEXED BY notification_due WHERE due_at IS NOT NULL AND run_id IS NULL"
                " AND company_id = ?1 AND channel = ?2 AND sent_by = ?3 AND due_at <= ?4 ORDER BY due_at, id LIMIT ?7)"
                " RETURNING id, event, recipient, created_at, due_at, not_after, attempts, customer_key",
                lane.company, core::to_string(lane.channel), core::name_of(sent_by_names, lane.sent_by), now, run,
                lease_until, limit);
    while (query.next()) {
      result.push_back({query.id<NotificationId>(0),
                        query.event(1),
                        query.text(2),
                        query.instant(3),
                        query.instant(4),
                        query.optional_instant(5),
                        static_cast<int>(query.integer(6)),
                        {},
                        query.optional_text(7)});
    }
    for (auto& row : result) {
      if (lane.channel == core::Channel::whatsapp) row.approved = approved_template(database_, row.id);
      if (row.attempts > 0) row.search = search(database_, row.id);
    }
    // The index alone answers the count: rows that only the index knows would be looked for over and over.
    if (result.empty() && limit > 0 && count_due_in(lane, now) > 0) {
      throw damaged(database_.path(), "the index of what is due names notifications that are not there");
    }
  });
  // RETURNING promises no order.
  std::sort(result.begin(), result.end(), [](const Claimed& left, const Claimed& right) {
    return std::pair(left.due_at, left.id) < std::pair(right.due_at, right.id);
  });
  return result;
}

Queue::Traces Queue::traces(NotificationId id) const {
  Traces traces;
  std::int64_t first = 0;
  {
    Query query(database_,
                "SELECT min(started_at), min(id) FROM attempt WHERE company_id = (SELECT company_id FROM notification"
                " WHERE id = ?1) AND notification_id = ?1 AND outcome = 'uncertain'",
                id);
    if (query.next() && !query.is_null(0)) {
      traces.started_at = query.instant(0);
      first = query.integer(1);
    }
  }
  // Attempts are numbered in the order of time: those shortly before may seem to be younger by the provider's clock.
  constexpr std::int64_t shortly_before = 2000;
  Query query(database_,
              "SELECT a.provider_id FROM attempt a CROSS JOIN notification n ON n.id = a.notification_id"
              " CROSS JOIN notification own ON own.id = ?1 WHERE a.id >= ?2 AND a.provider_id <> ''"
              " AND a.company_id = own.company_id AND n.channel = own.channel AND n.recipient = own.recipient"
              " AND n.id <> own.id",
              id, first - shortly_before);
  while (query.next()) traces.known_ids.push_back(query.text(0));
  return traces;
}

}  // namespace egarage::store
