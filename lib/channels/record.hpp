#pragma once

#include <string>
#include <string_view>

#include "channels/outcome.hpp"

namespace egarage::channels {

/// What a provider said, fit for an attempt's record: valid UTF-8, one clean line of at most 500 octets.
std::string record_text(std::string_view text);

/// What happened, where the provider said nothing.
Reply record(Phase phase, std::string_view what_happened);

}  // namespace egarage::channels
