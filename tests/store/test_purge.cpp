#include "store/purge.hpp"

#include "store/host_companies.hpp"
#include "store/query.hpp"
#include "store_fixture.hpp"

namespace egarage::store {
namespace {

using std::chrono::days;

constexpr auto never = [] { return false; };

class PurgeFixture : public StoreFixture {
 public:
  /// A notification that was accepted at that moment.
  NotificationId sent(const std::string& key, core::Instant at) {
    const auto run = queue.begin_run("test", at);
    const auto id = enqueue(make(key), at);
    auto due = make(key);
    for (const auto& attempt : start_all(run, at)) {
      settle(settlement(attempt, AttemptOutcome::accepted, core::Status::accepted), run, at);
    }
    queue.end_run(run, "done", at);
    return id;
  }

  Purged purge(core::Instant now, core::DryRun dry_run = core::DryRun::no) {
    return store::purge(database, {now - days{400}, now - days{1095}, dry_run}, now, never);
  }

  std::int64_t count(const std::string& from) { return std::stoll(scalar(file, "SELECT count(*) FROM " + from)); }
};

}  // namespace

TEST_CASE_METHOD(PurgeFixture, "what is finished and old goes with all that belongs to it, what waits stays") {
  const auto old = noon;
  auto waiting = make("waits");
  waiting.due_at = noon + days{3000};
  sent("old", old);
  enqueue(waiting, old);
  sent("young", noon + days{399});
  sent("newest", noon + days{400});
  const auto states = History(database).states_now();

  const auto plan = purge(noon + days{401}, core::DryRun::yes);
  CHECK(plan.notifications == 1);
  CHECK(count("notification") == 4);

  const auto purged = purge(noon + days{401});
  CHECK(purged.notifications == 1);
  CHECK(purged.runs == 1);
  CHECK(count("notification WHERE dedup_key = 'old'") == 0);
  CHECK(count("notification") == 3);
  CHECK(count("message") == 3);
  CHECK(count("attempt") == 2);
  CHECK(scalar(file, "SELECT count(*) FROM pragma_foreign_key_check") == "0");
  CHECK(scalar(file, "PRAGMA integrity_check") == "ok");

  CHECK(purge(noon + days{401}).notifications == 0);
}

TEST_CASE_METHOD(PurgeFixture, "the counts of states stay right when rows go") {
  sent("a", noon);
  sent("b", noon);
  sent("c", noon + days{500});
  purge(noon + days{500});
  const auto states = History(database).states_now();
  REQUIRE(states.size() == 1);
  CHECK(states[0] == std::pair(core::Status::accepted, std::int64_t{1}));
  // Nobody is shown rows that went as something that happened.
  for (const auto& row : History(database).totals(noon + days{499}).entered) CHECK(row.count == 1);
  CHECK(count("tally WHERE hour > 0 AND hour < " + std::to_string((noon + days{99}).time_since_epoch().count())) == 0);
}

TEST_CASE_METHOD(PurgeFixture, "the newest notification stays, or its id would be given again") {
  const auto id = sent("only", noon);
  purge(noon + days{5000});
  CHECK(record(id).dedup_key == "only");
}

TEST_CASE_METHOD(PurgeFixture, "the audit goes later, but never what proves an opt-out") {
  sent("old", noon);
  Directory(database).suppress(sur, core::Channel::email, "ana@example.cl", SuppressionScope::all, "asked", noon);
  const auto before = count("audit");
  CHECK(purge(noon + days{1000}).audit == 0);
  CHECK(count("audit") == before);
  purge(noon + days{1096});
  CHECK(count("audit WHERE at <= " + std::to_string(noon.time_since_epoch().count())) == 1);
  CHECK(count("audit WHERE about LIKE 'suppression %'") == 1);
  CHECK(Directory(database).suppression(sur, core::Channel::email, "ana@example.cl", core::EventClass::collection));
}

TEST_CASE_METHOD(PurgeFixture,
                 "the audit refuses to be shortened by anybody else, and where it proves something by all") {
  sent("old", noon);
  Directory(database).suppress(sur, core::Channel::email, "ana@example.cl", SuppressionScope::all, "asked", noon);
  CHECK_THROWS(scalar(file, "DELETE FROM audit RETURNING id"));
  purge(noon + days{1096});
  CHECK_THROWS(scalar(file, "DELETE FROM audit WHERE about LIKE 'suppression %' RETURNING id"));
  CHECK_THROWS(scalar(file, "UPDATE audit SET reason = '' RETURNING id"));
}

TEST_CASE_METHOD(PurgeFixture, "more than a portion goes in one purge, and a stop ends it between portions") {
  database.transaction([&] {
    for (int i = 0; i < 2500; ++i) queue.enqueue(make(fmt::format("n{}", i)), noon);
  });
  execute(database, "UPDATE notification SET status = 'cancelled', due_at = NULL, updated_at = ?1", noon);
  int asked = 0;
  const auto soon = [&] { return ++asked > 1; };
  CHECK(store::purge(database, {noon + days{1}, noon, core::DryRun::no}, noon + days{2}, soon).notifications == 1000);
  CHECK(count("notification") == 1500);
  CHECK(store::purge(database, {noon + days{1}, noon, core::DryRun::no}, noon + days{2}, never).notifications == 1499);
}

TEST_CASE_METHOD(PurgeFixture, "no row that refers to a notification is looked for in more than its own rows") {
  // What SQLite says of each search that a deletion brings: a company's rows are far too many.
  std::string plan;
  SQLite::Database other(file.string(), SQLite::OPEN_READWRITE);
  other.exec("PRAGMA foreign_keys = ON");
  SQLite::Statement steps(other, "EXPLAIN QUERY PLAN DELETE FROM notification WHERE id = 1");
  while (steps.executeStep()) plan += steps.getColumn(3).getString() + "\n";
  CAPTURE(plan);
  CHECK(plan.find("(company_id=?)") == std::string::npos);
  CHECK(plan.find("SCAN") == std::string::npos);
}

TEST_CASE_METHOD(PurgeFixture, "a held message is kept however old it is") {
  const auto id = sent("held", noon);
  sent("newest", noon);
  execute(database, "UPDATE notification SET status = 'held', reason = 'unknown' WHERE id = ?1", id);
  CHECK(purge(noon + days{5000}).notifications == 0);
}

TEST_CASE_METHOD(PurgeFixture, "when it was done last is remembered") {
  CHECK_FALSE(last_purge(database));
  note_purge(database, noon);
  note_purge(database, noon + days{1});
  CHECK(last_purge(database) == noon + days{1});
}

TEST_CASE_METHOD(StoreFixture, "a company of the host is linked for good, to one of ours") {
  HostCompanies links(database);
  CHECK_FALSE(links.find("7"));
  links.link("7", sur, noon);
  links.settle_documents("7", 41);
  CHECK(links.find("7")->company == sur);
  CHECK(links.find("7")->settled_document == 41);
  CHECK(links.is_linked(sur));
  CHECK_FALSE(links.is_linked(norte));
  CHECK_THROWS(links.link("8", sur, noon));
  CHECK_THROWS(links.link("7", norte, noon));
  CHECK(links.all().size() == 1);
}

}  // namespace egarage::store
