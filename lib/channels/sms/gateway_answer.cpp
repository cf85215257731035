#include "channels/sms/gateway_answer.hpp"

#include "core/error.hpp"

namespace egarage::channels::sms {
namespace {

using core::GatewayClass;
using http::Ruling;
using nlohmann::json;

std::optional<json::json_pointer> pointer(const std::string& text) {
  if (text.empty()) return std::nullopt;
  try {
    return json::json_pointer(text);
  } catch (const json::exception&) {
    throw core::Error(core::ExitCode::configuration, "a pointer of an SMS gateway is no JSON pointer",
                      "Write it as \"/messages/0/id\" (RFC 6901).");
  }
}

/// The text, number or truth value at the pointer; empty for anything else.
std::string value_at(const json& body, const std::optional<json::json_pointer>& pointer) {
  if (!pointer) return {};
  try {
    if (!body.contains(*pointer)) return {};
    const auto& value = body.at(*pointer);
    if (value.is_string()) return value.get<std::string>();
    if (value.is_number() || value.is_boolean()) return value.dump();
  } catch (const json::exception&) {
    // An index such as "01" into what turned out to be an array.
  }
  return {};
}

Ruling ruling_of(GatewayClass meaning) {
  switch (meaning) {
    case GatewayClass::retry:
      return Ruling::retry;
    case GatewayClass::pause:
      return Ruling::pause;
    case GatewayClass::block:
      return Ruling::block;
    case GatewayClass::reject:
      return Ruling::reject;
    case GatewayClass::bad_address:
      return Ruling::bad_address;
    case GatewayClass::opt_out:
      return Ruling::opt_out;
    case GatewayClass::uncertain:
      break;
  }
  return Ruling::uncertain;
}

}  // namespace

GatewayReader::GatewayReader(const core::HttpGateway& gateway)
    : gateway_(gateway),
      success_(pointer(gateway.success_pointer)),
      id_(pointer(gateway.id_pointer)),
      code_(pointer(gateway.code_pointer)) {}

GatewayAnswer GatewayReader::read(const http::Answer& answer) const {
  const auto body = json::parse(answer.body, nullptr, false);
  GatewayAnswer read{.ruling = Ruling::uncertain, .code = value_at(body, code_), .id = {}};
  if (const auto known = gateway_.codes.find(read.code); known != gateway_.codes.end()) {
    read.ruling = ruling_of(known->second);
    return read;
  }
  const bool in_range = answer.status >= gateway_.first_status && answer.status <= gateway_.last_status;
  if (in_range && (!success_ || value_at(body, success_) == gateway_.success_equals)) {
    read.id = value_at(body, id_);
    if (!read.id.empty()) read.ruling = Ruling::accept;
    return read;
  }
  if (answer.status < 200 || answer.status > 299) read.ruling = http::ruling_of_status(answer.status);
  return read;
}

}  // namespace egarage::channels::sms
