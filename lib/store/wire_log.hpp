#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <variant>
#include <vector>

#include "core/platform/mapped_file.hpp"
#include "store/queue.hpp"

namespace egarage::store {

/// What a run knows and the store does not yet: which of its marked attempts are on the wire, and what was answered
/// since the last commit. It is kept in a file beside the store whose content survives the death of the process, so
/// that the run that takes over has to presume `uncertain` only what was on the wire without an answer. It does not
/// survive the end of the machine, nor is it needed for anything but that.
class WireLog {
 public:
  /// The log of a run that has begun; or why there can be none. Then everything marked is uncertain once a run is lost.
  static std::variant<std::unique_ptr<WireLog>, std::string> create(Database& database, RunId run);

  /// Whether another attempt may go on the wire before a commit ends.
  bool has_room() const { return slots_.size() < most_open; }
  /// Call just before the first octet of an attempt may leave; only while has_room().
  void put_on_wire(AttemptId attempt);
  /// Call as soon as an attempt's end is known. (One that finds no place is on the wire for whoever reads the log.)
  void answered(const Settlement& settlement);

  /// A commit begins that holds everything answered so far; only one at a time.
  void begin_commit() { active_ = 1 - active_; }
  /// These are on disk.
  void committed(std::span<const Settlement> settlements);

  /// Call when the run has ended and left nothing behind. Without that the file stays for the next run.
  void remove() const;

  /// A slot is not written again before so many others were: what the store's copy of an earlier moment holds as marked
  /// is then either still in the log, or older than the newest attempt of the log, which that copy does not have.
  static constexpr std::size_t slots = 4096, most_open = slots / 2;
  /// Of the answers of one commit; what comes within 20 ms takes about half of it.
  static constexpr std::size_t answers_size = 128 * 1024;

 private:
  explicit WireLog(std::filesystem::path path);
  /// Writes who it belongs to; false when nobody can say that.
  bool claim(const std::optional<std::string>& identity);

  std::filesystem::path path_;
  core::platform::MappedFile file_;
  std::unordered_map<std::int64_t, std::size_t> slots_;  ///< of attempts whose end is not on disk
  std::vector<bool> is_open_ = std::vector<bool>(slots);
  std::size_t next_slot_ = 0;
  std::size_t active_ = 0;  ///< half of the answers
};

/// What a dead run's log says.
struct WireTraces {
  std::unordered_set<std::int64_t> on_wire;  ///< attempts that may have left, and perhaps others whose end is on disk
  std::vector<Settlement> answered;          ///< not on disk, or just so
};
/// Empty when there is no log that can be believed: none at all, damaged, of an earlier start of the machine, copied,
/// of another store, of another run that had the same number, or of a later state of the store than this one.
std::optional<WireTraces> wire_traces(Database& database, RunId dead);
/// Removes the log of a run that is dead and has nothing in hand; it is fine when there is none.
void remove_wire_log(const Database& database, RunId dead);

}  // namespace egarage::store
