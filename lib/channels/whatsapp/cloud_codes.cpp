#include "channels/whatsapp/cloud_codes.hpp"

#include <algorithm>
#include <string_view>

namespace egarage::channels::whatsapp {

namespace {

using namespace std::chrono_literals;
using http::Ruling;

struct Row {
  int first_code, last_code;
  GraphRuling ruling;
};
constexpr Row one(int code, Ruling ruling, std::chrono::seconds wait = 0s) { return {code, code, {ruling, wait}}; }

// "Cloud API error codes", developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes, unless a row says
// otherwise.
constexpr Row rows[] = {
    // --- Authorization: the token is missing, expired, revoked or lacks a permission. 104: Meta's OpenAPI document.
    one(0, Ruling::block),
    one(3, Ruling::block),
    one(10, Ruling::block),
    one(104, Ruling::block),
    one(190, Ruling::block),
    {200, 299, {Ruling::block}},
    one(131005, Ruling::block),
    // --- The number: deleted, not registered, no approved display name.
    one(33, Ruling::block),
    one(131037, Ruling::block),
    one(131045, Ruling::block),
    one(133006, Ruling::block),
    one(133010, Ruling::block),
    // --- The account: restricted, locked, unpaid, terms of payment not accepted.
    one(368, Ruling::block),
    one(131031, Ruling::block),
    one(131042, Ruling::block),
    one(134011, Ruling::block),
    // A test number reaches only the recipients that its operator has listed.
    one(131030, Ruling::block),
    // The version of the API is no longer served (developers.facebook.com/docs/apps/versions).
    one(2635, Ruling::block),
    // --- Limits. Quotas of API calls count a rolling hour ("Rate limits"; 17 and 613: "Graph API rate limiting").
    one(4, Ruling::pause, 15min),
    one(17, Ruling::pause, 15min),
    one(613, Ruling::pause, 15min),
    one(80007, Ruling::pause, 15min),
    // The number's messages per second.
    one(130429, Ruling::pause, 10s),
    // Restrictions for quality: going on makes them worse.
    one(131048, Ruling::pause, 6h),
    one(131064, Ruling::pause, 6h),
    // Too many to this one recipient. How long to wait depends on how often it has happened: delivery knows.
    one(131056, Ruling::wait_for_recipient),
    // --- Meta's own trouble. 1 and 131000 say "unknown error": the message may have gone out.
    one(1, Ruling::uncertain),
    one(131000, Ruling::uncertain),
    one(2, Ruling::retry),
    one(131016, Ruling::retry),
    one(131057, Ruling::retry),
    one(133004, Ruling::retry),
    // --- The message.
    one(100, Ruling::reject),     // invalid parameter; but see below
    one(131008, Ruling::reject),  // required parameter missing
    one(131009, Ruling::reject),  // parameter value not valid
    one(131021, Ruling::reject),  // recipient and sender are the same
    one(131051, Ruling::reject),  // unsupported type
    one(131052, Ruling::reject),  // media download failed
    one(131053, Ruling::reject),  // media upload failed
    one(131055, Ruling::reject),  // method not allowed
    one(135000, Ruling::reject),  // generic user error
    one(130497, Ruling::reject),  // this recipient's country is restricted, others are not
    one(132000, Ruling::reject),  // number of parameters
    one(132012, Ruling::reject),  // format of parameters
    one(132018, Ruling::reject),  // format of parameters
    // --- The template in this language.
    one(132001, Ruling::template_refused),  // does not exist or is not approved
    one(132005, Ruling::template_refused),  // translated text too long
    one(132007, Ruling::template_refused),  // against the policy
    one(132015, Ruling::template_refused),  // paused
    one(132016, Ruling::template_refused),  // disabled
    one(132068, Ruling::template_refused),  // its flow is blocked
    one(132069, Ruling::template_refused),  // its flow is throttled
    one(131063, Ruling::template_refused),  // marketing templates are off for this API
    // --- The recipient.
    one(130403, Ruling::bad_address),        // blocked by the business itself
    one(131026, Ruling::reject),             // not on WhatsApp, an old version, terms not accepted
    one(131047, Ruling::window_closed),      // 24 hours since the recipient's last message
    one(131049, Ruling::reject),             // withheld "to maintain healthy ecosystem engagement"
    one(130472, Ruling::reject),             // withheld as part of an experiment
    one(131050, Ruling::promotion_opt_out),  // stopped marketing messages
};

/// 100 is also what Graph says of a phone number id that it does not know or that the token may not use: subcode 33
/// (developers.facebook.com, "Handle errors").
bool is_about_the_number(const GraphError& error) {
  constexpr int unknown_object = 33;
  constexpr std::string_view words = "phone number id";
  const auto same = [](char in_text, char wanted) {
    const char lower = in_text >= 'A' && in_text <= 'Z' ? static_cast<char>(in_text - 'A' + 'a') : in_text;
    return lower == wanted || (wanted == ' ' && lower == '_');
  };
  return error.subcode == unknown_object ||
         std::search(error.words.begin(), error.words.end(), words.begin(), words.end(), same) != error.words.end();
}

}  // namespace

GraphRuling ruling_of_error(const GraphError& error, int status) {
  constexpr int invalid_parameter = 100;
  if (error.code == invalid_parameter && is_about_the_number(error)) return {Ruling::block};
  for (const auto& row : rows) {
    if (error.code >= row.first_code && error.code <= row.last_code) return row.ruling;
  }
  if (status >= 500) return {Ruling::uncertain};
  return {error.is_transient ? Ruling::retry : Ruling::reject};
}

}  // namespace egarage::channels::whatsapp
