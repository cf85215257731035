#include "store/message_text.hpp"

#include "store_fixture.hpp"

using namespace egarage;
using namespace egarage::store;

TEST_CASE("what waits and was never tried may be worded anew; what may have been read stays") {
  StoreFixture store;
  const auto id = store.enqueue("f-1");
  auto text = store.make("f-1");
  text.subject = "Vence en 2 días";
  text.body = "Quedan 2 días.";
  text.recipient = "eva@example.cl";
  CHECK(rewrite(store.database, id, text) == Rewritten::yes);
  CHECK(rewrite(store.database, id, text) == Rewritten::no);
  const auto reworded = store.record(id);
  CHECK(reworded.subject == "Vence en 2 días");
  CHECK(reworded.body == "Quedan 2 días.");
  CHECK(reworded.recipient == "ana@example.cl");
  CHECK(store.life(id) == "queued");

  const auto run = store.queue.begin_run("process-queue", noon);
  const auto started = store.start_all(run);
  REQUIRE(started.size() == 1);
  text.body = "Queda 1 día.";
  CHECK(rewrite(store.database, id, text) == Rewritten::no);
  store.settle(settlement(started[0], AttemptOutcome::deferred, core::Status::retry_wait), run);
  CHECK(rewrite(store.database, id, text) == Rewritten::no);
  CHECK(store.record(id).body == "Quedan 2 días.");
}
