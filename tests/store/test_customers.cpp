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
  const auto last = [&](const std::string& key) {
    return scalar(store.file, "SELECT coalesce(last_document_on, '') FROM customer WHERE key = '" + key + "'");
  };
  CHECK(last("ana").empty());
  store.put(DirectoryFixture::document("d1", "2026-05-01"));
  store.put(DirectoryFixture::document("d2", "2026-03-01"));
  CHECK(last("ana") == "2026-05-01");
  store.put(DirectoryFixture::document("d1", "2026-02-01"));
  CHECK(last("ana") == "2026-03-01");
  auto moved = DirectoryFixture::document("d2", "2026-04-01");
  moved.customer = "luis";
  store.put(moved);
  CHECK(last("ana") == "2026-02-01");
  CHECK(last("luis") == "2026-04-01");
  CHECK(refusal(store, "DELETE FROM document WHERE key = 'd1'").empty());
  CHECK(last("ana").empty());
}
