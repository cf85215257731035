#pragma once

#include <string>
#include <string_view>

#include "config/value.hpp"

/// Values that say whom an account talks to.
namespace egarage::config {

/// An address like 127.0.0.1, or a name that always means this machine.
bool is_loopback(std::string_view host);

/// A PEM file that is there.
std::string read_ca_file(const Value& value);

/// Where an API is, without its paths: `https://api.example.com`, with a port where need be; http only to this machine.
/// No slash at the end.
std::string read_api_origin(const Value& value);

/// The whole address that requests go to: `https://api.example.com/v1/send`; http only to this machine.
std::string read_request_url(const Value& value);

/// An https URL that Twilio takes for its callbacks: no `_` in the host (twilio.com/docs/messaging/api).
std::string read_status_callback(const Value& value);

/// A name that Twilio gives: `AC`, `MG` … and 32 hexadecimal digits.
std::string read_twilio_sid(const Value& value, std::string_view prefix);

/// A telephone number with `+` and country code (ITU-T E.164).
std::string read_e164_number(const Value& value);

}  // namespace egarage::config
