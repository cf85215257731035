#include "app/commands/step.hpp"

#include <fmt/format.h>

#include <iostream>

#include "app/failure.hpp"
#include "core/platform/process.hpp"

namespace egarage::app {

StepResult skipped(std::string_view reason) {
  StepResult result;
  result.data = {{"skipped", reason}};
  return result;
}

void show_words(const Application& application, const StepResult& result, core::DryRun dry_run) {
  constexpr int standard_output = 1;
  const bool somebody_reads = dry_run == core::DryRun::yes || core::platform::is_terminal(standard_output) ||
                              application.options.verbosity == Verbosity::verbose;
  const bool wanted = application.options.output == Output::text && application.options.verbosity != Verbosity::quiet;
  if (somebody_reads && wanted) std::cout << result.text << std::flush;
  if (!result.error.empty()) complain(result.error, result.hint);
}

core::ExitCode show(const Application& application, const StepResult& result, core::DryRun dry_run) {
  show_words(application, result, dry_run);
  if (application.options.output == Output::json) {
    std::cout << result.data.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) << '\n';
  }
  return result.code;
}

}  // namespace egarage::app
