// Schema version 3 changes a constraint in place: a store of version 2 with rows must survive that, and a kill.
#ifndef _WIN32
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>
#endif

#include "store/migrations.hpp"
#include "store/query.hpp"
#include "store_fixture.hpp"

using namespace egarage;
using namespace egarage::store;

namespace {

/// A store as the program of schema version 2 left it, with a notification in every state that there was.
struct SecondSchema {
  SecondSchema() : file(folder / "notify.db") {
    SQLite::Database old(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    old.exec("BEGIN");
    old.exec(std::string(embedded_files()[0].text));
    old.exec(std::string(embedded_files()[1].text));
    old.exec("PRAGMA user_version = 2");
    old.exec(
        "INSERT INTO company (id, slug, name, legal_name, country, time_zone, currency, language, email, phone, "
        "address,"
        " colour, logo, admin_name, admin_email, subscription_plan, subscription_active, hours_start, hours_end,"
        " hours_weekends, channels, created_at, updated_at) VALUES (1, 'sur', 'Sur', '', 'CL', 'America/Santiago',"
        " 'CLP', 'es', '', '', '', '', '', '', '', '', 1, 480, 1200, 0, '{}', 5, 5)");
    old.exec("INSERT INTO run (id, command, process_id, host, started_at) VALUES (1, 'process-queue', 1, 'here', 5)");
    int id = 0;
    for (const auto& [status, name] : core::status_names) {
      if (status == core::Status::standby) continue;
      ++id;
      const bool in_hand = status == core::Status::claimed || status == core::Status::sending;
      const bool open = in_hand || status == core::Status::queued || status == core::Status::retry_wait;
      old.exec(
          fmt::format("INSERT INTO notification (id, company_id, event, channel, sent_by, dedup_key, recipient,"
                      " status, attempts, due_at, run_id, lease_at, reason, created_at, updated_at) VALUES ({0}, 1,"
                      " 'DOCUMENTO_CREADO', 'email', 'company', 'doc-{0}', 'ana@example.cl', '{1}', {2}, {3}, {4},"
                      " {4}, 'because', 5, 5)",
                      id, name, status == core::Status::queued ? 0 : 1, open ? "5" : "NULL", in_hand ? "1" : "NULL"));
      old.exec(
          fmt::format("INSERT INTO message (notification_id, company_id, language, recipient_name, message_id,"
                      " subject, body) VALUES ({}, 1, 'es', 'Ana', 'n.1@x', 'Asunto', 'Hola')",
                      id));
    }
    old.exec("COMMIT");
    rows = id;
  }
  std::string ask(const std::string& sql) const { return scalar(file, sql); }
  std::string everything() const {
    return ask(
        "SELECT group_concat(id || status || attempts || coalesce(due_at, '-') || coalesce(run_id, '-') || dedup_key ||"
        " reason) FROM notification");
  }
  bool takes(const std::string& status, const std::string& due_at, int attempts) const {
    SQLite::Database other(file.string(), SQLite::OPEN_READWRITE, 30'000);
    try {
      other.exec(
          fmt::format("BEGIN; INSERT INTO notification (company_id, event, channel, sent_by, dedup_key,"
                      " recipient, status, attempts, due_at, reason, created_at, updated_at) VALUES (1,"
                      " 'DOCUMENTO_CREADO', 'sms', 'company', 'new', '+56961234567', '{}', {}, {}, 'waits', 5,"
                      " 5); ROLLBACK",
                      status, attempts, due_at));
      return true;
    } catch (const SQLite::Exception&) {
      other.tryExec("ROLLBACK");
      return false;
    }
  }

  ScratchFolder folder;
  std::filesystem::path file;
  int rows = 0;
};

}  // namespace

TEST_CASE("a store of the second schema keeps its rows, and takes messages that stand by") {
  SecondSchema store;
  const auto before = store.everything();
  CHECK_FALSE(store.takes("standby", "NULL", 0));
  { const auto upgraded = Database::create_or_upgrade(store.file, noon); }
  CHECK(store.ask("PRAGMA integrity_check") == "ok");
  CHECK(store.ask("SELECT count(*) FROM pragma_foreign_key_check") == "0");
  CHECK(store.ask("PRAGMA user_version") == std::to_string(Database::schema_version_of_program()));
  CHECK(store.everything() == before);
  CHECK(store.ask("SELECT count(*) FROM message WHERE payload = ''") == std::to_string(store.rows));
  CHECK(store.ask("SELECT count(*) FROM notification WHERE fallback_id IS NULL") == std::to_string(store.rows));

  CHECK(store.takes("standby", "NULL", 0));
  CHECK_FALSE(store.takes("standby", "NULL", 1));  // it was never tried
  CHECK_FALSE(store.takes("standby", "5", 0));     // nor is it due
  CHECK_FALSE(store.takes("queued", "5", 1));
  CHECK_FALSE(store.takes("gone", "NULL", 0));

  auto database = Database::open(store.file);
  Queue queue(database);
  const auto run = queue.begin_run("process-queue", noon);
  CHECK(queue.claim_due({CompanyId{1}, core::Channel::email, SentBy::company}, run, noon, noon + lease, 10).size() ==
        2);
}

TEST_CASE("a schema that was changed in place reads like one that was made new") {
  SecondSchema old;
  { const auto upgraded = Database::create_or_upgrade(old.file, noon); }
  StoreFixture fresh;
  const std::string schema =
      "SELECT group_concat(type || name || coalesce(sql, ''), char(10)) FROM (SELECT * FROM"
      " sqlite_schema ORDER BY type, name)";
  CHECK(old.ask(schema) == scalar(fresh.file, schema));
  CHECK(old.ask(schema).find("OR status = 'standby'),") != std::string::npos);
}

#ifndef _WIN32
TEST_CASE("a kill in the middle of the third migration leaves the second schema, whole") {
  SecondSchema store;
  const auto before = store.everything();
  const auto child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    SQLite::Database dying(store.file.string(), SQLite::OPEN_READWRITE, 30'000);
    dying.createFunction("die", 0, false, nullptr, [](sqlite3_context*, int, sqlite3_value**) { raise(SIGKILL); });
    dying.exec("PRAGMA cache_size = 1");  // so that changed pages reach the file before the end
    dying.exec("BEGIN IMMEDIATE");
    dying.exec(std::string(embedded_files()[2].text));
    dying.exec("UPDATE notification SET reason = printf('%.2000c', 'x')");
    dying.exec("SELECT die()");
    _exit(0);
  }
  int status = 0;
  waitpid(child, &status, 0);
  REQUIRE(WIFSIGNALED(status));
  CHECK(store.ask("PRAGMA user_version") == "2");
  CHECK(store.ask("PRAGMA integrity_check") == "ok");
  CHECK(store.everything() == before);
  CHECK_FALSE(store.takes("standby", "NULL", 0));
  { const auto upgraded = Database::create_or_upgrade(store.file, noon); }
  CHECK(store.takes("standby", "NULL", 0));
  CHECK(store.everything() == before);
}
#endif
