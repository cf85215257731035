#pragma once

#include "config/value.hpp"
#include "core/company.hpp"
#include "core/email_account.hpp"
#include "core/sms_account.hpp"

namespace egarage::config {

/// [platform.email] or [company.email], checked.
core::EmailAccount read_email_account(const Value& section);

/// [platform.sms] or [company.sms], checked.
core::SmsAccount read_sms_account(const Value& section);

/// `gateway` of an SMS account, checked as far as it stands for itself.
core::HttpGateway read_gateway(const Value& section);

/// One [[company]], checked; what it leaves out comes from its country.
core::Company read_company(const Value& section);

/// A password as written: a reference stays one (paths made absolute), anything else becomes `plain:…`, which setup
/// seals.
core::SecretReference read_secret(const Value& value);

}  // namespace egarage::config
