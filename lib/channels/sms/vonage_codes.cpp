#include "channels/sms/vonage_codes.hpp"

namespace egarage::channels::sms {

http::Ruling ruling_of_vonage_status(int status) {
  using http::Ruling;
  switch (status) {
    case 0:
      return Ruling::accept;
    case 1:   // throttled
    case 10:  // too many connections
      return Ruling::pause;
    case 4:   // credentials
    case 8:   // the account is barred
    case 9:   // no credit
    case 11:  // the account may not use this API
    case 14:  // signature
    case 15:  // sender
    case 29:  // a demo account reaches listed numbers only
      return Ruling::block;
    case 5:  // internal error while the message was worked on
      return Ruling::uncertain;
    case 7:  // the number is barred
      return Ruling::bad_address;
    default:  // 2 and 3 parameters, 6 no route, 12 too long, 22 and 23 content …
      return Ruling::reject;
  }
}

}  // namespace egarage::channels::sms
