#include "report/explain.hpp"

#include <nlohmann/json.hpp>

#include "store/store_fixture.hpp"
#include "support/catch.hpp"

using namespace egarage;
using core::Status;
using report::Privacy;
using store::noon;

namespace {

const auto santiago = core::TimeZone::locate("America/Santiago").value();

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

/// A notification that was deferred once.
class Deferred : public store::StoreFixture {
 public:
  Deferred() {
    id = enqueue("DOCUMENTO_CREADO/doc-1042/email");
    const auto run = queue.begin_run("process-queue", noon);
    auto end = settlement(start_all(run, noon + std::chrono::seconds(1)).at(0), store::AttemptOutcome::deferred,
                          Status::retry_wait, noon + std::chrono::minutes(5), "451 4.7.1 <ana@example.cl> greylisted");
    end.result.code = 451;
    end.result.enhanced = "4.7.1";
    end.result.text = "<ana@example.cl> greylisted\x1b[31m";
    end.result.phase = "recipient";
    settle(end, run, noon + std::chrono::seconds(2));
  }
  store::NotificationId id;
};

}  // namespace

TEST_CASE("a notification's life reads as a story in its company's time") {
  Deferred world;
  const auto record = world.record(world.id);
  const auto text = report::explain_text(record, santiago, noon + std::chrono::minutes(1), Privacy::masked);
  INFO(text);
  CHECK(text.rfind("Notification 1: DOCUMENTO_CREADO by email, retry_wait\n", 0) == 0);
  CHECK(has(text, "  for         A… S… <a…@example.cl>\n"));
  CHECK(has(text, "What happened (times of America/Santiago)\n  2026-11-23 09:00:00  queued"));
  CHECK(has(text, "2026-11-23 09:00:01  claimed → sending"));
  CHECK(has(text, "2026-11-23 09:00:02  attempt 1"));
  CHECK(has(text, "deferred: 451 4.7.1 <a…@example.cl> greylisted [31m (at recipient)"));
  CHECK(text.find("claimed → sending") < text.find("attempt 1"));
  CHECK(text.find("attempt 1") < text.find("sending → retry_wait"));
  CHECK(has(text, "Waits until 2026-11-23 09:05:00 (in 4 min)."));
  CHECK_FALSE(has(text, "ana@"));
  CHECK_FALSE(has(text, "Soto"));
  CHECK_FALSE(has(text, "\x1b"));
  CHECK_FALSE(has(text, "vehículo"));
}

TEST_CASE("asked for it, the story names the recipient and shows the message") {
  Deferred world;
  const auto text = report::explain_text(world.record(world.id), santiago, noon, Privacy::full);
  CHECK(has(text, "Ana Soto <ana@example.cl>"));
  CHECK(has(text, "Text\n  | Estimada **Ana**: su vehículo está listo.\n"));
}

TEST_CASE("programs get the story as JSON") {
  Deferred world;
  const auto json = nlohmann::json::parse(report::explain_json(world.record(world.id), Privacy::masked));
  CHECK(json["id"] == 1);
  CHECK(json["company"] == "sur");
  CHECK(json["key"] == "DOCUMENTO_CREADO/doc-1042/email");
  CHECK(json["due_at"] == "2026-11-23T12:05:00Z");
  CHECK(json["not_after"].is_null());
  REQUIRE(json["attempts"].size() == 1);
  CHECK(json["attempts"][0]["outcome"] == "deferred");
  CHECK(json["attempts"][0]["code"] == 451);
  CHECK(json["history"][0]["from"].is_null());
  CHECK_FALSE(has(json.dump(), "ana@"));
  CHECK(nlohmann::json::parse(report::explain_json(world.record(world.id), Privacy::full))["recipient"] ==
        "ana@example.cl");
}

TEST_CASE("a WhatsApp message is told by its approved template, and on demand by what that is filled with") {
  store::NotificationRecord record;
  record.channel = core::Channel::whatsapp;
  record.payload =
      R"({"name":"listo","language":"es_CL","header":{"media":"document","link":"https://h.example/1.pdf","filename":"1.pdf"},)"
      R"("body":[{"text":"Ana"},{"name":"auto","text":"Toyota\u001b[31m"}],"buttons":[{"kind":"quick_reply","text":"STOP"}]})";
  const auto masked = report::explain_text(record, santiago, noon, Privacy::masked);
  CHECK(has(masked, "template  listo (es_CL)\n"));
  CHECK_FALSE(has(masked, "Ana"));
  const auto full = report::explain_text(record, santiago, noon, Privacy::full);
  INFO(full);
  CHECK(has(full,
            "Filled into the template\n"
            "  header  document     https://h.example/1.pdf as 1.pdf\n"
            "  body    1            Ana\n"
            "  body    auto         Toyota [31m\n"
            "  button  quick_reply  STOP\n"));
  using nlohmann::json;
  CHECK(json::parse(report::explain_json(record, Privacy::full))["template"] == json::parse(record.payload));
  CHECK(json::parse(report::explain_json(record, Privacy::masked))["template"] ==
        json{{"name", "listo"}, {"language", "es_CL"}});
}

TEST_CASE("a payload that is damaged or absent is no template") {
  for (const auto* payload : {"", "{", "[]", "7", "{}", R"({"name":7,"body":"x","buttons":[1],"header":[]})"}) {
    store::NotificationRecord record;
    record.payload = payload;
    INFO(payload);
    CHECK_NOTHROW(report::explain_text(record, santiago, noon, Privacy::full));
    CHECK_NOTHROW(report::explain_json(record, Privacy::full));
    CHECK_NOTHROW(report::explain_json(record, Privacy::masked));
  }
}

TEST_CASE("what comes next depends on the state") {
  struct Row {
    Status status;
    std::string says;
  };
  const Row rows[] = {{Status::queued, "next run of process-queue"},
                      {Status::sending, "takes it over"},
                      {Status::held, "requeue --id 5"},
                      {Status::failed, "requeue --id 5"},
                      {Status::expired, "requeue --id 5"},
                      {Status::accepted, "Nothing more happens."},
                      {Status::suppressed, "Nothing more happens."}};
  for (const auto& row : rows) {
    store::NotificationRecord record;
    record.id = {5};
    record.status = row.status;
    INFO(core::to_string(row.status));
    CHECK(has(report::next_step(record, santiago, noon), row.says));
  }
  store::NotificationRecord waiting;
  waiting.due_at = noon + std::chrono::hours(3);
  waiting.not_after = noon + std::chrono::hours(4);
  CHECK(report::next_step(waiting, santiago, noon) ==
        "Waits until 2026-11-23 12:00:00 (in 3 h), but not after 2026-11-23 13:00:00.");
}

TEST_CASE("an attempt whose run died says that nobody knows") {
  store::NotificationRecord record;
  record.attempt_records.push_back(
      {.number = 1, .run = {1}, .started_at = noon, .finished_at = {}, .result = {}, .presumed_uncertain = true});
  CHECK(has(report::explain_text(record, santiago, noon, Privacy::masked), "it may have been sent"));
}
