#pragma once

#include <cstddef>
#include <functional>
#include <istream>
#include <map>
#include <memory>
#include <string>

#include "content/message.hpp"
#include "producers/event_line.hpp"
#include "store/database.hpp"
#include "store/directory.hpp"

namespace egarage::producers {

/// What became of a batch of events.
struct EnqueueReport {
  std::size_t lines = 0;                       ///< events and refused lines; empty lines do not count
  std::size_t created = 0;                     ///< notifications
  std::size_t duplicates = 0;                  ///< notifications that existed already
  std::size_t refused = 0;                     ///< lines
  std::map<std::string, std::size_t> skipped;  ///< notifications not made, by reason: `no e-mail address`, …

  std::size_t skipped_in_all() const;
};

struct RefusedLine {
  std::size_t number;  ///< from 1
  std::string sentence;
};

/// Turns events into notifications: recipients × channels, rendered, deduplicated. Commits every 2,000 lines, so that
/// what was counted is on disk whatever happens next. A bad line never keeps the others out; a message that cannot be
/// rendered makes its line a bad one. Companies are looked up once a run.
class Enqueuer {
 public:
  explicit Enqueuer(store::Database& database);
  ~Enqueuer();
  /// `refused` is told of each bad line as it is read, `progress` of the sums after each commit. Throws
  /// core::Error{store} when the store fails and core::Error{usage} when `lines` cannot be read to its end; both say up
  /// to which line everything is in.
  EnqueueReport run(std::istream& lines, core::Instant now, const std::function<void(const RefusedLine&)>& refused,
                    const std::function<void(const EnqueueReport&)>& progress = {});

 private:
  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace egarage::producers
