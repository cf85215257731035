#pragma once

#include <string>
#include <string_view>

#include "core/sms_account.hpp"

namespace egarage::content {

/// The words of a Markdown message as an SMS: no markup, a link as its bare address, one line break between blocks,
/// lists with dashes or numbers. With `transliterate` in the GSM-7 alphabet where core::to_gsm7 can bring it there. LF
/// line ends, none at the end. Empty for a message without words. What it costs, core::measure_sms tells.
std::string sms_text(std::string_view markdown, core::SmsAlphabet alphabet);

}  // namespace egarage::content
