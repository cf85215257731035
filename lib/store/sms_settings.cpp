#include "store/json_fields.hpp"

namespace egarage::store {

namespace {

using core::HttpGateway;
using core::SmsAccount;
using nlohmann::json;

json gateway_json(const HttpGateway& gateway) {
  json value{{"method", gateway.method},
             {"url", gateway.url},
             {"headers", json::array()},
             {"encoding", core::name_of(core::gateway_encoding_names, gateway.encoding)},
             {"body", gateway.body},
             {"first_status", gateway.first_status},
             {"last_status", gateway.last_status},
             {"success_pointer", gateway.success_pointer},
             {"success_equals", gateway.success_equals},
             {"id_pointer", gateway.id_pointer},
             {"code_pointer", gateway.code_pointer},
             {"codes", json::object()},
             {"idempotency_header", gateway.idempotency_header},
             {"plus", gateway.plus},
             {"longest", gateway.longest}};
  for (const auto& [name, text] : gateway.headers) value["headers"].push_back({name, text});
  for (const auto& [code, meaning] : gateway.codes) {
    value["codes"][code] = core::name_of(core::gateway_class_names, meaning);
  }
  return value;
}

HttpGateway gateway_of(const json& value) {
  HttpGateway gateway;
  gateway.method = text_of(value, "method");
  gateway.url = text_of(value, "url");
  for (const auto& row : value.at("headers")) {
    gateway.headers.emplace_back(row.at(0).get<std::string>(), row.at(1).get<std::string>());
  }
  gateway.encoding = name_at(value, "encoding", core::gateway_encoding_names);
  gateway.body = text_of(value, "body");
  gateway.first_status = value.at("first_status").get<int>();
  gateway.last_status = value.at("last_status").get<int>();
  gateway.success_pointer = text_of(value, "success_pointer");
  gateway.success_equals = text_of(value, "success_equals");
  gateway.id_pointer = text_of(value, "id_pointer");
  gateway.code_pointer = text_of(value, "code_pointer");
  for (const auto& [code, meaning] : value.at("codes").items()) {
    gateway.codes[code] = core::value_of(core::gateway_class_names, meaning.get<std::string>()).value();
  }
  gateway.idempotency_header = text_of(value, "idempotency_header");
  gateway.plus = value.at("plus").get<bool>();
  gateway.longest = value.at("longest").get<std::size_t>();
  return gateway;
}

}  // namespace

json sms_settings(const SmsAccount& account) {
  json value{{"from", account.from},
             {"messaging_service", account.messaging_service},
             {"account_sid", account.account_sid},
             {"user", account.user},
             {"status_callback", account.status_callback},
             {"url", account.url},
             {"ca_file", account.ca_file},
             {"alphabet", core::name_of(core::sms_alphabet_names, account.alphabet)}};
  if (account.transport == "http") value["gateway"] = gateway_json(account.gateway);
  put_pace(value, account.pace);
  return value;
}

SmsAccount sms_account(const json& settings) {
  SmsAccount account;
  account.from = text_of(settings, "from");
  account.messaging_service = text_of(settings, "messaging_service");
  account.account_sid = text_of(settings, "account_sid");
  account.user = text_of(settings, "user");
  account.status_callback = text_of(settings, "status_callback");
  account.url = text_of(settings, "url");
  account.ca_file = text_of(settings, "ca_file");
  account.alphabet = name_at(settings, "alphabet", core::sms_alphabet_names);
  if (settings.contains("gateway")) account.gateway = gateway_of(settings.at("gateway"));
  account.pace = pace_in(settings);
  return account;
}

}  // namespace egarage::store
