#include "support/delivery_world.hpp"

#include "support/catch.hpp"
#include "support/example_account.hpp"

namespace egarage::test {

namespace {

core::EmailAccount account_of(const std::string& slug) {
  auto account = example_account();
  account.from = {slug, *core::EmailAddress::parse("taller@" + slug + ".example")};
  account.host = "smtp." + slug + ".example";
  return account;
}

core::Instant instant(std::string_view text) {
  const auto parsed = core::parse_instant(text);
  REQUIRE(parsed.has_value());
  return *parsed;
}

}  // namespace

DeliveryWorld::DeliveryWorld(std::string_view start)
    : now(instant(start)),
      database(store::Database::create_or_upgrade(folder.path() / "store.db", now)),
      directory(database),
      queue(database),
      history(database) {
  store::Platform platform;
  platform.accounts.email = account_of("platform");
  directory.set_platform(platform, now);
}

store::CompanyId DeliveryWorld::add_company(const std::string& slug,
                                            const std::function<void(core::Company&)>& change) {
  core::Company company;
  company.slug = slug;
  company.name = slug;
  company.country = "CL";
  company.time_zone = "America/Santiago";
  company.currency = "CLP";
  company.hours = {std::chrono::hours{0}, std::chrono::hours{24}, true};
  company.accounts.email = account_of(slug);
  change(company);
  directory.upsert_company(company, now);
  return directory.find_company(slug)->id;
}

store::NotificationId DeliveryWorld::enqueue(store::CompanyId company, const std::string& key,
                                             const std::function<void(store::NewNotification&)>& change) {
  store::NewNotification notification;
  notification.company = company;
  notification.event = core::Event::documento_creado;
  notification.channel = core::Channel::email;
  notification.dedup_key = key;
  notification.recipient_name = "Ana Soto";
  notification.recipient = key + "@example.cl";
  notification.subject = "Asunto " + key;
  notification.body = "Hola **Ana**";
  notification.message_id_domain = "taller.example";
  notification.due_at = now;
  change(notification);
  database.transaction([&] { queue.enqueue(notification, now); });
  return history.notification(company, key)->id;
}

void DeliveryWorld::enqueue_many(store::CompanyId company, const std::string& prefix, std::size_t count) {
  database.transaction([&] {
    for (std::size_t i = 0; i < count; ++i) {
      store::NewNotification notification;
      notification.company = company;
      notification.channel = core::Channel::email;
      notification.dedup_key = prefix + std::to_string(i);
      notification.recipient = notification.dedup_key + "@example.cl";
      notification.subject = notification.body = "x";
      notification.message_id_domain = "taller.example";
      notification.due_at = now;
      queue.enqueue(notification, now);
    }
  });
}

delivery::RunSummary DeliveryWorld::run() {
  const delivery::Surroundings surroundings{
      [this] { return now; },
      [this] { return steady += tick; },
      [] { return 0.5; },
      stop_requested,
      [this](channels::Network&,
             const delivery::SenderRequest& request) -> std::variant<std::unique_ptr<channels::Sender>, std::string> {
        const auto slug = std::get<core::EmailAccount>(request.account).from.name;
        auto& provider = providers_[slug];
        return std::make_unique<FakeSender>(provider);
      },
      {},
      log};
  return delivery::process_queue(database, options, surroundings);
}

store::NotificationRecord DeliveryWorld::record(store::NotificationId id) {
  const auto found = history.notification(id);
  REQUIRE(found.has_value());
  return *found;
}

}  // namespace egarage::test
