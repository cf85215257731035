#pragma once

#include <nlohmann/json.hpp>

#include "receipts/apply.hpp"
#include "receipts/body.hpp"
#include "store/store_fixture.hpp"

namespace egarage::receipts {

using nlohmann::json;
using store::noon;

inline const std::string number_id = "106540352242922", account_sid = "AC0123456789abcdef0123456789abcdef",
                         ana = "+56961234567";

/// A body of Meta's: `statuses` and `messages` of one number.
inline json cloud_body(json statuses, json messages = json::array(), const std::string& phone_number_id = number_id) {
  json value{{"messaging_product", "whatsapp"},
             {"metadata", {{"display_phone_number", "56221234567"}, {"phone_number_id", phone_number_id}}}};
  if (!statuses.empty()) value["statuses"] = std::move(statuses);
  if (!messages.empty()) value["messages"] = std::move(messages);
  json change{{"field", "messages"}, {"value", std::move(value)}};
  json entry{{"id", "WABA"}, {"changes", json::array({std::move(change)})}};
  return {{"object", "whatsapp_business_account"}, {"entry", json::array({std::move(entry)})}};
}

inline json cloud_status(const std::string& status, const std::string& id = "wamid.1", int code = 0) {
  json said{{"id", id},
            {"status", status},
            {"timestamp", std::to_string(noon.time_since_epoch().count() + 5)},
            {"recipient_id", ana.substr(1)}};
  if (code != 0) said["errors"] = json::array({json{{"code", code}, {"title", "Undeliverable"}}});
  return said;
}

inline json cloud_message(const std::string& text) {
  return {{"from", ana.substr(1)},
          {"id", "wamid.in"},
          {"timestamp", std::to_string(noon.time_since_epoch().count())},
          {"type", "text"},
          {"text", {{"body", text}}}};
}

inline json twilio_status(const std::string& status, const std::string& to = ana, const std::string& code = "") {
  json fields{{"MessageSid", "SM1"}, {"MessageStatus", status}, {"To", to}, {"AccountSid", account_sid}};
  if (!code.empty()) fields["ErrorCode"] = code;
  return fields;
}

inline json twilio_message(const std::string& text, const std::string& from = ana) {
  return {{"MessageSid", "SM9"}, {"SmsStatus", "received"}, {"AccountSid", account_sid},
          {"From", from},        {"To", "+56221234567"},    {"Body", text}};
}

/// `sur` sends WhatsApp through Meta and SMS through Twilio; `norte` likewise from accounts of its own.
struct WebhookWorld : store::StoreFixture {
  WebhookWorld() {
    add_accounts("sur", number_id, account_sid);
    add_accounts("norte", "200000000000002", "AC00000000000000000000000000000002");
  }

  void add_accounts(const std::string& slug, const std::string& phone_number_id, const std::string& sid,
                    const std::string& from = "+56221234567") {
    auto with_accounts = store::company(slug);
    with_accounts.accounts.whatsapp.emplace().phone_number_id = phone_number_id;
    auto& sms = with_accounts.accounts.sms.emplace();
    sms.account_sid = sid;
    sms.from = from;
    store::Directory(database).upsert_company(with_accounts, noon);
  }

  /// A message to Ana on its way, its answer not on record.
  void start(core::Channel channel) {
    auto row = make("doc-1");
    row.channel = channel;
    row.recipient = ana;
    id = enqueue(row);
    run = queue.begin_run("process-queue", noon);
    store::Queue::Changes changes;
    for (const auto& one :
         queue.claim_due({sur, channel, store::SentBy::company}, run, noon, noon + store::lease, 10)) {
      changes.starts.push_back(one.id);
    }
    attempt = queue.commit(changes, run, noon, noon + store::lease).at(0);
  }
  void end(store::AttemptOutcome outcome, core::Status next, const std::string& provider_id) {
    auto result = settlement(attempt, outcome, next, noon, "because");
    result.result.provider_id = provider_id;
    settle(result, run, noon);
  }
  void send(core::Channel channel, const std::string& provider_id) {
    start(channel);
    end(store::AttemptOutcome::accepted, core::Status::accepted, provider_id);
  }

  /// Takes the bodies as the command does; fails for one that is refused.
  Tally take(const std::vector<json>& bodies, core::Instant now = noon + std::chrono::seconds{9}) {
    Intake intake(database);
    for (const auto& body : bodies) {
      const auto reading = read_body(body.dump(), now);
      REQUIRE(std::holds_alternative<Reading>(reading));
      intake.apply(std::get<Reading>(reading).facts, now);
    }
    return intake.tally();
  }
  core::Status status() { return record(id).status; }
  std::optional<core::Instant> window(store::CompanyId company) {
    return store::Directory(database).last_inbound(company, core::Channel::whatsapp, ana);
  }
  /// `promotional`, `all` or empty.
  std::string silenced(store::CompanyId company, core::Channel channel = core::Channel::whatsapp) {
    const store::Directory directory(database);
    if (directory.suppression(company, channel, ana, core::EventClass::transactional)) return "all";
    return directory.suppression(company, channel, ana, core::EventClass::promotional) ? "promotional" : "";
  }

  store::NotificationId id;
  store::RunId run;
  store::StartedAttempt attempt;
};

}  // namespace egarage::receipts
