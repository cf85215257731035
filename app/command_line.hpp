#pragma once

#include "app/application.hpp"
#include "core/error.hpp"

namespace egarage::app {

/// Understands the command line and does what it says. Throws core::Error{usage} for what it does not understand,
/// naming the nearest command or option, and whatever the command throws.
core::ExitCode run_command_line(int argc, const char* const* argv, Application& application);

}  // namespace egarage::app
