#pragma once

#include <string>

#include "app/application.hpp"
#include "core/error.hpp"

namespace egarage::app {

struct TestMessage {
  std::string company;    ///< slug; empty: the only company there is
  std::string recipient;  ///< an e-mail address or a telephone number
  std::string channel;    ///< empty: what the recipient looks like; a number then means SMS
};

/// Sends a sample message of the company to the recipient at once, whatever the sending hours, past the queue, and
/// prints what the provider said. Ends well when it was accepted.
core::ExitCode send_test_message(Application& application, const TestMessage& request);

}  // namespace egarage::app
