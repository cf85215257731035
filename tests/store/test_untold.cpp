#include "store/untold.hpp"

#include "core/key_part.hpp"
#include "store/documents.hpp"
#include "store/reasons.hpp"
#include "store/waiting.hpp"
#include "store_fixture.hpp"

using namespace egarage;
using namespace egarage::store;

namespace {

core::Date the_day(std::string_view text) { return core::parse_date(text).value(); }

struct World : StoreFixture {
  Customers customers{database};
  Documents documents{database};

  World() { put_customer("ana"); }
  void put_customer(const std::string& key) {
    Customer customer;
    customer.key = key;
    customers.upsert(sur, customer, noon);
  }
  void owe(const std::string& key, std::string_view due, std::string_view paid = {}) {
    Document document;
    document.key = key;
    document.customer = "ana";
    document.type = "Factura";
    document.date = the_day("2026-10-01");
    document.due = the_day(due);
    if (!paid.empty()) document.paid = the_day(paid);
    documents.upsert(sur, document, noon);
  }
  void tell(const std::string& key, core::Event event = core::Event::pago_pendiente, const std::string& document = {}) {
    auto one = make(key, sur);
    one.event = event;
    one.customer = "ana";
    if (!document.empty()) one.subjects = {{SubjectKind::document, document}};
    enqueue(one);
  }
  std::string untold(std::string_view first, std::string_view last, std::string_view step) {
    return all_of(untold_unpaid, {the_day(first), the_day(last), step});
  }
  template <typename Unpaid>
  std::string all_of(Unpaid unpaid, const DaysAndStep& wanted) {
    constexpr std::size_t portion = 2;
    std::string keys;
    std::optional<DatedKey> after;
    for (;;) {
      const auto found = unpaid(database, sur, wanted, after, portion);
      for (const auto& one : found) keys += one.key + ' ';
      if (found.size() < portion) return keys;
      after = found.back();
    }
  }
};

}  // namespace

TEST_CASE("unpaid documents whose step was not told are found by due date, in portions") {
  World world;
  world.owe("a", "2026-12-02");
  world.owe("b", "2026-12-01");
  world.owe("c", "2026-12-01", "2026-11-30");
  world.owe("d", "2026-12-03");
  world.owe("e", "2026-12-01");
  world.owe("f", "2026-11-30");
  CHECK(world.untold("2026-12-01", "2026-12-02", "T-0") == "b e a ");
  world.tell("PAGO_PENDIENTE/b/2026-12-01/T-0/email");
  world.tell("PAGO_PENDIENTE/e/2026-12-01/T-3/email");  // another step
  world.tell("PAGO_PENDIENTE/a/2026-12-03/T-0/email");  // another due date
  world.tell("PAGO_PENDIENTE/a/2026-12-02/T-0");        // no channel behind it: not ours
  CHECK(world.untold("2026-12-01", "2026-12-02", "T-0") == "e a ");
  world.tell("PAGO_PENDIENTE/e/2026-12-01/T-30/email");  // a longer word than T-3
  CHECK(world.untold("2026-12-01", "2026-12-01", "T-3") == "b ");
}

TEST_CASE("of unpaid documents that were spoken of, those are found whose step was not told") {
  World world;
  for (const auto* key : {"a", "a/b", "b", "c", "d", "e"}) world.owe(key, "2026-12-01");
  world.tell("PAGO_PENDIENTE/a%2Fb/2026-12-01/T+3/email");
  world.tell("PAGO_PENDIENTE/b/2026-12-01/T+3/email");
  world.tell("PAGO_PENDIENTE/b/2026-12-01/T+30/email");
  world.tell("PAGO_PENDIENTE/c/2026-12-02/T+3/email");  // of another due date
  world.tell("PAGO_PENDIENTE/d/2026-12-01/T+3/email");
  world.tell("CLIENTE_INACTIVO/e/2026-12-01/M+12/email", core::Event::cliente_inactivo);
  CHECK(world.all_of(spoken_of_unpaid, {the_day("2026-12-01"), the_day("2026-12-01"), "T+30"}) == "a/b d ");
  CHECK(world.all_of(spoken_of_unpaid, {the_day("2026-12-02"), the_day("2026-12-09"), "T+30"}).empty());
}

TEST_CASE("keys with slashes and signs are written in SQL as core::key_part writes them") {
  for (const auto* key : {"a/b", "a%b", "%2F", "a/2026-12-01/T-0", "ñ/%/á", "0", "a'b"}) {
    INFO(key);
    World world;
    world.owe(key, "2026-12-01");
    CHECK_FALSE(world.untold("2026-12-01", "2026-12-01", "T-0").empty());
    world.tell("PAGO_PENDIENTE/" + core::key_part(key) + "/2026-12-01/T-0/sms");
    CHECK(world.untold("2026-12-01", "2026-12-01", "T-0").empty());
  }
}

TEST_CASE("customers are found by their last document, as long as the period was not told") {
  World world;
  world.put_customer("bea/1");
  const auto visit = [&](const std::string& key, const std::string& customer, std::string_view day) {
    Document document;
    document.key = key;
    document.customer = customer;
    document.type = "Factura";
    document.date = the_day(day);
    world.documents.upsert(world.sur, document, noon);
  };
  visit("d-1", "ana", "2025-11-20");
  visit("d-2", "bea/1", "2025-11-21");
  const auto untold = [&](std::string_view last) {
    return untold_inactive(world.database, world.sur, {the_day("2025-11-01"), the_day(last), "M+12"},
                           the_day("2026-11-21"), {}, 9)
        .size();
  };
  CHECK(untold("2025-11-19") == 0);
  CHECK(untold("2025-11-20") == 1);
  CHECK(untold("2025-11-21") == 2);
  world.tell("CLIENTE_INACTIVO/bea%2F1/2025-11-21/M+12/email", core::Event::cliente_inactivo);
  CHECK(untold("2025-11-21") == 1);
  visit("d-3", "ana", "2025-12-01");
  CHECK(untold("2025-11-21") == 0);
}

TEST_CASE("what waits about documents that are settled is found, and nothing else") {
  World world;
  world.owe("paid", "2026-12-01", "2026-11-30");
  world.owe("moved", "2026-12-15");
  world.owe("owed", "2026-12-01");
  for (const std::string key : {"paid", "moved", "owed", "gone"}) {
    world.tell("PAGO_PENDIENTE/" + key + "/2026-12-01/T-0/email", core::Event::pago_pendiente, key);
  }
  world.tell("DOCUMENTO_CREADO/paid/email", core::Event::documento_creado, "paid");
  std::string about;
  for (const auto& one : waiting_for_settled_documents(world.database, world.sur)) about += one.about + ' ';
  CHECK(about == "paid moved gone ");
  CHECK(waiting_for_settled_documents(world.database, world.norte).empty());
  CHECK(waiting_for_customers(world.database, world.sur, core::Event::pago_pendiente).size() == 4);
  CHECK(waiting_for_customers(world.database, world.sur, core::Event::cliente_inactivo).empty());
  CHECK(why_not_asked(world.database, world.sur, "gone", the_day("2026-12-01")) == "the document is gone");
}
