#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "channels/network.hpp"
#include "channels/outcome.hpp"
#include "core/event.hpp"
#include "core/instant.hpp"
#include "core/whatsapp_message.hpp"

namespace egarage::channels {

/// One message for one person, rendered. The same message always makes the same octets on the wire.
struct Message {
  std::uint64_t token = 0;             ///< the caller's handle; comes back in the Result
  std::string id;                      ///< e-mail: the Message-ID without angle brackets; the same on every attempt
  core::Instant created_at;            ///< e-mail: the Date header
  std::chrono::seconds utc_offset{0};  ///< of the sender's wall clock at created_at, for the Date header
  core::EventClass event_class = core::EventClass::transactional;
  std::string recipient_name;                     ///< may be empty
  std::string recipient;                          ///< address or number
  std::string subject;                            ///< e-mail only
  std::string text;                               ///< what is read without formatting
  std::string html;                               ///< e-mail only; empty means text alone
  std::optional<core::WhatsappMessage> whatsapp;  ///< the approved template; absent: `text` is sent as it is
  std::optional<std::chrono::seconds> valid_for;  ///< after that nobody wants it any more; counted from now
};

/// A question to the provider about an earlier attempt whose answer was lost.
struct Lookup {
  std::uint64_t token = 0;
  Message message;                     ///< as it was sent
  core::Instant started_at;            ///< of the earliest attempt that may have arrived
  std::vector<std::string> known_ids;  ///< provider's ids that belong to other messages
};
struct LookupResult {
  std::uint64_t token = 0;
  enum class Answer {
    found,
    absent,
    unanswered,  ///< the provider could not be asked; nothing is known
  } answer{};
  std::string provider_id;  ///< of the oldest that was found
  std::size_t matches = 0;
  Reply reply;
};

struct Result {
  std::uint64_t token;
  Outcome outcome;
};

/// An account in use: takes messages, speaks to the provider without ever blocking, and answers each message exactly
/// once. Everything a provider does is a value; only defects throw.
class Sender {
 public:
  virtual ~Sender() = default;

  /// How many messages wait for this account, those already submitted not counted. The sender opens and closes
  /// connections accordingly: one until the account has proved to work, then up to its limit.
  virtual void expect(std::size_t waiting) = 0;
  /// How many messages it would put on the wire now. 0 while it connects, or once it is not `ok`.
  virtual std::size_t room() const = 0;
  /// Takes a message; call only while room() > 0.
  virtual void submit(Message message) = 0;
  /// Does what can be done without waiting; appends what has been decided since the last call.
  virtual void drive(SteadyTime now, std::vector<Result>& results) = 0;
  /// What to wait for before drive() is worth calling again.
  virtual void add_waits(WaitList& waits) const = 0;
  /// Submitted and not yet answered.
  virtual std::size_t in_flight() const = 0;
  /// Once not `ok`, everything submitted is answered by the next drive() and the sender is of no further use.
  virtual Standing standing() const = 0;

  /// Whether the provider can be asked for messages of earlier attempts.
  virtual bool can_look_up() const { return false; }
  /// Asks; call only where can_look_up(), and while room() > 0. Counts as in flight until take_lookups() has answered.
  virtual void look_up(Lookup) {}
  virtual std::vector<LookupResult> take_lookups() { return {}; }
};

}  // namespace egarage::channels
