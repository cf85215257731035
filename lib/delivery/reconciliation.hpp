#pragma once

#include <deque>
#include <map>
#include <vector>

#include "channels/channel.hpp"
#include "delivery/pacing.hpp"
#include "delivery/settlement.hpp"

namespace egarage::delivery {

/// The messages of an account that the provider is asked for, because an attempt's answer was lost. A row stays
/// `claimed` meanwhile: a kill then costs nothing but the look.
class Reconciliation {
 public:
  void add(Waiting waiting) { waiting_.push_back(std::move(waiting)); }

  bool empty() const { return waiting_.empty() && chosen_.empty() && ready_.empty() && asked_.empty(); }
  bool has_waiting() const { return !waiting_.empty(); }
  /// Composed, and asked for as soon as the sender has room.
  std::size_t ready() const { return ready_.size(); }
  /// Whether some wait whom nobody is writing to.
  bool can_begin(const Recipients& recipients) const;

  /// Takes up to `at_most` rows to be composed; their recipients are busy from now on.
  std::vector<Waiting> choose(std::size_t at_most, Recipients& recipients);
  /// They have been composed.
  void add_ready(std::vector<channels::Lookup> lookups);
  void submit(channels::Sender& sender);

  struct Answer {
    Waiting waiting;
    channels::LookupResult result;
  };
  /// What the sender has found out. One that can no longer be used answers nothing: then nobody knows.
  std::vector<Answer> take_answers(channels::Sender& sender);
  /// What nobody has dealt with yet.
  std::vector<Waiting> take_waiting();
  /// The same, and what has been composed and not been asked for. Free their recipients.
  std::vector<Waiting> take_unasked();

 private:
  std::deque<Waiting> waiting_;
  std::map<store::NotificationId, Waiting> chosen_, asked_;
  struct Ready {
    Waiting waiting;
    channels::Lookup lookup;
  };
  std::deque<Ready> ready_;
};

/// What the answer to a look means for its row: found, or again later; after enough looks it is sent again.
store::Look look_of(const Reconciliation::Answer& answer, core::Instant now);

}  // namespace egarage::delivery
