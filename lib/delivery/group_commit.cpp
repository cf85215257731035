#include "delivery/group_commit.hpp"

#include <algorithm>

namespace egarage::delivery {

void GroupCommit::add(store::Settlement settlement, channels::SteadyTime now) {
  note(now);
  if (now - window_began_ >= window) {
    ahead_ = now - window_began_ < 2 * window ? std::min(settled_in_window_, largest_group) : 0;
    settled_in_window_ = 0;
    window_began_ = now;
  }
  ++settled_in_window_;
  changes.settlements.push_back(std::move(settlement));
}

void GroupCommit::add(store::PutBack put_back, channels::SteadyTime now) {
  note(now);
  changes.put_backs.push_back(std::move(put_back));
}

bool GroupCommit::is_due(channels::SteadyTime now) const {
  if (changes.empty()) return false;
  return now - oldest_ >= window || changes.settlements.size() >= largest_group;
}

channels::SteadyTime GroupCommit::due_at() const {
  return changes.empty() ? channels::SteadyTime::max() : oldest_ + window;
}

void GroupCommit::note(channels::SteadyTime now) {
  if (changes.empty()) oldest_ = now;
}

}  // namespace egarage::delivery
