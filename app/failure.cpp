#include "app/failure.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <exception>

#include "core/utf8.hpp"

namespace egarage::app {

void complain(std::string_view error, std::string_view hint) {
  fmt::print(stderr, "error: {}\n", core::one_line(error));
  if (!hint.empty()) fmt::print(stderr, "hint: {}\n", core::one_line(hint));
}

Failure failure_of(const std::function<core::ExitCode()>& work) {
  try {
    return {work(), {}, {}};
  } catch (const core::Error& error) {
    return {error.code(), error.what(), error.hint()};
  } catch (const std::exception& error) {
    return {core::ExitCode::internal, fmt::format("unexpected: {}", error.what()),
            "This is a defect; please report it with the command line."};
  }
}

}  // namespace egarage::app
