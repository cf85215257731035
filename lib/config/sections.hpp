#pragma once

#include <map>

#include "config/configuration.hpp"
#include "config/value.hpp"
#include "core/company.hpp"
#include "core/email_account.hpp"
#include "core/event.hpp"
#include "core/pace.hpp"
#include "core/sms_account.hpp"
#include "core/whatsapp_account.hpp"

namespace egarage::config {

/// [platform.email] or [company.email], checked.
core::EmailAccount read_email_account(const Value& section);

/// [platform.sms] or [company.sms], checked.
core::SmsAccount read_sms_account(const Value& section);

/// `gateway` of an SMS account, checked as far as it stands for itself.
core::HttpGateway read_gateway(const Value& section);

/// [platform.whatsapp] or [company.whatsapp], checked; but for its template expressions, which only content can parse.
core::WhatsappAccount read_whatsapp_account(const Value& section);

/// `templates` of such an account.
std::map<core::Event, core::WhatsappTemplate> read_whatsapp_templates(const Value& section);

/// `pace` of an account of any channel; what it does not say is as in `defaults`.
core::Pace read_pace(const Value& section, const core::Pace& defaults = {});

/// [network], checked.
NetworkSettings read_network(const Value& section);

/// [producers], checked.
ProducerSettings read_producers(const Value& section);

/// [limits] or [company.limits], checked. What the table of a class leaves out is as in the class's default.
core::ContactLimits read_limits(const Value& section);
/// [host], checked.
HostSettings read_host(const Value& section);

/// [retention], checked.
RetentionSettings read_retention(const Value& section);

/// One [[company]], checked; what it leaves out comes from its country.
core::Company read_company(const Value& section);

/// A password as written: a reference stays one (paths made absolute), anything else becomes `plain:…`, which setup
/// seals.
core::SecretReference read_secret(const Value& value);

}  // namespace egarage::config
