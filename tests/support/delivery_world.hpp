#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/event_log.hpp"
#include "delivery/process_queue.hpp"
#include "store/history.hpp"
#include "support/fake_sender.hpp"
#include "support/temporary_folder.hpp"

namespace egarage::test {

/// What a provider says, where the words do not matter.
inline channels::Reply reply(channels::Phase phase, int code) { return {phase, code, {}, "because"}; }

/// Remembers the names of what was logged.
class RememberingLog : public core::EventLog {
 public:
  void write(core::LogLevel, std::string_view name, const std::vector<core::LogField>& fields) override {
    names.emplace_back(name);
    for (const auto& field : fields) {
      if (const auto* text = std::get_if<std::string>(&field.value)) all_text += *text + '\n';
    }
  }
  bool wants(core::LogLevel level) const override { return level <= core::LogLevel::info; }
  std::vector<std::string> names;
  std::string all_text;
};

core::WhatsappAccount example_whatsapp(const std::string& slug);
core::SmsAccount example_sms(const std::string& slug);

/// A store in a temporary folder, companies with fake providers, and a clock that stands where the test puts it.
class DeliveryWorld {
 public:
  explicit DeliveryWorld(std::string_view now = "2026-11-18T15:00:00Z");

  /// A company with an account on `smtp.<slug>.example`, open around the clock; `change` may adjust it.
  store::CompanyId add_company(
      const std::string& slug, const std::function<void(core::Company&)>& change = [](core::Company&) {});
  store::NotificationId enqueue(
      store::CompanyId company, const std::string& key,
      const std::function<void(store::NewNotification&)>& change = [](store::NewNotification&) {});
  void enqueue_many(store::CompanyId company, const std::string& prefix, std::size_t count);

  /// The same with a message for `to` on a phone channel; on WhatsApp it goes out as the template `service_ready` (es).
  store::NotificationId enqueue_phone(
      store::CompanyId company, core::Channel channel, const std::string& key, const std::string& to,
      const std::function<void(store::NewNotification&)>& change = [](store::NewNotification&) {});
  /// A message that may go out over several channels, best first. The keys are `<key>/<channel>`.
  std::vector<store::NotificationId> enqueue_chain(store::CompanyId company, const std::string& key,
                                                   const std::vector<core::Channel>& channels);

  /// The provider behind the company's e-mail account (by slug), or behind `platform`.
  FakeProvider& provider(const std::string& slug) { return providers_[slug]; }
  /// Behind its account on that channel.
  FakeProvider& provider(const std::string& slug, core::Channel channel) {
    return channel == core::Channel::email ? providers_[slug]
                                           : providers_[slug + "/" + std::string{core::to_string(channel)}];
  }
  store::AccountHealth health(store::CompanyId company, core::Channel channel) {
    return directory.account_health({company, channel});
  }
  delivery::RunSummary run();
  /// The run of another process, with a connection of its own; also while run() is going on, from a provider's answer.
  delivery::RunSummary run_beside();

  store::NotificationRecord record(store::NotificationId id);
  core::Status status(store::NotificationId id) { return record(id).status; }

  core::Instant now;
  bool time_flies = false;  ///< the wall clock follows the steady one during a run, and stays where it ended
  delivery::ProcessQueueOptions options;
  std::function<bool()> stop_requested = [] { return false; };
  channels::SteadyTime steady{};
  std::chrono::milliseconds tick{1};  ///< how far the steady clock moves each time it is read
  RememberingLog log;

  TemporaryFolder folder;
  store::Database database;
  store::Directory directory;
  store::Queue queue;
  store::History history;

 private:
  delivery::RunSummary run_on(store::Database& connection);

  std::map<std::string, FakeProvider> providers_;
};

}  // namespace egarage::test
