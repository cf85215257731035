#include "support/delivery_world.hpp"

#include "content/whatsapp_payload.hpp"
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

/// Which fake stands behind an account: its owner's slug is written into it.
std::string provider_of(const core::Account& account) {
  if (const auto* email = std::get_if<core::EmailAccount>(&account)) return email->from.name;
  if (const auto* whatsapp = std::get_if<core::WhatsappAccount>(&account))
    return whatsapp->phone_number_id + "/whatsapp";
  return std::get<core::SmsAccount>(account).from + "/sms";
}

}  // namespace

core::WhatsappAccount example_whatsapp(const std::string& slug) {
  core::WhatsappAccount account;
  account.phone_number_id = slug;
  account.password = {"env:WHATSAPP_TOKEN"};
  return account;
}

core::SmsAccount example_sms(const std::string& slug) {
  core::SmsAccount account;
  account.from = slug;
  account.password = {"env:SMS_TOKEN"};
  return account;
}

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

store::NotificationId DeliveryWorld::enqueue_phone(store::CompanyId company, core::Channel channel,
                                                   const std::string& key, const std::string& to,
                                                   const std::function<void(store::NewNotification&)>& change) {
  return enqueue(company, key, [&](auto& one) {
    one.channel = channel;
    one.recipient = to;
    one.body = "Hola *Ana*";
    if (channel == core::Channel::whatsapp) {
      core::WhatsappMessage message;
      message.name = "service_ready";
      message.language = "es";
      message.body = {{"nombre", "Ana"}};
      one.payload = content::to_payload(message);
    }
    change(one);
  });
}

std::vector<store::NotificationId> DeliveryWorld::enqueue_chain(store::CompanyId company, const std::string& key,
                                                                const std::vector<core::Channel>& channels) {
  std::vector<store::NewNotification> chain;
  for (const auto channel : channels) {
    auto& one = chain.emplace_back();
    one.company = company;
    one.channel = channel;
    one.dedup_key = key + "/" + std::string{core::to_string(channel)};
    one.recipient = channel == core::Channel::email ? "ana@example.cl" : "+56961234567";
    one.subject = one.body = "Hola";
    one.message_id_domain = "taller.example";
    one.due_at = now;
  }
  database.transaction([&] { queue.enqueue(chain, now); });
  std::vector<store::NotificationId> ids;
  for (const auto& one : chain) ids.push_back(history.notification(company, one.dedup_key)->id);
  return ids;
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

delivery::RunSummary DeliveryWorld::run() { return run_on(database); }

delivery::RunSummary DeliveryWorld::run_beside() {
  auto connection = store::Database::open(folder.path() / "store.db");
  return run_on(connection);
}

delivery::RunSummary DeliveryWorld::run_on(store::Database& connection) {
  const auto began = now;
  const auto steady_began = steady;
  const auto moved = [&] {
    return time_flies ? began + std::chrono::floor<std::chrono::seconds>(steady - steady_began) : now;
  };
  const delivery::Surroundings surroundings{
      moved,
      [this] { return steady += tick; },
      [] { return 0.5; },
      stop_requested,
      [this](channels::Network&,
             const delivery::SenderRequest& request) -> std::variant<std::unique_ptr<channels::Sender>, std::string> {
        return std::make_unique<FakeSender>(providers_[provider_of(request.account)]);
      },
      {},
      log};
  const auto summary = delivery::process_queue(connection, options, surroundings);
  now = moved();
  return summary;
}

store::NotificationRecord DeliveryWorld::record(store::NotificationId id) {
  const auto found = history.notification(id);
  REQUIRE(found.has_value());
  return *found;
}

}  // namespace egarage::test
