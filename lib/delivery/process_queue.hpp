#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "channels/channel.hpp"
#include "core/event_log.hpp"
#include "core/route.hpp"
#include "delivery/retry_policy.hpp"
#include "store/database.hpp"
#include "store/directory.hpp"

namespace egarage::delivery {

struct ProcessQueueOptions {
  std::size_t concurrency = 8;         ///< connections per account
  std::size_t max_connections = 64;    ///< of all accounts together
  std::size_t batch = 256;             ///< rows a company may have claimed before the next one's turn comes
  std::optional<std::size_t> limit;    ///< attempts to start at most
  std::chrono::seconds deadline{600};  ///< no new message is begun after that
  std::chrono::seconds lease = std::chrono::minutes{20};
  std::optional<store::CompanyId> only;
  RetryPolicy retry;
  /// WhatsApp and SMS: what they tell loses its value sooner.
  RetryPolicy phone_retry{
      .first = std::chrono::minutes{1}, .longest = std::chrono::hours{1}, .give_up_after = std::chrono::hours{24}};
  /// What follows when nobody can tell whether an attempt arrived, unless the company says otherwise for the event.
  std::map<core::Channel, core::OnUncertain> on_uncertain{{core::Channel::email, core::OnUncertain::resend},
                                                          {core::Channel::sms, core::OnUncertain::reconcile},
                                                          {core::Channel::whatsapp, core::OnUncertain::hold}};
};

/// What a run did.
struct RunSummary {
  std::size_t accepted = 0;
  std::size_t deferred = 0;   ///< refused for the moment, waiting again
  std::size_t failed = 0;     ///< refused for good, or given up
  std::size_t uncertain = 0;  ///< attempts without a known result (they wait again, or are held)
  std::size_t expired = 0, suppressed = 0, postponed = 0;
  std::size_t cancelled = 0;          ///< their reason was gone
  std::size_t recovered = 0;          ///< taken back from runs that died
  std::size_t troubled_accounts = 0;  ///< blocked or paused in this run, or still from an earlier one
  std::size_t blocked_accounts = 0;   ///< those that an operator must look at
  bool out_of_time = false;           ///< the deadline or a stop signal ended it with work left
};

/// What the run asks of the outside.
struct SenderRequest {
  const core::Account& account;
  std::size_t connections;
  bool pipelining;
  std::function<void()> pipelining_failed;
};
struct Surroundings {
  std::function<core::Instant()> now;
  std::function<channels::SteadyTime()> steady_now;
  std::function<double()> random;        ///< uniform in [0, 1), for jitter
  std::function<bool()> stop_requested;  ///< finish what is in flight, release the rest
  /// A sender for the account, or one sentence saying why it cannot be used.
  std::function<std::variant<std::unique_ptr<channels::Sender>, std::string>(channels::Network&, const SenderRequest&)>
      open_sender;
  std::function<void(const RunSummary&, std::size_t remaining)> progress;
  core::EventLog& log;
};

/// Delivers what is due, then returns: claim, guard, send, settle, in one event loop over all accounts. Any number of
/// runs may overlap. A provider's failure is counted, never thrown; core::Error{store} means the store cannot be used,
/// and nothing more is sent from that moment on.
RunSummary process_queue(store::Database& database, const ProcessQueueOptions& options,
                         const Surroundings& surroundings);

}  // namespace egarage::delivery
