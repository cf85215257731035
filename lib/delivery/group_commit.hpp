#pragma once

#include <algorithm>
#include <deque>
#include <utility>
#include <vector>

#include "channels/network.hpp"
#include "delivery/compose.hpp"
#include "store/queue.hpp"

namespace egarage::delivery {

/// Collects what must be written, so that messages in flight at the same moment share a commit and throughput does not
/// hang on one fsync a message. What a power cut can leave uncertain is bounded: at most the messages on the wire plus
/// one group of what comes within a window, never more than 256. (A kill: what is on the wire; store/wire_log.hpp.)
class GroupCommit {
 public:
  static constexpr std::chrono::milliseconds window{20};
  /// Where paces decide how fast a run is, and a wire log keeps what was answered from being lost by a kill.
  static constexpr std::chrono::milliseconds paced_window{500};
  static constexpr std::size_t largest_group = 256;

  void add(store::Settlement settlement, channels::SteadyTime now);
  void add(store::PutBack put_back, channels::SteadyTime now);
  void add(store::Look look, channels::SteadyTime now);

  /// Whether the oldest undecided fact has waited so long, or the group is full.
  bool is_due(channels::SteadyTime now, std::chrono::milliseconds wait = window) const;
  /// When it will be.
  channels::SteadyTime due_at(std::chrono::milliseconds wait = window) const;
  /// How many messages may be marked ahead of a free place on the wire: what comes within a window, going by what came
  /// since the last commit. Time spent in commits does not count, or a slow disk would keep the groups small for ever.
  std::size_t ahead() const { return ahead_; }
  void add_start(store::NotificationId notification, const Letterhead& letterhead) {
    changes_.starts.push_back(notification);
    letterheads_.push_back(letterhead);
  }
  std::size_t starts() const { return changes_.starts.size(); }
  bool empty() const { return changes_.empty(); }

  /// How to compose the starts, one each; take it with them.
  std::vector<Letterhead> take_letterheads() { return std::exchange(letterheads_, {}); }
  /// Hands over what has been decided and is not yet on disk.
  store::Queue::Changes take(channels::SteadyTime now);
  /// They are on disk.
  void written(channels::SteadyTime now) { last_written_ = now; }
  /// When marks alone are worth another commit, although some of a round have not been answered yet: half as long after
  /// the last one as that took. Where answers are faster than the disk, whole rounds share a commit; where they are
  /// slower, the wait is a small part of theirs.
  channels::SteadyTime worth_it_at() const {
    return last_written_ + std::min(last_written_ - taken_, longest_rest) / 2;
  }

 private:
  static constexpr channels::SteadyTime::duration longest_rest = window;

  void note(channels::SteadyTime now);

  store::Queue::Changes changes_;
  std::vector<Letterhead> letterheads_;
  channels::SteadyTime oldest_{};
  channels::SteadyTime taken_{}, last_written_{};
  std::size_t ahead_ = 0;
};

}  // namespace egarage::delivery
