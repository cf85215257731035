#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/channel.hpp"
#include "core/event.hpp"
#include "core/language.hpp"
#include "core/status.hpp"
#include "store/database.hpp"
#include "store/directory.hpp"
#include "store/identifiers.hpp"
#include "store/subjects.hpp"

namespace egarage::store {

/// A rendered notification, ready to wait for its time.
struct NewNotification {
  CompanyId company;
  core::Event event{};
  core::Channel channel{};
  SentBy sent_by = SentBy::company;
  std::string dedup_key;  ///< unique within the company, e.g. `DOCUMENTO_CREADO/doc-1042/email`
  core::Language language{};
  std::string recipient_name;
  std::string recipient;  ///< address or number, validated
  std::string subject;
  std::string body;               ///< what the customer reads: Markdown, or its channel's own markup
  std::string payload;            ///< WhatsApp: the approved template (content/whatsapp_payload.hpp); else empty
  std::string message_id_domain;  ///< the part behind the `@` of the Message-ID, from the sending account
  core::Instant due_at;
  std::optional<core::Instant> not_after;
  std::optional<std::string> customer = {};  ///< key of the customer that it is written to, where known
  std::vector<Subject> subjects = {};        ///< what it is about, each once
};

enum class Enqueued { created, duplicate };

/// The rows that share one account and one company; taken in turn, so that nobody waits for another's backlog.
struct Lane {
  CompanyId company;
  core::Channel channel{};
  SentBy sent_by{};
  auto operator<=>(const Lane&) const = default;
};

/// The account that the lane's messages go out from.
inline AccountKey account_of(const Lane& lane) {
  if (lane.sent_by == SentBy::platform) return {std::nullopt, lane.channel};
  return {lane.company, lane.channel};
}

/// How often the provider has been asked for a message with an uncertain attempt, and did not know it.
struct Search {
  int looks = 0;
  std::optional<core::Instant> looked_at;  ///< the last time
};

/// An approved template of WhatsApp in one language.
struct TemplateName {
  std::string name, language;
  auto operator<=>(const TemplateName&) const = default;
};

/// What the guards need to know of a claimed row. Small on purpose: the content is read when its turn comes.
struct Claimed {
  NotificationId id;
  core::Event event{};
  std::string recipient;
  core::Instant created_at, due_at;
  std::optional<core::Instant> not_after;
  int attempts = 0;                           ///< made so far
  std::optional<TemplateName> approved = {};  ///< the template that it goes out as; WhatsApp only
  std::optional<std::string> customer = {};   ///< key of the customer that it is written to, where known
  std::optional<Search> search = {};          ///< to be looked for at the provider before it may go out again
};

/// What the recipient will see.
struct Content {
  NotificationId id;
  core::Event event{};
  core::Language language{};
  std::string recipient_name, recipient, subject, body;
  std::string message_id;  ///< without angle brackets; fixed at enqueue
  core::Instant created_at;
  CompanyId company;
  core::Channel channel{};
  SentBy sent_by{};
  std::string payload;  ///< WhatsApp: the approved template
  std::optional<core::Instant> not_after;
};

enum class AttemptOutcome { accepted, deferred, rejected, uncertain, returned };
inline constexpr core::EnumNames<AttemptOutcome, 5> attempt_outcome_names{{{AttemptOutcome::accepted, "accepted"},
                                                                           {AttemptOutcome::deferred, "deferred"},
                                                                           {AttemptOutcome::rejected, "rejected"},
                                                                           {AttemptOutcome::uncertain, "uncertain"},
                                                                           {AttemptOutcome::returned, "returned"}}};

/// How an attempt ended, as recorded.
struct AttemptResult {
  AttemptOutcome outcome{};
  std::string phase;  ///< channels::phase_names
  int code = 0;
  std::string enhanced, text, provider_id;
};

/// What an uncertain message waits for: to go out again, or to be looked for at the provider first.
enum class Again { send, look };

/// An attempt's end and what becomes of its notification.
struct Settlement {
  NotificationId notification;
  AttemptId attempt;
  AttemptResult result;
  core::Status next{};        ///< accepted, failed, retry_wait (also after uncertain), held, queued (returned)
  core::Instant due_at;       ///< when next is a waiting state
  std::string reason;         ///< one line for people; empty for accepted
  Again again = Again::send;  ///< after uncertain
};

/// What came of asking the provider for a claimed row's uncertain attempt.
struct Look {
  enum class Answer {
    found,       ///< the latest uncertain attempt was accepted after all, and so is the notification
    absent,      ///< counts as a look
    unanswered,  ///< counts as nothing
  };
  NotificationId notification;
  Answer answer{};
  AttemptResult result;  ///< of the attempt, when found
  core::Instant due_at;  ///< when not found
  std::string reason;    ///< likewise
};

/// A claimed row that a guard turned away, or that its run no longer has time for.
struct PutBack {
  NotificationId notification;
  core::Status next{};   ///< queued (stands for retry_wait, too, when attempts were made), expired, suppressed,
                         ///< cancelled, failed, held
  core::Instant due_at;  ///< when next is queued
  std::string reason;
};

struct StartedAttempt {
  NotificationId notification;
  AttemptId attempt;
};

struct Recovered {
  std::size_t requeued = 0;   ///< were claimed by a dead run, or marked and not on the wire
  std::size_t settled = 0;    ///< were answered, and the run was lost before it could record that
  std::size_t uncertain = 0;  ///< were being sent by a dead run
};

/// The outbox. The claim protocol: `claim_due` (BEGIN IMMEDIATE, UPDATE … RETURNING), `commit` with starts before the
/// network, `commit` with settlements after it. What is decided is decided by the caller; the queue records it.
class Queue {
 public:
  explicit Queue(Database& database);
  ~Queue();

