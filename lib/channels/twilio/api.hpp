#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "channels/http/discretion.hpp"
#include "channels/http/form.hpp"
#include "channels/http/provider.hpp"
#include "channels/twilio/message_list.hpp"

namespace egarage::channels::twilio {

using http::encode_form;
using http::Form;
using http::percent_encode;

struct Access {
  std::string origin;       ///< empty: https://api.twilio.com
  std::string account_sid;  ///< `AC…`
  std::string user;         ///< an API key's SID (`SK…`); empty: the account's SID with its auth token
  core::Secret password;
};

/// Who a message comes from, and what hears of its receipts.
struct From {
  std::string number;             ///< E.164 or an alphanumeric sender; with `whatsapp:` before it on that channel
  std::string messaging_service;  ///< `MG…`, instead of a number
  std::string status_callback;    ///< https URL; may be empty
};

/// Twilio's Messages resource (twilio.com/docs/messaging/api/message-resource), as SMS and WhatsApp use it.
class Api {
 public:
  explicit Api(Access access);

  /// To, From or MessagingServiceSid, StatusCallback and ValidityPeriod; the caller adds what is said.
  static Form envelope(std::string to, const From& from, const Message& message);
  http::Request create(const Form& form) const;
  http::Verdict judge(const http::Answer& answer) const;

  /// The list of messages to that recipient, newest first.
  http::Request list(std::string_view to) const;
  std::optional<http::LookupPage> read_list(const Sought& sought, const Lookup& lookup,
                                            const http::Answer& answer) const {
    return read_message_list(access_.origin, sought, lookup, answer);
  }

  std::vector<http::Provider::Check> checks() const;
  std::string judge_check(const http::Answer& answer) const;

 private:
  http::Request signed_request(http::Method method, std::string path) const;

  Access access_;
  http::Discretion discretion_;
};

}  // namespace egarage::channels::twilio
