#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "channels/network.hpp"
#include "core/pace.hpp"
#include "store/paces.hpp"

namespace egarage::delivery {

/// The full second at or after that.
core::Instant second_of(std::int64_t ms);

/// Unix milliseconds. The wall clock is read to the second; the steady clock says where in the second we are, and is
/// put right whenever the wall clock disagrees.
class WallClock {
 public:
  std::int64_t ms(core::Instant now, channels::SteadyTime steady);
  /// When the wall clock will show `ms`.
  channels::SteadyTime steady_at(std::int64_t ms) const;

 private:
  std::int64_t offset_ms_ = 0;  ///< wall minus steady
};

/// How many messages an account may begin. What may begin is reserved in the store, a quarter or half of a second's
/// worth at a time: an account of 80 a second costs a few commits a second, overlapping runs share the pace, and a kill
/// loses no more than two such reservations.
class AccountPace {
 public:
  enum class Marks {
    at_their_time,  ///< a message is marked when it may begin
    ahead,          ///< half a second's worth at a time, before they may begin: two commits a second
  };
  AccountPace() = default;  ///< no limits
  /// With marks at their time, reservations fill all `connections` where that takes no more than half a second.
  explicit AccountPace(core::Pace pace, std::size_t connections = 1, Marks marks = Marks::at_their_time);

  const core::Pace& pace() const { return pace_; }
  bool is_limited() const { return pace_.per_second || pace_.per_day; }
  /// Not of accounts so fast that commits follow each other anyway.
  bool marks_ahead() const { return marks_ == Marks::ahead; }
  /// When each of the next messages that are reserved may begin, Unix milliseconds: as many at a time as there are
  /// connections, if that is no more than a quarter of a second's worth.
  std::vector<std::int64_t> begin_times() const;
  /// What may begin now.
  std::size_t permits(std::int64_t now_ms) const;
  void take(std::size_t messages);
  /// When the next reservation begins; empty when there is none ahead.
  std::optional<std::int64_t> next_ms(std::int64_t now_ms) const;

  /// How many to reserve next for `waiting` messages; 0: there is enough in hand.
  std::size_t wish(std::size_t waiting, std::int64_t now_ms) const;
  void add(const store::Grant& grant);
  /// The most that is reserved at a time.
  std::size_t portion() const { return portion_; }
  /// Reserved and not taken.
  std::size_t unused() const;
  /// Set when the day's messages are used up, and what was reserved of them is taken.
  std::optional<core::Instant> used_up_until() const;
  std::string used_up_reason() const;
  /// Whether messages should wait for connections, not for the pace: those do not keep up with it, so that a whole
  /// reservation is overdue; or all of a reservation may begin within a moment anyway.
  bool is_behind(std::int64_t now_ms) const { return permits(now_ms) > portion_ || is_nominal(); }

 private:
  /// A whole reservation within the 20 ms that a group of marks is made for.
  bool is_nominal() const { return !pace_.per_second || static_cast<double>(portion_) <= *pace_.per_second * 0.02; }

  core::Pace pace_;
  Marks marks_ = Marks::at_their_time;
  std::size_t portion_ = 0;    ///< of one reservation
  std::size_t at_a_time_ = 1;  ///< of those that are marked ahead
  std::deque<store::Grant> grants_;
  std::optional<core::Instant> used_up_until_;
};

/// When each person may get the next message of an account, and who is getting one. At most one at a time: of two
/// identical messages under way nobody could tell which of them arrived.
class Recipients {
 public:
  /// The account's own limit between two messages to one person.
  void set_spacing(std::optional<std::chrono::seconds> spacing) {
    spacing_ = spacing.value_or(std::chrono::seconds{0});
  }
  void learn(const store::RecipientPace& pace);
  bool is_busy(const std::string& recipient) const;
  /// Not before; in the past when at once.
  std::int64_t next_ms(const std::string& recipient) const;
  std::chrono::seconds spacing() const { return spacing_; }
  std::int64_t spacing_ms() const { return std::chrono::milliseconds{spacing_}.count(); }

  /// Somebody deals with this person until end().
  void occupy(const std::string& recipient) { known_[recipient].busy = true; }
  /// A message begins.
  void begin(const std::string& recipient, std::int64_t now_ms);
  void end(const std::string& recipient);
  /// The provider says that it is too fast for this person: the wait is 4^n seconds, n refusals in a row before
  /// (developers.facebook.com, "WhatsApp Business Platform: pair rate limits").
  store::RecipientPace throttled(const std::string& recipient, std::int64_t now_ms);
  /// It took a message. What to keep, if that is news.
  std::optional<store::RecipientPace> succeeded(const std::string& recipient);

 private:
  struct Known {
    std::int64_t next_ms = 0;
    int failures = 0;
    bool busy = false;
  };

  std::chrono::seconds spacing_{0};
  std::unordered_map<std::string, Known> known_;
};

}  // namespace egarage::delivery
