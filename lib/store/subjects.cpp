#include "store/subjects.hpp"

#include "store/query.hpp"

namespace egarage::store {

std::vector<Subject> subjects_of(Database& database, NotificationId notification) {
  std::vector<Subject> result;
  Query query(database, "SELECT kind, key FROM notification_subject WHERE notification_id = ?1 ORDER BY kind, key",
              notification);
  while (query.next()) result.push_back({query.name(0, subject_kind_names), query.text(1)});
  return result;
}

std::vector<std::string> vehicles_of(Database& database, NotificationId notification) {
  std::vector<std::string> result;
  Query query(database, "SELECT key FROM notification_subject WHERE notification_id = ?1 AND kind = 'vehicle'",
              notification);
  while (query.next()) result.push_back(query.text(0));
  return result;
}

std::optional<std::string> customer_of(Database& database, NotificationId notification) {
  Query query(database, "SELECT customer_key FROM notification WHERE id = ?1", notification);
  return query.next() ? query.optional_text(0) : std::nullopt;
}

std::vector<NotificationId> written_to(Database& database, CompanyId company, std::string_view customer,
                                       std::size_t count) {
  std::vector<NotificationId> result;
  Query query(database,
              "SELECT id FROM notification WHERE company_id = ?1 AND customer_key = ?2"
              " ORDER BY updated_at DESC, id DESC LIMIT ?3",
              company, customer, static_cast<std::int64_t>(count));
  while (query.next()) result.push_back(query.id<NotificationId>(0));
  return result;
}

std::vector<NotificationId> about(Database& database, CompanyId company, const Subject& subject, std::size_t count) {
  std::vector<NotificationId> result;
  Query query(database,
              "SELECT notification_id FROM notification_subject WHERE company_id = ?1 AND kind = ?2 AND key = ?3"
              " ORDER BY notification_id DESC LIMIT ?4",
              company, core::name_of(subject_kind_names, subject.kind), subject.key, static_cast<std::int64_t>(count));
  while (query.next()) result.push_back(query.id<NotificationId>(0));
  return result;
}

}  // namespace egarage::store
