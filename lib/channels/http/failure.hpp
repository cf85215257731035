#pragma once

#include "channels/outcome.hpp"

namespace egarage::channels::http {

/// Why a request has no answer that a provider could judge.
struct Failure {
  enum class Taken {
    certainly_not,
    perhaps,  ///< octets of the request may have reached the server
  } taken{};
  Standing::State account{};  ///< what it says about the account; `ok`: nothing
  Reply reply;
};

}  // namespace egarage::channels::http
