#include "receipts/failures.hpp"

#include <algorithm>
#include <span>

namespace egarage::receipts {
namespace {

using store::ReceiptFailure;

struct Row {
  std::int64_t code;
  ReceiptFailure failure;
};

// What is not here fails this message only; among them 131026 (not on WhatsApp, or has not taken the new terms: both
// may change), 131047 (the window is closed), 131049 and 130472 (withheld), and all that is wrong with a message.
constexpr Row cloud_rows[] = {
    {130403, ReceiptFailure::address},            // blocked by the business itself
    {131050, ReceiptFailure::promotion_opt_out},  // stopped marketing messages
    // The account: the message is as good as before once it works again.
    {190, ReceiptFailure::temporary},
    {368, ReceiptFailure::temporary},
    {131031, ReceiptFailure::temporary},
    {131042, ReceiptFailure::temporary},
    // Limits.
    {4, ReceiptFailure::temporary},
    {80007, ReceiptFailure::temporary},
    {130429, ReceiptFailure::temporary},
    {131048, ReceiptFailure::temporary},
    {131056, ReceiptFailure::temporary},
    {131064, ReceiptFailure::temporary},
    // Meta's own trouble. In a receipt even "unknown error" says for certain that the message did not go out.
    {1, ReceiptFailure::temporary},
    {2, ReceiptFailure::temporary},
    {131000, ReceiptFailure::temporary},
    {131016, ReceiptFailure::temporary},
    {131057, ReceiptFailure::temporary},
    {133004, ReceiptFailure::temporary},
};

constexpr Row twilio_rows[] = {
    {21610, ReceiptFailure::opt_out},  // the recipient answered STOP
    {21211, ReceiptFailure::address},  // no valid number
    {21614, ReceiptFailure::address},  // not a mobile number
    {21635, ReceiptFailure::address},  // a landline
    {30006, ReceiptFailure::address},  // a landline, or a carrier that cannot be reached
    {63003, ReceiptFailure::address},  // no WhatsApp account at this number
    {63024, ReceiptFailure::address},  // invalid recipient
    // The handset is off, its carrier has trouble, a queue is full, Twilio has trouble, too fast.
    {30003, ReceiptFailure::temporary},
    {30008, ReceiptFailure::temporary},
    {20429, ReceiptFailure::temporary},
    {21611, ReceiptFailure::temporary},
    {30001, ReceiptFailure::temporary},
    {20500, ReceiptFailure::temporary},
    {20503, ReceiptFailure::temporary},
    {30500, ReceiptFailure::temporary},
    {63018, ReceiptFailure::temporary},
    // The account is suspended.
    {30002, ReceiptFailure::temporary},
};

ReceiptFailure look_up(std::span<const Row> rows, std::int64_t code) {
  const auto row = std::ranges::find(rows, code, &Row::code);
  return row == rows.end() ? ReceiptFailure::message : row->failure;
}

}  // namespace

ReceiptFailure failure_of_cloud(std::int64_t code) { return look_up(cloud_rows, code); }
ReceiptFailure failure_of_twilio(std::int64_t code) { return look_up(twilio_rows, code); }

bool says_window_closed(std::int64_t code) {
  constexpr std::int64_t cloud = 131047, twilio = 63016;
  return code == cloud || code == twilio;
}

}  // namespace egarage::receipts
