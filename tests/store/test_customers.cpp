#include "directory_fixture.hpp"

using namespace egarage;
using namespace egarage::store;
using namespace std::chrono_literals;
using core::Channel;

TEST_CASE("a customer comes back as it went in, and saying it again changes nothing") {
  DirectoryFixture store;
  Customer eva;
  eva.key = "eva";
  eva.name = "Eva";
  eva.surname = "Núñez";
  eva.language = core::Language::en;
  eva.email = "eva@example.cl";
  eva.phone = "+56961234567";
  eva.transactional = std::vector{Channel::whatsapp, Channel::email};
  eva.promotional = std::vector<Channel>{};
  CHECK(store.put(eva) == Upsert::created);
  CHECK(store.customers.find(store.sur, "eva") == eva);
  CHECK(store.put(eva) == Upsert::unchanged);
  eva.phone = std::nullopt;
  CHECK(store.put(eva) == Upsert::changed);
  CHECK(store.customers.find(store.sur, "eva") == eva);
  CHECK_FALSE(store.customers.find(store.norte, "eva"));
  CHECK(store.customers.exists(store.sur, "eva"));
  CHECK_FALSE(store.customers.exists(store.norte, "eva"));
}

TEST_CASE("a class of messages has the customer's own wish, no channel, or the company's choice") {
  Customer customer;
  customer.transactional = std::vector{Channel::sms};
  customer.promotional = std::vector<Channel>{};
  CHECK(customer.wish(core::EventClass::transactional) == std::vector{Channel::sms});
  CHECK(customer.wish(core::EventClass::promotional) == std::vector<Channel>{});
  CHECK_FALSE(customer.wish(core::EventClass::collection));
}

TEST_CASE("changed wishes of a customer are on record, other changes are not") {
  DirectoryFixture store;
  auto ana = DirectoryFixture::customer("ana");
  ana.email = "ana@example.cl";
  store.put(ana);
  CHECK(audit(store, "customer ana").empty());
  ana.promotional = std::vector<Channel>{};
  ana.collection = std::vector{Channel::email, Channel::sms};
  store.put(ana);
  CHECK(audit(store, "customer ana") ==
        "transactional default, collection default, promotional default>"
        "transactional default, collection email,sms, promotional none:preferences");
}

TEST_CASE("customers are listed in portions, in the order of their keys, each company's own") {
  DirectoryFixture store;
  for (const auto* key : {"eva", "zoe", "bea"}) store.put(DirectoryFixture::customer(key));
  store.customers.upsert(store.norte, DirectoryFixture::customer("carl"), noon);
  CHECK(keys_of(store.customers.list(store.sur, "", 2)) == "ana bea");
  CHECK(keys_of(store.customers.list(store.sur, "bea", 2)) == "eva luis");
  CHECK(keys_of(store.customers.list(store.sur, "luis", 2)) == "zoe");
  CHECK(store.customers.list(store.sur, "zoe", 2).empty());
  CHECK(keys_of(store.customers.list(store.norte, "", 10)) == "carl");
}

TEST_CASE("the day of a customer's last document follows the documents") {
  DirectoryFixture store;
  const auto last = [&](const char* key) { return store.customers.last_document(store.sur, key); };
  CHECK_FALSE(last("ana"));
  CHECK_FALSE(last("nobody"));
  store.put(DirectoryFixture::document("d1", "2026-05-01"));
  store.put(DirectoryFixture::document("d2", "2026-03-01"));
  CHECK(last("ana") == day("2026-05-01"));
  store.put(DirectoryFixture::document("d1", "2026-02-01"));
  CHECK(last("ana") == day("2026-03-01"));
  auto moved = DirectoryFixture::document("d2", "2026-04-01");
  moved.customer = "luis";
  store.put(moved);
  CHECK(last("ana") == day("2026-02-01"));
  CHECK(last("luis") == day("2026-04-01"));
  CHECK(refusal(store, "DELETE FROM document WHERE key = 'd1'").empty());
  CHECK_FALSE(last("ana"));
}

TEST_CASE("customers are found by the day of their last document, in portions") {
  DirectoryFixture store;
  const char* days[] = {"2025-01-31", "2025-02-01", "2025-02-01", "2025-02-28", "2025-03-01"};
  int number = 0;
  for (const auto* date : days) {
    const auto key = "k" + std::to_string(++number);
    store.put(DirectoryFixture::customer(key));
    auto document = DirectoryFixture::document("d-" + key, date);
    document.customer = key;
    store.put(document);
  }
  const auto found = [&](const std::optional<DatedKey>& after, std::size_t count) {
    return store.customers.last_documents(store.sur, day("2025-02-01"), day("2025-02-28"), after, count);
  };
  CHECK(keys_of(found({}, 10)) == "k2 k3 k4");
  const auto first = found({}, 2);
  CHECK(keys_of(first) == "k2 k3");
  CHECK(found(first.back(), 2) == std::vector{DatedKey{day("2025-02-28"), "k4"}});
  CHECK(found(DatedKey{day("2025-02-28"), "k4"}, 2).empty());
}
