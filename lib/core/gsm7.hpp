#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace egarage::core {

/// The alphabets of SMS, 3GPP TS 23.038: the GSM 7 bit default alphabet with its extension table (§6.2.1; no national
/// language shift tables, which few senders offer), and UCS-2 (§6.2.3), which networks treat as UTF-16.
enum class SmsEncoding { gsm7, ucs2 };

struct SmsSize {
  SmsEncoding encoding;
  std::size_t units;     ///< septets, a character of the extension table counting two; or UTF-16 code units
  std::size_t segments;  ///< what a network charges for: 0 for an empty text
};

/// What the text costs as it stands. One segment holds 160 septets or 70 UTF-16 units; longer texts are cut into
/// segments of 153 or 67, less the header that puts them together again (3GPP TS 23.040 §9.2.3.24.1). Neither an
/// escaped character nor a surrogate pair is cut in two. Invalid UTF-8 counts as U+FFFD.
SmsSize measure_sms(std::string_view utf8);

/// The text in the GSM-7 alphabet, if a reader loses nothing by it: typographic quotes, dashes, dots and blanks become
/// plain ones, letters that the alphabet lacks lose their accent (á í ó ú; é ñ ü ¿ ¡ are in it and stay), `N°` becomes
/// `N.`, what is invisible goes. A text that holds anything else (an emoji, Chinese …) comes back as it was: it has to
/// be sent as UCS-2 anyway, and may keep its accents.
std::string to_gsm7(std::string_view utf8);

/// The characters for which `to_gsm7` finds no replacement, each once, in order of appearance.
std::vector<std::string> beyond_gsm7(std::string_view utf8);

}  // namespace egarage::core
