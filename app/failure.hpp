#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "core/error.hpp"

namespace egarage::app {

/// Two lines on stderr, `error: …` and `hint: …` (none when it is empty), whatever the words hold.
void complain(std::string_view error, std::string_view hint);

/// What became of some work: its exit code, and the two lines when it threw.
struct Failure {
  core::ExitCode code;
  std::string error, hint;
};

/// Runs `work`; what it throws becomes a Failure, a foreign exception a defect of this program.
Failure failure_of(const std::function<core::ExitCode()>& work);

}  // namespace egarage::app
