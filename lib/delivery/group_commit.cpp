#include "delivery/group_commit.hpp"

#include <algorithm>
#include <utility>

namespace egarage::delivery {

void GroupCommit::add(store::Settlement settlement, channels::SteadyTime now) {
  note(now);
  changes_.settlements.push_back(std::move(settlement));
}

void GroupCommit::add(store::PutBack put_back, channels::SteadyTime now) {
  note(now);
  changes_.put_backs.push_back(std::move(put_back));
}

void GroupCommit::add(store::Look look, channels::SteadyTime now) {
  note(now);
  changes_.looks.push_back(std::move(look));
}

bool GroupCommit::is_due(channels::SteadyTime now, std::chrono::milliseconds wait) const {
  if (changes_.empty()) return false;
  return now - oldest_ >= wait || changes_.settlements.size() >= largest_group;
}

channels::SteadyTime GroupCommit::due_at(std::chrono::milliseconds wait) const {
  return changes_.empty() ? channels::SteadyTime::max() : oldest_ + wait;
}

store::Queue::Changes GroupCommit::take(channels::SteadyTime now) {
  const auto since_last = std::max<channels::SteadyTime::duration>(now - last_written_, std::chrono::milliseconds{1});
  const auto within_window = static_cast<std::int64_t>(changes_.settlements.size()) * window / since_last;
  ahead_ = std::min((ahead_ + static_cast<std::size_t>(within_window) + 1) / 2, largest_group);
  taken_ = now;
  return std::exchange(changes_, {});
}

void GroupCommit::note(channels::SteadyTime now) {
  if (changes_.empty()) oldest_ = now;
}

}  // namespace egarage::delivery
