#pragma once

#include <memory>

#include "channels/http/provider.hpp"
#include "core/secret.hpp"
#include "core/sms_account.hpp"

namespace egarage::channels::sms {

/// Twilio's Messages resource (twilio.com/docs/messaging/api/message-resource); lost answers can be looked up.
std::unique_ptr<http::Provider> make_twilio_provider(const core::SmsAccount& account, core::Secret password);

/// Vonage's SMS API (developer.vonage.com/api/sms). It lists no messages.
std::unique_ptr<http::Provider> make_vonage_provider(const core::SmsAccount& account, core::Secret password);

/// The provider that `account.gateway` describes. Throws core::Error{configuration} when its body is no JSON though it
/// says so, or a pointer is none.
std::unique_ptr<http::Provider> make_gateway_provider(const core::SmsAccount& account, core::Secret password);

}  // namespace egarage::channels::sms
