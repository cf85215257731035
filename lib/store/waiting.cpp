#include "store/waiting.hpp"

#include "store/query.hpp"

namespace egarage::store {
namespace {

std::vector<WaitingNotification> read_all(Query& query) {
  std::vector<WaitingNotification> result;
  while (query.next()) {
    result.push_back({{query.id<NotificationId>(0), query.text(1), query.name(2, core::status_names)}, query.text(3)});
  }
  return result;
}

// Fallbacks (`standby`) are in no such index: they go with the message that they stand behind.
#define EGARAGE_WAITING " FROM notification AS n INDEXED BY notification_due"
#define EGARAGE_OF_COMPANY " WHERE n.company_id = ?1 AND n.due_at IS NOT NULL AND n.run_id IS NULL AND n.event = "

}  // namespace

std::vector<WaitingNotification> waiting_for_settled_documents(Database& database, CompanyId company) {
  Query query(
      database,
      "SELECT n.id, n.dedup_key, n.status, subject.key" EGARAGE_WAITING
      " CROSS JOIN notification_subject AS subject ON subject.notification_id = n.id"
      " AND subject.kind = 'document'"
      " LEFT JOIN document ON document.company_id = n.company_id AND document.key = subject.key" EGARAGE_OF_COMPANY
      "'PAGO_PENDIENTE'"
      " AND (document.key IS NULL OR document.paid_on IS NOT NULL OR document.due_on IS NULL"
      " OR instr(n.dedup_key, '/' || document.due_on || '/T') = 0) ORDER BY n.id",
      company);
  return read_all(query);
}

std::vector<WaitingNotification> waiting_about_documents(Database& database, CompanyId company, core::Instant before) {
  Query query(database,
              "SELECT n.id, n.dedup_key, n.status, subject.key" EGARAGE_WAITING
              " CROSS JOIN notification_subject AS subject ON subject.notification_id = n.id"
              " AND subject.kind = 'document'" EGARAGE_OF_COMPANY
              "'PAGO_PENDIENTE' AND n.attempts = 0 AND n.created_at < ?2 ORDER BY n.id",
              company, before);
  return read_all(query);
}

std::vector<WaitingNotification> waiting_for_customers(Database& database, CompanyId company, core::Event event) {
  Query query(database,
              "SELECT n.id, n.dedup_key, n.status, n.customer_key" EGARAGE_WAITING EGARAGE_OF_COMPANY
              "?2 AND n.customer_key IS NOT NULL ORDER BY n.id",
              company, core::to_string(event));
  return read_all(query);
}

#undef EGARAGE_WAITING
#undef EGARAGE_OF_COMPANY

}  // namespace egarage::store
