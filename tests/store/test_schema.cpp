#include "store/query.hpp"
#include "store_fixture.hpp"

using namespace egarage;
using namespace egarage::store;

namespace {

std::string set_notification(const std::string& assignments) {
  return "UPDATE notification SET " + assignments + " WHERE id = 1";
}

}  // namespace

TEST_CASE("rows that cannot be are refused by the schema itself") {
  StoreFixture store;
  store.enqueue("doc-1");
  const auto run = store.queue.begin_run("process-queue", noon);
  struct Row {
    std::string sql, reason;
  };
  const Row rows[] = {
      {set_notification("status = 'claimed'"), "notification_in_hand_has_run"},
      {set_notification("run_id = 1, lease_at = 5"), "notification_in_hand_has_run"},
      {set_notification("status = 'claimed', run_id = 1"), "notification_run_has_lease"},
      {set_notification("status = 'sending', lease_at = 5"), "notification_in_hand_has_run"},
      {set_notification("status = 'accepted'"), "notification_due_exactly_while_open"},
      {set_notification("due_at = NULL"), "notification_due_exactly_while_open"},
      {set_notification("attempts = 1"), "notification_queued_is_untried"},
      {set_notification("status = 'retry_wait'"), "notification_retry_was_tried"},
      {set_notification("status = 'gone', due_at = NULL"), "CHECK"},
      {set_notification("event = 'OTRO'"), "CHECK"},
      {set_notification("channel = 'fax'"), "CHECK"},
      {set_notification("sent_by = 'nobody'"), "CHECK"},
      {set_notification("recipient = ''"), "CHECK"},
      {set_notification("due_at = 'soon'"), "cannot store TEXT"},
      {set_notification("company_id = 99"), "FOREIGN KEY"},
      {"INSERT INTO attempt (company_id, notification_id, run_id, started_at, outcome) VALUES (1, 1, 1, 5, 'accepted')",
       "attempt_finished_exactly_with_outcome"},
      {"INSERT INTO attempt (company_id, notification_id, run_id, started_at, finished_at) VALUES (1, 1, 1, 5, 6)",
       "attempt_finished_exactly_with_outcome"},
      {"INSERT INTO attempt (company_id, notification_id, run_id, started_at, presumed_uncertain) VALUES (1, 1, 1, 5, "
       "1)",
       "attempt_presumed_has_outcome"},
      {"INSERT INTO attempt (company_id, notification_id, run_id, started_at) VALUES (1, 1, 99, 5)", "FOREIGN KEY"},
      {"UPDATE run SET finished_at = 5", "run_finished"},
      {"UPDATE account SET state = 'blocked'", "account_retry_exactly_when_in_trouble"},
      {"UPDATE account SET retry_at = 5", "account_retry_exactly_when_in_trouble"},
      {"UPDATE account SET password = 'plain:hunter2'", "account_password_is_a_reference"},
      {"UPDATE account SET password = 'hunter2'", "account_password_is_a_reference"},
      {"INSERT INTO account (company_id, channel, transport, settings, password, updated_at) VALUES (1, 'email', "
       "'smtp',"
       " '{}', '', 5)",
       "UNIQUE"},
      {"UPDATE company SET slug = 'Con Mayúsculas'", "company_slug"},
      {"UPDATE company SET hours_end = hours_start", "company_hours_not_empty"},
      {"UPDATE company SET subscription_ends = 'mañana'", "CHECK"},
      {"UPDATE company SET slug = 'sur'", "UNIQUE"},
      {"UPDATE audit SET reason = 'nothing happened'", "append-only"},
      {"DELETE FROM audit", "append-only"},
      {"DELETE FROM notification", "the newest notification must stay"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.sql);
    const auto answer = refusal(store, row.sql);
    CHECK(answer.find(row.reason) != std::string::npos);
    CHECK(answer != "");
  }
  CHECK(run.value == 1);
  CHECK(refusal(store, "UPDATE notification SET reason = 'fine' WHERE id = 1").empty());
}

TEST_CASE("tables without row numbers begin with their keys, in order") {
  // SQLite 3.40 reports rows of others as damaged when it checks a store.
  StoreFixture store;
  Query query(store.database,
              "SELECT t.name || '.' || c.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c"
              " WHERE t.type = 'table' AND t.sql LIKE '%WITHOUT ROWID%' AND c.pk > 0 AND c.pk <> c.cid + 1");
  while (query.next()) FAIL_CHECK(query.text(0));
}

TEST_CASE("no row can be moved to another company") {
  StoreFixture store;
  const auto mine = store.enqueue(store.make("doc-1", store.sur)),
             theirs = store.enqueue(store.make("doc-1", store.norte));
  const auto run = store.queue.begin_run("process-queue", noon);
  store.start_all(run);
  for (const auto& sql : {fmt::format("UPDATE attempt SET notification_id = {}", theirs.value),
                          std::string("UPDATE attempt SET company_id = 2"),
                          fmt::format("UPDATE notification SET company_id = 2 WHERE id = {}", mine.value),
                          fmt::format("UPDATE message SET company_id = 2 WHERE notification_id = {}", mine.value),
                          fmt::format("INSERT INTO attempt (company_id, notification_id, run_id, started_at) VALUES"
                                      " (2, {}, 1, 5)",
                                      mine.value)}) {
    CAPTURE(sql);
    CHECK(refusal(store, sql) != "");
  }
}

TEST_CASE("what comes from outside stays data") {
  StoreFixture store;
  auto row = store.make("'; DROP TABLE notification; --");
  row.recipient_name = "O'Higgins \"& Cía\" %_";
  row.body = std::string("ende\0 mitten", 12);
  const auto id = store.enqueue(row);
  CHECK(store.record(id).recipient_name == row.recipient_name);
  CHECK(store.record(id).body == row.body);
  CHECK(store.record(id).dedup_key == row.dedup_key);
  CHECK_FALSE(Directory(store.database).find_company("sur' OR '1'='1"));
  CHECK_FALSE(History(store.database).notification(store.sur, "%"));
}
