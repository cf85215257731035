#include "app/doctor/test_message.hpp"

#include <fmt/format.h>

#include <chrono>
#include <iostream>

#include "content/variables.hpp"
#include "content/whatsapp_message.hpp"
#include "content/whatsapp_payload.hpp"
#include "delivery/compose.hpp"
#include "delivery/settlement.hpp"
#include "producers/addressing.hpp"
#include "producers/tenants.hpp"

namespace egarage::app {
namespace {

using core::Channel;

constexpr auto sample_event = core::Event::documento_creado;

[[noreturn]] void refuse(const std::string& what, const std::string& hint) {
  throw core::Error(core::ExitCode::usage, what, hint);
}

std::string slug_of(store::Database& database, const std::string& wanted) {
  const store::Directory directory{database};
  if (!wanted.empty()) return company_or_error(directory, wanted).company.slug;
  const auto companies = directory.companies();
  if (companies.size() != 1) refuse("a test message is some company's", "Add --company SLUG.");
  return companies.front().company.slug;
}

Channel channel_of(const TestMessage& request) {
  if (!request.channel.empty()) return *core::parse_channel(request.channel);
  return request.recipient.find('@') == std::string::npos ? Channel::sms : Channel::email;
}

std::string address_of(const TestMessage& request, Channel channel, const core::Company& company) {
  producers::EventLine::Recipient recipient;
  if (channel == Channel::email) {
    recipient.email = core::EmailAddress::parse(request.recipient);
    if (!recipient.email) {
      refuse(fmt::format("the address {}", core::EmailAddress::explain_refusal(request.recipient)),
             "Write it as user@host.example.");
    }
  }
  recipient.phone = request.recipient;
  auto address = producers::Addresses{recipient, company.country}.on(channel);
  if (const auto* unreachable = std::get_if<producers::Unreachable>(&address)) {
    refuse(unreachable->reason, "Write the number with + and country code: +56912345678.");
  }
  return std::get<std::string>(std::move(address));
}

/// The message as the queue would keep it.
store::Content sample_content(const producers::Tenants& tenants, const producers::Tenant& tenant,
                              const producers::Sender& sender, Channel channel, std::string address,
                              core::Instant now) {
  const auto& company = tenant.company;
  const auto place = company.country == "US" ? content::Place::usa : content::Place::chile;
  const auto audience = core::traits(sample_event).audience;
  const auto context = content::make_context(content::sample_objects(sample_event, place, content::Detail::full),
                                             company, tenants.platform(), audience, tenant.zone, now);
  const auto languages = content::languages_for(std::nullopt, company);
  const content::Locality locality{company.currency, tenant.zone, now};
  auto message = tenant.texts->render(sample_event, channel, languages, context, locality);

  store::Content result;
  result.event = sample_event;
  result.channel = channel;
  result.language = message.language;
  result.recipient = std::move(address);
  result.subject = std::move(message.subject);
  result.body = std::move(message.body);
  result.message_id = fmt::format("doctor.{}@{}", now.time_since_epoch().count(),
                                  channel == Channel::email ? sender.accounts.email->from.address.domain() : "test");
  result.created_at = now;
  if (channel == Channel::whatsapp) {
    result.payload = content::to_payload(content::make_whatsapp_message(*tenant.texts, *sender.accounts.whatsapp,
                                                                        sample_event, languages, context, locality));
  }
  return result;
}

/// Waits for the one answer, as long as the sender's own limits let it.
channels::Outcome send(channels::Network& network, channels::Sender& sender, channels::Message message) {
  std::vector<channels::Result> results;
  bool submitted = false;
  while (true) {
    sender.expect(submitted ? 0 : 1);
    if (!submitted && sender.room() > 0) {
      sender.submit(std::move(message));
      submitted = true;
    }
    sender.drive(std::chrono::steady_clock::now(), results);
    if (!results.empty()) return std::move(results.front().outcome);
    if (const auto standing = sender.standing(); standing.state != channels::Standing::State::ok) {
      return channels::Returned{standing.reply.value_or(channels::Reply{})};
    }
    channels::WaitList waits;
    sender.add_waits(waits);
    network.wait(waits, std::chrono::milliseconds{200});
  }
}

const channels::Reply& reply_of(const channels::Outcome& outcome) {
  return std::visit([](const auto& one) -> const channels::Reply& { return one.reply; }, outcome);
}

}  // namespace

core::ExitCode send_test_message(Application& application, const TestMessage& request) {
  auto database = application.open_store_read_only();
  producers::Tenants tenants{database};
  const auto& tenant = *tenants.find(slug_of(database, request.company));
  const auto channel = channel_of(request);
  const auto sender = tenants.sender(tenant, core::traits(sample_event).audience, channel);
  if (!sender) {
    refuse(fmt::format("{} has no {} account", tenant.company.slug, core::to_string(channel)),
           "Add one to the configuration and run setup.");
  }
  const auto now = application.real_now();
  const auto content =
      sample_content(tenants, tenant, *sender, channel, address_of(request, channel, tenant.company), now);
  const auto brand = content::brand_of(tenant.company);
  auto message = delivery::compose(content, store::AttemptId{1}, {&brand, tenant.zone, {}}, content::EmailComposer{},
                                   {.now = now});

  channels::Network network;
  channels::email::SmtpOptions smtp;
  smtp.connections = 1;
  auto opened = open_account(*sender->accounts.on(channel), application.account_surroundings(network), std::move(smtp));
  if (const auto* why_not = std::get_if<std::string>(&opened)) {
    throw core::Error(core::ExitCode::configuration, *why_not, "`egarage-notify doctor` checks the whole account.");
  }
  const auto outcome = send(network, *std::get<std::unique_ptr<channels::Sender>>(opened), std::move(message));
  if (const auto* accepted = std::get_if<channels::Accepted>(&outcome)) {
    std::cout << fmt::format("Accepted by the provider: {}{}\n", delivery::describe(accepted->reply),
                             accepted->provider_id.empty() ? "" : fmt::format(" (id {})", accepted->provider_id));
    return core::ExitCode::ok;
  }
  fmt::print(stderr, "error: not sent: {}\nhint: `egarage-notify doctor` checks the whole account.\n",
             delivery::describe(reply_of(outcome)));
  return core::ExitCode::some_failed;
}

}  // namespace egarage::app
