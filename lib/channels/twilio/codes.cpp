#include "channels/twilio/codes.hpp"

#include <algorithm>
#include <iterator>

namespace egarage::channels::twilio {

namespace {

using namespace std::chrono_literals;
using http::Ruling;

struct Row {
  int code;
  CodeRuling ruling;
};

// Each row: twilio.com/docs/api/errors/CODE.
constexpr Row rows[] = {
    // --- Parameters of the request.
    {14103, {Ruling::reject}},  // invalid body
    // --- Credentials, account, permissions.
    {20003, {Ruling::block}},  // authenticate: wrong SID, token or API key
    {20005, {Ruling::block}},  // account not active
    {20403, {Ruling::block}},  // forbidden
    {20404, {Ruling::block}},  // no such resource: on this endpoint the account's SID
    // "Never processed and always safe to retry", with exponential backoff.
    {20429, {Ruling::pause, 30s}},
    // Server trouble; the request may have been processed (twilio.com/docs/api/errors/20500).
    {20500, {Ruling::uncertain}},
    {20503, {Ruling::uncertain}},
    // --- The recipient.
    {21211, {Ruling::bad_address}},  // no valid number
    {21408, {Ruling::reject}},       // this country is not enabled for the account: others still are
    {21602, {Ruling::reject}},       // no body
    // --- The sender.
    {21606, {Ruling::block}},             // From is none of the account's numbers
    {21608, {Ruling::block}},             // trial accounts reach verified numbers only
    {21610, {Ruling::opt_out}},           // the recipient answered STOP to this sender
    {21611, {Ruling::pause, 1h}},         // the sender's queue is full
    {21612, {Ruling::reject}},            // this pair of numbers cannot be routed
    {21614, {Ruling::bad_address}},       // not a mobile number
    {21617, {Ruling::reject}},            // longer than 1600 characters
    {21620, {Ruling::block}},             // no such messaging service
    {21635, {Ruling::bad_address}},       // a landline
    {21654, {Ruling::template_refused}},  // ContentSid is missing
    {21655, {Ruling::template_refused}},  // ContentSid is invalid
    {21656, {Ruling::reject}},            // ContentVariables are invalid
    {21658, {Ruling::reject}},            // a content variable is too long
    {21703, {Ruling::block}},             // the messaging service has no sender
    {21212, {Ruling::block}},             // From is no valid number
    // --- Delivery.
    {30001, {Ruling::pause, 1h}},    // queue overflow
    {30002, {Ruling::block}},        // account suspended
    {30003, {Ruling::retry, 1h}},    // the handset is off or out of reach
    {30004, {Ruling::reject}},       // blocked by the handset or its carrier
    {30005, {Ruling::reject}},       // unknown subscriber
    {30006, {Ruling::bad_address}},  // a landline, or a carrier that cannot be reached
    {30007, {Ruling::reject}},       // filtered by the carrier
    {30008, {Ruling::retry, 1h}},    // unknown error of the carrier
    {30032, {Ruling::block}},        // toll-free number not verified
    {30034, {Ruling::block}},        // number not registered for 10DLC
    {30450, {Ruling::reject}},       // stopped as SMS pumping
    {30500, {Ruling::uncertain}},    // server error
    // --- WhatsApp.
    {63003, {Ruling::bad_address}},       // no WhatsApp account at this number
    {63007, {Ruling::block}},             // From is no WhatsApp sender of the account
    {63016, {Ruling::window_closed}},     // free text outside the 24 hours
    {63018, {Ruling::pause, 1min}},       // rate limit
    {63024, {Ruling::bad_address}},       // invalid recipient
    {63027, {Ruling::template_refused}},  // there is no such template in this language
    {63028, {Ruling::reject}},            // wrong number of parameters
    {63040, {Ruling::template_refused}},  // template rejected
    {63041, {Ruling::template_refused}},  // template paused
    {63042, {Ruling::template_refused}},  // template disabled
    // --- Permissions of an API key.
    {70051, {Ruling::block}},
};

}  // namespace

CodeRuling ruling_of_code(int code, int status) {
  const auto row = std::ranges::find(rows, code, &Row::code);
  if (row != std::end(rows)) return row->ruling;
  return {status >= 500 ? Ruling::uncertain : Ruling::reject};
}

}  // namespace egarage::channels::twilio
