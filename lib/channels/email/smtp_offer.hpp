#pragma once

#include <cstdint>

namespace egarage::channels::email {

/// What a server offers after EHLO (RFC 5321 §4.1.1.1), as far as we use it.
struct SmtpOffer {
  bool starttls = false;           ///< RFC 3207
  bool authentication = false;     ///< RFC 4954
  bool pipelining = false;         ///< RFC 2920
  bool size = false;               ///< RFC 1870
  std::uint64_t maximum_size = 0;  ///< octets; 0 when it names none
};

}  // namespace egarage::channels::email
