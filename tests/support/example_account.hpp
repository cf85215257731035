#pragma once

#include "core/email_account.hpp"

namespace egarage::test {

/// An account that sends as `from` (a mailbox that must be valid); everything else is as an empty configuration has it.
inline core::EmailAccount example_account(std::string_view from = "Taller Sur <avisos@example.cl>") {
  return {.transport = "smtp",
          .from = core::parse_mailbox(from).value(),
          .reply_to = {},
          .unsubscribe = {},
          .host = {},
          .ca_file = {},
          .user = {},
          .password = {}};
}

}  // namespace egarage::test
