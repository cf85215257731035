#pragma once

#include <optional>
#include <string>

#include "store/queue.hpp"

namespace egarage::store {

/// How far a message has come, as its provider says. Later words never take back earlier ones.
enum class ReceiptStatus { sent, delivered, read, failed };
inline constexpr core::EnumNames<ReceiptStatus, 4> receipt_status_names{{{ReceiptStatus::sent, "sent"},
                                                                         {ReceiptStatus::delivered, "delivered"},
                                                                         {ReceiptStatus::read, "read"},
                                                                         {ReceiptStatus::failed, "failed"}}};

/// What a failure says beyond its message.
enum class ReceiptFailure {
  message,            ///< nothing
  temporary,          ///< the same message may arrive another time
  address,            ///< the address does not exist: it is suppressed
  opt_out,            ///< the recipient told the provider to stop: likewise
  promotion_opt_out,  ///< the same, for promotional messages only
};

inline constexpr core::EnumNames<ReceiptFailure, 5> receipt_failure_names{
    {{ReceiptFailure::message, "message"},
     {ReceiptFailure::temporary, "temporary"},
     {ReceiptFailure::address, "address"},
     {ReceiptFailure::opt_out, "opt_out"},
     {ReceiptFailure::promotion_opt_out, "promotion_opt_out"}}};

/// What a provider says about a message that it was given.
struct Receipt {
  std::optional<CompanyId> company;  ///< whose account it was said to; empty: the platform's
  core::Channel channel{};
  std::string provider_id;           ///< the provider's name for the message
  std::optional<AttemptId> attempt;  ///< ours, where the provider repeats it
  ReceiptStatus status{};
  ReceiptFailure failure{};  ///< when failed
  int code = 0;              ///< the provider's own, for failures
  std::string text;          ///< its words
  core::Instant said_at;
};

/// What became of a receipt.
enum class Settled {
  moved,    ///< the notification has a new status
  known,    ///< nothing new: it was there, or further, already
  foreign,  ///< the message belongs to another account, or has another name there: nothing was touched
  orphan,   ///< no message is on record yet; kept until it is
};

/// Applies what providers say. `sent` makes a message whose result was unknown `accepted`; `delivered` and `read` are
/// what they say; `failed` makes an accepted one `undelivered`, and one whose result was unknown `failed` (or lets it
/// wait again, where that is of use); a fallback then takes over. The same receipts any number of times, in any order,
/// lead to the same end; of a failure and an arrival, which contradict each other, the first stands.
class Receipts {
 public:
  explicit Receipts(Database& database) : database_(database) {}

  /// In the transaction that is open, or in one of its own.
  Settled settle(const Receipt& receipt, core::Instant now);
  /// How many wait for their message.
  std::size_t orphans() const;
  /// Forgets those that were received before then.
  void forget_orphans(core::Instant before);

 private:
  Database& database_;
};

/// Applies the receipts that came before the attempts' ends were on record. Queue::commit calls it; while there are no
/// orphans it costs one question.
void settle_orphans(Database& database, const std::vector<Settlement>& settlements, core::Instant now);

}  // namespace egarage::store
