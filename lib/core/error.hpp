#pragma once

#include <stdexcept>
#include <string>
#include <utility>

namespace egarage::core {

/// The process's exit codes, a public contract (`--help` and docs/operating.md list them).
enum class ExitCode {
  ok = 0,             ///< done; also when nothing was due
  some_failed = 1,    ///< some notifications failed for good, some input lines were refused, or an account is blocked
  usage = 2,          ///< the command line is wrong
  configuration = 3,  ///< the configuration, a template or a key file is wrong or missing
  store = 4,          ///< the store cannot be opened, read or written
  internal = 70,      ///< a defect of this program
};

/// The command cannot go on. Caught only in `main`, which prints `error: what` and `hint: hint` and exits with `code`.
class Error : public std::runtime_error {
 public:
  /// `what`: one sentence saying what is wrong and where; `hint`: what to do about it.
  Error(ExitCode code, const std::string& what, std::string hint)
      : std::runtime_error(what), code_(code), hint_(std::move(hint)) {}

  ExitCode code() const { return code_; }
  const std::string& hint() const { return hint_; }

 private:
  ExitCode code_;
  std::string hint_;
};

}  // namespace egarage::core
