#include "store/silences.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "store/upsert.hpp"

namespace egarage::store {
namespace {

#define EGARAGE_SELECT_SILENCE \
  "SELECT customer_key, vehicle_key, event, until_on, reason FROM silence WHERE company_id = ?1"

Silence read(const Query& row) {
  Silence silence;
  silence.customer = row.optional_text(0);
  silence.vehicle = row.optional_text(1);
  if (!row.is_null(2)) silence.event = row.event(2);
  silence.until = row.date(3);
  silence.reason = row.text(4);
  return silence;
}

std::optional<std::string_view> code(const std::optional<core::Event>& event) {
  if (!event) return std::nullopt;
  return core::to_string(*event);
}

Upsert write(Database& database, CompanyId company, const Silence& silence, core::Instant now) {
  return store::upsert(
      database,
      "INSERT INTO silence (company_id, customer_key, vehicle_key, event, until_on, reason, updated_at)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING",
      "UPDATE silence SET until_on = ?5, reason = ?6, updated_at = ?7 WHERE company_id = ?1"
      " AND coalesce(customer_key, '') = coalesce(?2, '') AND coalesce(vehicle_key, '') = coalesce(?3, '')"
      " AND coalesce(event, '') = coalesce(?4, '') AND (until_on, reason) IS NOT (?5, ?6)",
      company, silence.customer, silence.vehicle, code(silence.event), silence.until, silence.reason, now);
}

/// Found by what `describe` begins with.
void let_waiting_try_again(Database& database, CompanyId company, core::Instant now) {
  execute(database,
          "UPDATE OR ROLLBACK notification SET due_at = ?2, reason = '', updated_at = ?2 WHERE id IN (SELECT id FROM"
          " notification INDEXED BY notification_due WHERE due_at IS NOT NULL AND run_id IS NULL AND company_id = ?1"
          " AND due_at > ?2 AND reason GLOB 'silent until *')",
          company, now);
}

}  // namespace

std::string describe(const Silence& silence) {
  return fmt::format("silent until {}{}{}", core::format_date(silence.until), silence.reason.empty() ? "" : ": ",
                     silence.reason);
}

bool covers(const Silence& silence, const SilencedMessage& message) {
  if (silence.event && silence.event != message.event) return false;
  if (!silence.event && core::traits(message.event).audience == core::Audience::company_admin) return false;
  if (silence.customer && silence.customer != message.customer) return false;
  return !silence.vehicle || std::ranges::find(message.vehicles, *silence.vehicle) != message.vehicles.end();
}

Upsert Silences::upsert(CompanyId company, const Silence& silence, core::Instant now) {
  Upsert result{};
  atomically(database_, [&] {
    result = write(database_, company, silence, now);
    if (result == Upsert::changed) let_waiting_try_again(database_, company, now);
  });
  return result;
}

std::optional<Silence> Silences::find(CompanyId company, const Silence& like) const {
  Query query(database_,
              EGARAGE_SELECT_SILENCE
              " AND coalesce(customer_key, '') = coalesce(?2, '') AND coalesce(vehicle_key, '') = coalesce(?3, '')"
              " AND coalesce(event, '') = coalesce(?4, '')",
              company, like.customer, like.vehicle, code(like.event));
  if (!query.next()) return std::nullopt;
  return read(query);
}

std::vector<Silence> Silences::lasting(CompanyId company, core::Date day) const {
  std::vector<Silence> result;
  Query query(database_, EGARAGE_SELECT_SILENCE " AND until_on >= ?2 ORDER BY until_on DESC, id", company, day);
  while (query.next()) result.push_back(read(query));
  return result;
}

std::vector<Silence> Silences::list(CompanyId company) const {
  std::vector<Silence> result;
  Query query(database_,
              EGARAGE_SELECT_SILENCE
              " ORDER BY coalesce(customer_key, ''), coalesce(vehicle_key, ''), coalesce(event, '')",
              company);
  while (query.next()) result.push_back(read(query));
  return result;
}

std::optional<Silence> Silences::covering(CompanyId company, const SilenceSubject& subject, core::Date day) const {
  Query query(database_,
              EGARAGE_SELECT_SILENCE
              " AND coalesce(customer_key, '') IN ('', ?2) AND coalesce(vehicle_key, '') IN ('', coalesce(?3, ''))"
              " AND coalesce(event, '') IN ('', ?4) AND until_on >= ?5 ORDER BY until_on DESC, id LIMIT 1",
              company, subject.customer, subject.vehicle, core::to_string(subject.event), day);
  if (!query.next()) return std::nullopt;
  return read(query);
}

#undef EGARAGE_SELECT_SILENCE

}  // namespace egarage::store
