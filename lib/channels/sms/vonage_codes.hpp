#pragma once

#include <chrono>

#include "channels/http/ruling.hpp"

namespace egarage::channels::sms {

/// What the status of one part of a message comes to (developer.vonage.com/api-errors/sms). A status that is not known
/// is a refusal like the others: only 0 means that the part was taken.
http::Ruling ruling_of_vonage_status(int status);

/// How long an account rests that sends too fast.
inline constexpr std::chrono::seconds vonage_pause{30};

}  // namespace egarage::channels::sms
