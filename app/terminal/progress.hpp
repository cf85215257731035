#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

namespace egarage::app {

/// How far a run has come.
struct ProgressFigures {
  std::size_t sent = 0;
  std::size_t remaining = 0;
  std::size_t failed = 0;
  std::size_t waiting = 0;  ///< put back for later
};

/// One line on stderr, redrawn in place at most five times a second and erased at the end. Nothing at all when stderr
/// is not a terminal or `shown` is no.
class Progress {
 public:
  enum class Shown { no, on_terminal };

  explicit Progress(Shown shown);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void update(const ProgressFigures& figures, std::chrono::steady_clock::time_point now);
  /// The same with words of the caller's, for commands that do something else than send.
  void update(std::string_view words, std::chrono::steady_clock::time_point now);
  /// Erases the line, so that something else can be printed.
  void clear();

 private:
  /// Whether a line is wanted now; notes that it was drawn.
  bool is_due(std::chrono::steady_clock::time_point now);

  bool active_;
  bool drawn_ = false;
  std::chrono::steady_clock::time_point started_{}, last_drawn_{};
};

/// The line itself: `sent 1,200 · 340/s · 5,000 remaining · 3 failed · 12 waiting`, cut to the width.
std::string progress_line(const ProgressFigures& figures, std::chrono::steady_clock::duration elapsed,
                          std::size_t width);

}  // namespace egarage::app
