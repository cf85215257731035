// Which lanes have something due, and what may happen to their due rows without claiming them.
#include <cstdint>
#include <limits>

#include "store/query.hpp"
#include "store/queue.hpp"

namespace egarage::store {

namespace {

struct LaneAndDue {
  Lane lane;
  core::Instant earliest_due;
};

/// The lanes in which something waits, each with its earliest row: one seek in the index notification_due per lane,
/// however many rows wait in it.
std::vector<LaneAndDue> waiting_lanes(Database& database, std::optional<CompanyId> only) {
  std::vector<LaneAndDue> lanes;
  CompanyId company = only.value_or(CompanyId{0});
  std::string channel, sent_by;
  while (true) {
    Query query(
        database,
        "SELECT company_id, channel, sent_by, due_at FROM notification INDEXED BY notification_due"
        " WHERE due_at IS NOT NULL AND run_id IS NULL AND (company_id, channel, sent_by, due_at) > (?1, ?2, ?3, "
        "9223372036854775807)"
        " ORDER BY company_id, channel, sent_by, due_at LIMIT 1",
        company, channel, sent_by);
    if (!query.next()) return lanes;
    company = query.id<CompanyId>(0);
    if (only && company != *only) return lanes;
    channel = query.text(1);
    sent_by = query.text(2);
    lanes.push_back({{company, query.name(1, core::channel_names), query.name(2, sent_by_names)}, query.instant(3)});
  }
}

/// The due rows of one lane, counted up to `at_most`, from the index alone.
std::size_t count_in_lane(Database& database, const Lane& lane, core::Instant now, std::int64_t at_most) {
  Query query(database,
              "SELECT count(*) FROM (SELECT 1 FROM notification INDEXED BY notification_due"
              " WHERE due_at IS NOT NULL AND run_id IS NULL AND company_id = ?1 AND channel = ?2 AND sent_by = ?3"
              " AND due_at <= ?4 LIMIT ?5)",
              lane.company, core::to_string(lane.channel), core::name_of(sent_by_names, lane.sent_by), now, at_most);
  query.next();
  return static_cast<std::size_t>(query.integer(0));
}

}  // namespace

std::vector<Lane> Queue::lanes_due(core::Instant now, std::optional<CompanyId> only) const {
  std::vector<Lane> result;
  for (const auto& [lane, earliest_due] : waiting_lanes(database_, only)) {
    if (earliest_due <= now) result.push_back(lane);
  }
  return result;
}

std::size_t Queue::count_due(core::Instant now, std::size_t at_most, std::optional<CompanyId> only) const {
  std::size_t count = 0;
  for (const auto& lane : lanes_due(now, only)) {
    if (count >= at_most) break;
    count += count_in_lane(database_, lane, now, static_cast<std::int64_t>(at_most - count));
  }
  return count;
}

std::size_t Queue::count_due_in(const Lane& lane, core::Instant now) const {
  return count_in_lane(database_, lane, now, std::numeric_limits<std::int64_t>::max());
}

std::size_t Queue::postpone_lane(const Lane& lane, core::Instant now, core::Instant until, std::string_view reason) {
  // Through a list of ids: a row that moves ahead in the index while it is read would be met again.
  return execute(
      database_,
      "UPDATE OR ROLLBACK notification SET due_at = ?5, reason = ?6, updated_at = ?4 WHERE id IN (SELECT id FROM"
      " notification INDEXED BY notification_due WHERE due_at IS NOT NULL AND run_id IS NULL AND company_id = ?1"
      " AND channel = ?2 AND sent_by = ?3 AND due_at <= ?4)",
      lane.company, core::to_string(lane.channel), core::name_of(sent_by_names, lane.sent_by), now, until, reason);
}

std::size_t Queue::expire_lane(const Lane& lane, core::Instant now) {
  return execute(
      database_,
      "UPDATE OR ROLLBACK notification SET status = 'expired', due_at = NULL, reason = 'its time passed before it could"
      " go', updated_at = ?4 WHERE id IN (SELECT id FROM notification INDEXED BY notification_due WHERE"
      " due_at IS NOT NULL AND run_id IS NULL AND company_id = ?1 AND channel = ?2 AND sent_by = ?3"
      " AND due_at <= ?4 AND not_after < ?4)",
      lane.company, core::to_string(lane.channel), core::name_of(sent_by_names, lane.sent_by), now);
}

}  // namespace egarage::store
