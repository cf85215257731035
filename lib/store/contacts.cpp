#include "store/contacts.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/ascii.hpp"
#include "store/query.hpp"

namespace egarage::store {

namespace {

// What counts of attempt `a` at notification `n`.
#define EGARAGE_COUNTS                                                                                   \
  " AND a.started_at >= ?3 AND (a.outcome IS NULL OR a.outcome = 'uncertain' OR (a.outcome = 'accepted'" \
  " AND n.status <> 'undelivered' AND n.status <> 'bounced'))"

/// The key is `EVENT/key/channel`; a key of another form is an occasion of its own.
Occasion occasion_of(const std::string& dedup_key) { return dedup_key.substr(0, dedup_key.rfind('/')); }

void add(Query&& row, core::EventClass event_class, std::vector<Contact>& contacts) {
  while (row.next()) {
    if (core::traits(row.event(0)).event_class != event_class) continue;
    contacts.push_back({occasion_of(row.text(1)), row.instant(2), row.id<AttemptId>(3)});
  }
}

}  // namespace

bool is_same(const Addressee& left, const Addressee& right) {
  if (left.company != right.company) return false;
  if (left.customer && right.customer) return left.customer == right.customer;
  return std::ranges::equal(left.address, right.address, {}, core::lower, core::lower);
}

core::NextContact ContactDays::next(const core::ContactLimit& limit, core::Instant now) const {
  std::vector<std::chrono::local_days> days;
  for (const auto& [occasion, day] : heard_) days.push_back(day);
  return core::next_contact(limit, days, zone_, now);
}

AddressedMessage Contacts::addressed(NotificationId notification) const {
  Query row(database_, "SELECT company_id, customer_key, recipient, dedup_key FROM notification WHERE id = ?1",
            notification);
  if (!row.next()) throw damaged(database_.path(), fmt::format("there is no notification {}", notification.value));
  return {{row.id<CompanyId>(0), row.optional_text(1), row.text(2)}, occasion_of(row.text(3))};
}

std::vector<Contact> Contacts::since(const Addressee& addressee, core::EventClass event_class,
                                     core::Instant since) const {
  std::vector<Contact> contacts;
  // An attempt is never younger than the last change of its notification.
  if (addressee.customer) {
    add(Query(database_,
              "SELECT n.event, n.dedup_key, a.started_at, a.id FROM notification n INDEXED BY notification_of_customer"
              " CROSS JOIN attempt a ON a.company_id = n.company_id AND a.notification_id = n.id"
              " WHERE n.company_id = ?1 AND n.customer_key = ?2 AND n.updated_at >= ?3" EGARAGE_COUNTS,
              addressee.company, *addressee.customer, since),
        event_class, contacts);
  }
  add(Query(database_,
            "SELECT n.event, n.dedup_key, a.started_at, a.id FROM notification n INDEXED BY notification_of_address"
            " CROSS JOIN attempt a ON a.company_id = n.company_id AND a.notification_id = n.id"
            " WHERE n.company_id = ?1 AND n.recipient = ?2 COLLATE NOCASE"
            " AND (n.event = 'PAGO_PENDIENTE' OR n.event = 'CLIENTE_INACTIVO')"
            " AND (?4 IS NULL OR n.customer_key IS NULL)" EGARAGE_COUNTS,
            addressee.company, addressee.address, since, addressee.customer),
      event_class, contacts);
  return contacts;
}

#undef EGARAGE_COUNTS

}  // namespace egarage::store
