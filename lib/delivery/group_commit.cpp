#include "delivery/group_commit.hpp"

#include <algorithm>

namespace egarage::delivery {

void GroupCommit::add(store::Settlement settlement, channels::SteadyTime now) {
  note(now);
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

void GroupCommit::written(channels::SteadyTime began, channels::SteadyTime ended) {
  const auto since_last = std::max<channels::SteadyTime::duration>(began - last_written_, std::chrono::milliseconds{1});
  const auto within_window = static_cast<std::int64_t>(changes.settlements.size()) * window / since_last;
  ahead_ = std::min((ahead_ + static_cast<std::size_t>(within_window) + 1) / 2, largest_group);
  last_written_ = ended;
  changes = {};
}

void GroupCommit::note(channels::SteadyTime now) {
  if (changes.empty()) oldest_ = now;
}

}  // namespace egarage::delivery
