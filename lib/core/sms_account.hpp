#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/enum_names.hpp"
#include "core/pace.hpp"
#include "core/secret.hpp"

namespace egarage::core {

/// Whether letters outside the GSM-7 alphabet lose their accents where that saves segments.
enum class SmsAlphabet { transliterate, as_written };
inline constexpr EnumNames<SmsAlphabet, 2> sms_alphabet_names{
    {{SmsAlphabet::transliterate, "transliterate"}, {SmsAlphabet::as_written, "as-written"}}};

enum class GatewayEncoding { form, json };
inline constexpr EnumNames<GatewayEncoding, 2> gateway_encoding_names{
    {{GatewayEncoding::form, "form"}, {GatewayEncoding::json, "json"}}};

/// What an answer's code means for the message and the account (docs/operating.md).
enum class GatewayClass { retry, pause, block, reject, bad_address, opt_out, uncertain };
inline constexpr EnumNames<GatewayClass, 7> gateway_class_names{{{GatewayClass::retry, "retry"},
                                                                 {GatewayClass::pause, "pause"},
                                                                 {GatewayClass::block, "block"},
                                                                 {GatewayClass::reject, "reject"},
                                                                 {GatewayClass::bad_address, "bad-address"},
                                                                 {GatewayClass::opt_out, "opt-out"},
                                                                 {GatewayClass::uncertain, "uncertain"}}};

/// An SMS provider with an HTTP interface, described in the configuration.
struct HttpGateway {
  std::string method = "POST";
  std::string url;                                           ///< https, but for loopback
  std::vector<std::pair<std::string, std::string>> headers;  ///< values may hold `{{password}}`
  GatewayEncoding encoding = GatewayEncoding::json;
  /// With the places `{{to}}`, `{{from}}`, `{{text}}`, `{{id}}`, `{{user}}`, `{{password}}`, each escaped as its
  /// encoding needs.
  std::string body;
  int first_status = 200, last_status = 299;  ///< of a success
  std::string success_pointer;                ///< JSON pointer (RFC 6901) into the answer; empty: the status decides
  std::string success_equals;                 ///< what must stand there
  std::string id_pointer;                     ///< the provider's id of the message; without an id there is no success
  std::string code_pointer;                   ///< the provider's error code
  std::map<std::string, GatewayClass> codes;
  std::string idempotency_header;  ///< carries our id of the attempt's message; may be empty
  bool plus = true;                ///< whether numbers begin with `+`
  std::size_t longest = 1600;      ///< characters

  bool operator==(const HttpGateway&) const = default;
};

/// An account that SMS go out from.
struct SmsAccount {
  std::string transport = "twilio";  ///< `twilio`, `vonage`, `http`, `file`
  std::string from;                  ///< number or alphanumeric sender
  std::string messaging_service;     ///< twilio: `MG…`, instead of from
  std::string account_sid;           ///< twilio: `AC…`
  std::string user;                  ///< twilio: an API key's SID (`SK…`) or empty; vonage: the API key
  std::string status_callback;       ///< https URL told of receipts; may be empty
  std::string url;                   ///< the API's origin; empty: the provider's own
  std::string ca_file;               ///< PEM file of the authorities to trust; empty means the system's
  SecretReference password;          ///< auth token, API key secret or gateway password
  SmsAlphabet alphabet = SmsAlphabet::transliterate;
  HttpGateway gateway;  ///< http only
  Pace pace;

  bool operator==(const SmsAccount&) const = default;
};

}  // namespace egarage::core
