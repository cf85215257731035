// What a run that died leaves behind, where its wire log says what was on the wire.
#include "store/wire_log.hpp"

#include <algorithm>
#include <fstream>

#include "core/platform/process.hpp"
#include "store/settlement_record.hpp"
#include "store_fixture.hpp"

using namespace egarage;
using namespace egarage::store;
using namespace std::chrono_literals;
using core::Status;

namespace {

Queue::AfterUncertain hold(const Queue::UncertainRow&) { return {Status::held, noon, "an operator decides"}; }

/// Another program that has marked `count` messages, with a log. Destroying its queue is its death.
struct DyingProgram {
  DyingProgram(StoreFixture& store, int count) : database(Database::open(store.file)) {
    for (int i = 0; i < count; ++i) store.enqueue(fmt::format("doc-{}", i));
    run = queue->begin_run("process-queue", noon);
    Queue::Changes changes;
    for (const auto& row : queue->claim_due(store.lane(), run, noon, noon + lease, 1000)) {
      changes.starts.push_back(row.id);
    }
    marked = queue->commit(changes, run, noon, noon + lease);
    auto made = WireLog::create(database, run);
    REQUIRE(std::holds_alternative<std::unique_ptr<WireLog>>(made));
    log = std::move(std::get<std::unique_ptr<WireLog>>(made));
  }
  void dies() {
    log.reset();
    queue.reset();
  }
  std::filesystem::path log_file() const {
    auto path = database.path();
    return path += fmt::format(".wire-{}", run.value);
  }
  /// The same octets in a file of its own.
  void replace_log(const std::string& content) const {
    std::filesystem::remove(log_file());
    std::ofstream{log_file(), std::ios::binary} << content;
  }
  std::string log_content() const {
    std::ifstream in{log_file(), std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
  }
  void overwrite_log(std::size_t at, const std::string& octets) const {
    std::fstream out{log_file(), std::ios::binary | std::ios::in | std::ios::out};
    out.seekp(static_cast<std::streamoff>(at)) << octets;
  }

  Database database;
  std::unique_ptr<Queue> queue = std::make_unique<Queue>(database);
  RunId run;
  std::vector<StartedAttempt> marked;
  std::unique_ptr<WireLog> log;
};

struct WireWorld : StoreFixture {
  Recovered recover(core::Instant now = noon + 1min) {
    const auto run = queue.begin_run("process-queue", now);
    return queue.recover(run, now, lease, hold);
  }
};

Settlement accepted(const StartedAttempt& attempt, const std::string& id) {
  auto result = settlement(attempt, AttemptOutcome::accepted, Status::accepted);
  result.result.provider_id = id;
  return result;
}

}  // namespace

TEST_CASE("of what a dead run had marked, only what was on the wire is uncertain") {
  WireWorld store;
  DyingProgram other{store, 3};
  other.log->put_on_wire(other.marked[1].attempt);
  other.dies();
  const auto recovered = store.recover();
  CHECK(recovered.requeued == 2);
  CHECK(recovered.uncertain == 1);
  CHECK(store.life(other.marked[0].notification) == "queued claimed sending queued");
  CHECK(store.life(other.marked[1].notification) == "queued claimed sending uncertain held");
  const auto back = store.record(other.marked[2].notification);
  CHECK(back.status == Status::queued);
  CHECK(back.attempts == 0);
  CHECK(back.due_at == noon);
  CHECK(back.attempt_records.at(0).result->outcome == AttemptOutcome::returned);
  CHECK_FALSE(back.attempt_records.at(0).presumed_uncertain);
  CHECK_FALSE(std::filesystem::exists(other.log_file()));
}

TEST_CASE("what had been answered before a run died is settled as it was answered") {
  WireWorld store;
  DyingProgram other{store, 4};
  for (const auto& attempt : other.marked) other.log->put_on_wire(attempt.attempt);
  other.log->answered(accepted(other.marked[0], "wamid.1"));
  other.log->begin_commit();  // it never ended
  other.log->answered(settlement(other.marked[1], AttemptOutcome::rejected, Status::failed, noon, "no such number"));
  other.log->answered(settlement(other.marked[2], AttemptOutcome::deferred, Status::retry_wait, noon + 1h, "busy"));
  other.dies();
  const auto recovered = store.recover();
  CHECK(recovered.settled == 3);
  CHECK(recovered.uncertain == 1);
  const auto first = store.record(other.marked[0].notification);
  CHECK(first.status == Status::accepted);
  CHECK(first.attempts == 1);
  CHECK(first.attempt_records.at(0).result->provider_id == "wamid.1");
  CHECK(store.record(other.marked[1].notification).status == Status::failed);
  CHECK(store.record(other.marked[1].notification).reason == "no such number");
  CHECK(store.record(other.marked[2].notification).due_at == noon + 1h);
  CHECK(store.record(other.marked[3].notification).status == Status::held);
}

TEST_CASE("an answer that the store has already is not recorded once more") {
  WireWorld store;
  DyingProgram other{store, 2};
  for (const auto& attempt : other.marked) other.log->put_on_wire(attempt.attempt);
  const auto answer = accepted(other.marked[0], "wamid.1");
  other.log->answered(answer);
  other.log->begin_commit();
  other.queue->commit({{answer}, {}, {}}, other.run, noon, noon + lease);
  SECTION("and the run died before it knew") {}
  SECTION("and the run died afterwards") { other.log->committed(std::vector{answer}); }
  other.dies();
  CHECK(store.recover().settled == 0);
  CHECK(store.record(other.marked[0].notification).status == Status::accepted);
  CHECK(store.record(other.marked[1].notification).status == Status::held);
}

TEST_CASE("a log that cannot be believed leaves everything uncertain") {
  WireWorld store;
  DyingProgram other{store, 3};
  other.log->put_on_wire(other.marked[1].attempt);
  other.log->answered(accepted(other.marked[1], "wamid.1"));
  other.dies();
  const auto content = other.log_content();
  REQUIRE(content.size() > 1024);
  SECTION("it is not there") { std::filesystem::remove(other.log_file()); }
  SECTION("it is empty") { other.replace_log({}); }
  SECTION("it was cut") { std::filesystem::resize_file(other.log_file(), content.size() - 1); }
  SECTION("it is longer than it should be") { std::filesystem::resize_file(other.log_file(), content.size() + 1); }
  SECTION("it is a copy") { other.replace_log(content); }
  SECTION("it is of an earlier start of the machine") {
    other.overwrite_log(content.find("boot ") + 5, content[content.find("boot ") + 5] == '0' ? "1" : "0");
  }
  SECTION("it is of another run with the same number") {
    const auto process = fmt::format("process {}", core::platform::process_id());
    REQUIRE(content.find(process) != std::string::npos);
    other.overwrite_log(content.find(process), process.substr(0, process.size() - 1) + "x");
  }
  SECTION("its answers are torn") {
    REQUIRE(content.find("final_dot") != std::string::npos);
    other.overwrite_log(content.find("final_dot") - 8, "\x7f");
  }
  SECTION("it is of a link elsewhere") {
    std::filesystem::rename(other.log_file(), store.folder / "elsewhere");
    std::filesystem::create_symlink(store.folder / "elsewhere", other.log_file());
  }
  const auto recovered = store.recover();
  CHECK(recovered.requeued == 0);
  CHECK(recovered.settled == 0);
  CHECK(recovered.uncertain == 3);
}

TEST_CASE("a store that was put back to an earlier moment does not believe the log") {
  WireWorld store;
  DyingProgram other{store, 2};
  SECTION("in the place of the file") {
    const auto backup = store.folder / "backup";
    std::filesystem::copy_file(store.file, backup);
    other.dies();
    std::filesystem::rename(backup, store.file);
    auto database = Database::open(store.file);
    Queue later{database};
    const auto run = later.begin_run("process-queue", noon);
    CHECK(later.recover(run, noon + 1min, lease, hold).uncertain == 2);
  }
  SECTION("within the file") {
    other.log->put_on_wire(other.marked[0].attempt);
    other.log->put_on_wire(AttemptId{other.marked[1].attempt.value + 1});  // the store knows nothing of it any more
    other.dies();
    CHECK(store.recover().uncertain == 2);
  }
}

TEST_CASE("a living run whose lease is over may still send what it has marked: all of that is uncertain") {
  WireWorld store;
  DyingProgram other{store, 2};
  other.log->put_on_wire(other.marked[0].attempt);
  const auto recovered = store.recover(noon + 2 * lease);
  CHECK(recovered.uncertain == 2);
  CHECK(std::filesystem::exists(other.log_file()));
}

TEST_CASE("the place of an attempt is not given away before its end is on disk") {
  WireWorld store;
  DyingProgram other{store, 1};
  other.log->put_on_wire(other.marked[0].attempt);
  // Ten times as many others as there are places come and go meanwhile.
  for (std::size_t i = 0; i < 10 * WireLog::slots; ++i) {
    StartedAttempt one{other.marked[0].notification, AttemptId{-static_cast<std::int64_t>(i) - 1}};
    other.log->put_on_wire(one.attempt);
    other.log->begin_commit();
    other.log->committed(std::vector{accepted(one, "x")});
  }
  CHECK(other.log->has_room());
  other.dies();
  CHECK(store.recover().uncertain == 1);
}

TEST_CASE("there is room for half as many open attempts as places") {
  WireWorld store;
  DyingProgram other{store, 1};
  std::size_t count = 0;
  for (; other.log->has_room(); ++count) other.log->put_on_wire(AttemptId{-static_cast<std::int64_t>(count) - 1});
  CHECK(count == WireLog::most_open);
}

TEST_CASE("an answer too many leaves its attempt on the wire") {
  WireWorld store;
  DyingProgram other{store, 2};
  for (const auto& attempt : other.marked) other.log->put_on_wire(attempt.attempt);
  auto endless = accepted(other.marked[0], "wamid.1");
  endless.result.text = std::string(WireLog::answers_size, 'x');
  other.log->answered(endless);
  other.log->answered(accepted(other.marked[1], "wamid.2"));
  other.dies();
  const auto recovered = store.recover();
  CHECK(recovered.settled == 1);
  CHECK(recovered.uncertain == 1);
}

TEST_CASE("a run that ended, and one that died with nothing in hand, leave no log behind") {
  WireWorld store;
  DyingProgram other{store, 1};
  SECTION("ended") {
    other.log->remove();
    CHECK_FALSE(std::filesystem::exists(other.log_file()));
  }
  SECTION("died") {
    store.settle(accepted(other.marked[0], "x"), other.run);
    other.dies();
    CHECK(std::filesystem::exists(other.log_file()));
    store.recover();
    CHECK_FALSE(std::filesystem::exists(other.log_file()));
  }
}

TEST_CASE("the log is readable by its owner only") {
  WireWorld store;
  DyingProgram other{store, 1};
  const auto rights = std::filesystem::status(other.log_file()).permissions();
  CHECK((rights & (std::filesystem::perms::group_all | std::filesystem::perms::others_all)) ==
        std::filesystem::perms::none);
}

TEST_CASE("a settlement is the same after it was a record") {
  Settlement one{NotificationId{7},
                 AttemptId{9},
                 {AttemptOutcome::uncertain, "answer", 131'000, "2.0.0", std::string("a\0b", 3), "wamid.x"},
                 Status::retry_wait,
                 noon + 1h,
                 "nobody knows",
                 Again::look};
  const auto record = to_record(one);
  const auto back = read_records(record + record).value();
  REQUIRE(back.size() == 2);
  CHECK(to_record(back[1]) == record);
  CHECK(back[0].result.text == one.result.text);
  CHECK(back[0].again == Again::look);
  for (std::size_t cut = 1; cut < record.size(); ++cut) CHECK_FALSE(read_records(record.substr(0, cut)));
  CHECK(read_records("")->empty());
}