  /// Inserts, or finds that the company already has that dedup key. Call inside Database::transaction, many at once.
  Enqueued enqueue(const NewNotification& notification, core::Instant now);
  /// One message over several channels, best first: the first waits to be sent, each other one stands by until the one
  /// before it certainly did not reach the recipient. All of them go in or, when the company has one of the dedup keys
  /// already, none.
  Enqueued enqueue(std::span<const NewNotification> chain, core::Instant now);

  /// Starts a run: this is also the proof that the store can be written. Notes the process, takes the run's byte of the
  /// run lock (released when the Queue dies).
  RunId begin_run(std::string_view command, core::Instant now);
  void end_run(RunId run, std::string_view result, core::Instant now);

  /// Takes back what dead runs left behind: claimed rows wait again; rows being sent become `uncertain`, their attempt
  /// is marked, and `next_after_uncertain` says where they go (retry_wait or held). A run is dead when nobody holds its
  /// byte of the run lock, or its lease is over or absurd (more than `max_lease` ahead: the clock was moved).
  /// Where nobody holds the byte and the run's WireLog can be believed, only what was on the wire without an answer is
  /// uncertain: the rest waits again, its attempt `returned`, or gets the answer that the run had.
  struct AfterUncertain {
    core::Status next;
    core::Instant due_at;
    std::string reason;
    Again again = Again::send;
  };
  struct UncertainRow {
    CompanyId company;
    core::Event event{};
    core::Channel channel{};
    int uncertain_attempts = 0;  ///< this one counted
  };
  Recovered recover(RunId run, core::Instant now, std::chrono::seconds max_lease,
                    const std::function<AfterUncertain(const UncertainRow&)>& next_after_uncertain);

  /// Lanes that have something due, cheapest question first; one company's, if asked.
  std::vector<Lane> lanes_due(core::Instant now, std::optional<CompanyId> only = {}) const;
  /// How many rows wait and are due now (for progress and for opening connections), counted up to `at_most`.
  std::size_t count_due(core::Instant now, std::size_t at_most, std::optional<CompanyId> only = {}) const;
  std::size_t count_due_in(const Lane& lane, core::Instant now) const;
  /// Moves everything of the lane that is due now to `until`, without claiming it. Returns how many.
  std::size_t postpone_lane(const Lane& lane, core::Instant now, core::Instant until, std::string_view reason);
  /// Marks what is due in the lane and past its not_after as expired. Returns how many.
  std::size_t expire_lane(const Lane& lane, core::Instant now);

  /// Takes up to `limit` due rows of the lane for `run`, oldest due first.
  std::vector<Claimed> claim_due(const Lane& lane, RunId run, core::Instant now, core::Instant lease_until,
                                 std::size_t limit);
  /// What to send, in the order asked for.
  std::vector<Content> contents(const std::vector<NotificationId>& ids) const;
  /// What the provider must be told to find a message again.
  struct Traces {
    core::Instant started_at;            ///< of the earliest attempt that may have arrived
    std::vector<std::string> known_ids;  ///< the provider's names of other messages to the recipient around that time
  };
  Traces traces(NotificationId id) const;

  /// One transaction: settlements, looks and put-backs are recorded, attempts are started (rows go from claimed to
  /// sending, their lease is renewed). A settlement whose row was taken away meanwhile still records its attempt;
  /// acceptance then wins over a waiting state. Returns the started attempts in the order asked for. Left out are rows
  /// that are no longer ours, and rows of phone channels whose recipient another run is writing to: these wait a
  /// moment, for two identical messages under way could not be told apart once their answers are lost.
  struct Changes {
    std::vector<Settlement> settlements;
    std::vector<PutBack> put_backs;
    std::vector<NotificationId> starts;
    std::vector<Look> looks = {};
    bool empty() const { return settlements.empty() && put_backs.empty() && starts.empty() && looks.empty(); }
  };
  std::vector<StartedAttempt> commit(const Changes& changes, RunId run, core::Instant now, core::Instant lease_until);

  /// How many attempts of the notification ended (or were presumed) uncertain.
  int uncertain_attempts(NotificationId id) const;

  /// By an operator: failed, undelivered, held, expired or uncertain rows wait again with a fresh count of attempts; a
  /// not_after that has passed is lifted. Rows in any other state are never touched, nor is one whose fallback has had
  /// its turn. Approved templates that are out of use may be tried again. Returns how many wait again.
  struct RequeueFilter {
    std::optional<NotificationId> id{};
    std::optional<CompanyId> company{};
    std::vector<core::Status> statuses{};  ///< of those five; empty means all of them
    std::optional<core::Instant> since{};  ///< last changed at or after
  };
  std::size_t requeue(const RequeueFilter& filter, core::Instant now);

 private:
  /// The row and its message; `before`: the channel that it stands by for.
  std::optional<NotificationId> insert(const NewNotification& notification, std::optional<core::Channel> before,
                                       std::optional<NotificationId> fallback, core::Instant now);
  void take_over(RunId other, core::Instant now, std::chrono::seconds max_lease,
                 const std::function<AfterUncertain(const UncertainRow&)>& next_after_uncertain, Recovered& recovered);
  std::size_t settle_answered(RunId dead, const std::vector<Settlement>& answered, core::Instant now);

  struct State;
  Database& database_;
  std::unique_ptr<State> state_;
};

}  // namespace egarage::store
