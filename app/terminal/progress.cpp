#include "app/terminal/progress.hpp"

#include <fmt/format.h>

#include <cstdio>

#include "core/platform/process.hpp"
#include "report/table.hpp"
#include "report/wording.hpp"

namespace egarage::app {
namespace {

constexpr int stderr_descriptor = 2;
constexpr std::chrono::milliseconds between_drawings{200};
constexpr std::string_view start_of_line_and_erase = "\r\x1b[K";

std::size_t usable_width() { return static_cast<std::size_t>(std::max(core::platform::terminal_width() - 1, 20)); }

void draw(std::string_view line) {
  fmt::print(stderr, "{}{}", start_of_line_and_erase, line);
  std::fflush(stderr);
}

}  // namespace

Progress::Progress(Shown shown)
    : active_(shown == Shown::on_terminal && core::platform::is_terminal(stderr_descriptor)) {}

Progress::~Progress() { clear(); }

void Progress::clear() {
  if (drawn_) fmt::print(stderr, "{}", start_of_line_and_erase);
  drawn_ = false;
}

bool Progress::is_due(std::chrono::steady_clock::time_point now) {
  if (!active_) return false;
  if (started_ == std::chrono::steady_clock::time_point{}) started_ = now;
  if (drawn_ && now - last_drawn_ < between_drawings) return false;
  last_drawn_ = now;
  drawn_ = true;
  return true;
}

void Progress::update(const ProgressFigures& figures, std::chrono::steady_clock::time_point now) {
  if (is_due(now)) draw(progress_line(figures, now - started_, usable_width()));
}

void Progress::update(std::string_view words, std::chrono::steady_clock::time_point now) {
  if (is_due(now)) draw(report::cut_to_width(words, usable_width()));
}

std::string progress_line(const ProgressFigures& figures, std::chrono::steady_clock::duration elapsed,
                          std::size_t width) {
  const auto number = [](std::size_t count) { return report::with_thousands(static_cast<std::int64_t>(count)); };
  auto line = fmt::format("sent {}", number(figures.sent));
  const auto seconds = std::chrono::duration<double>(elapsed).count();
  if (seconds >= 1)
    line += fmt::format(" · {}/s", number(static_cast<std::size_t>(static_cast<double>(figures.sent) / seconds)));
  line += fmt::format(" · {} remaining", number(figures.remaining));
  if (figures.failed > 0) line += fmt::format(" · {} failed", number(figures.failed));
  if (figures.waiting > 0) line += fmt::format(" · {} waiting", number(figures.waiting));
  return report::cut_to_width(line, width);
}

}  // namespace egarage::app
