#pragma once

#include <span>
#include <string>
#include <string_view>

#include "config/value.hpp"

namespace egarage::config {

// What accounts of several channels have in common. Each is the value, or core::Error{configuration}.

/// One of the table of transports.
std::string read_transport(const Value& value, std::span<const std::string_view> transports);
/// The path of a file that is there.
std::string read_ca_file(const Value& value);
/// `https://host/path?query`, or `http://…` where the host is this machine. Without user, fragment or blanks.
std::string read_url(const Value& value);
/// The same without path: `https://host:8443`.
std::string read_origin(const Value& value);
/// An https URL whose host has no `_`, as providers want it that call back.
std::string read_callback(const Value& value);
/// Two capitals and 32 hexadecimal digits, as Twilio names things: `AC…` an account, `MG…` a messaging service.
std::string read_twilio_sid(const Value& value, std::string_view capitals);

/// An address like 127.0.0.1 or a name that means this machine.
bool is_loopback(std::string_view host);

}  // namespace egarage::config
