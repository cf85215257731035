#include "channels/twilio/api.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "channels/http/json_answer.hpp"
#include "channels/twilio/codes.hpp"

namespace egarage::channels::twilio {

namespace {

using http::number_at;
using http::Ruling;
using http::text_at;

/// Twilio discards a message that waited this long, seconds.
constexpr std::int64_t shortest_validity = 1, longest_validity = 36'000;

Access complete(Access access) {
  if (access.origin.empty()) access.origin = "https://api.twilio.com";
  if (access.user.empty()) access.user = access.account_sid;
  return access;
}

/// The callback's URL with our attempt's id, so that a receipt finds its attempt even if the answer got lost.
std::string callback_of(const std::string& url, std::uint64_t attempt) {
  return fmt::format("{}{}attempt={}", url, url.find('?') == std::string::npos ? '?' : '&', attempt);
}

/// What an error says: its sentence and the page about it.
std::string words_of(const nlohmann::json& body) {
  const auto message = text_at(body, "message");
  const auto more = text_at(body, "more_info");
  return more.empty() ? message : message + " (" + more + ")";
}

}  // namespace

Api::Api(Access access) : access_(complete(std::move(access))), discretion_(access_.user, access_.password) {}

Form Api::envelope(std::string to, const From& from, const Message& message) {
  Form form{{"To", std::move(to)}};
  if (!from.messaging_service.empty()) {
    form.emplace_back("MessagingServiceSid", from.messaging_service);
  } else {
    form.emplace_back("From", from.number);
  }
  if (!from.status_callback.empty())
    form.emplace_back("StatusCallback", callback_of(from.status_callback, message.token));
  if (message.valid_for) {
    const auto seconds = std::clamp<std::int64_t>(message.valid_for->count(), shortest_validity, longest_validity);
    form.emplace_back("ValidityPeriod", std::to_string(seconds));
  }
  return form;
}

http::Request Api::signed_request(http::Method method, std::string path) const {
  http::Request request;
  request.method = method;
  request.url = fmt::format("{}/2010-04-01/Accounts/{}{}", access_.origin, percent_encode(access_.account_sid), path);
  request.headers = {{"Accept", "application/json"}};
  request.basic_user = access_.user;
  request.basic_password = access_.password;
  return request;
}

http::Request Api::create(const Form& form) const {
  auto request = signed_request(http::Method::post, "/Messages.json");
  request.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
  request.body = encode_form(form);
  return request;
}

http::Verdict Api::judge(const http::Answer& answer) const {
  const auto body = http::parse_object(answer.body);
  if (answer.status >= 200 && answer.status < 300) {
    auto sid = text_at(body, "sid");
    if (!discretion_.takes_as_id(sid)) {
      return http::make_verdict(Ruling::uncertain, discretion_.reply(answer.status, "the answer has no usable sid"));
    }
    return http::make_verdict(Ruling::accept, discretion_.reply(answer.status, text_at(body, "status")), {},
                              std::move(sid));
  }
  if (const auto code = number_at(body, "code")) {
    const auto [ruling, wait] = ruling_of_code(*code, answer.status);
    return http::make_verdict(ruling, discretion_.reply(*code, words_of(body)), http::wait_after(wait, answer));
  }
  return http::make_verdict(http::ruling_of_status(answer.status),
                            discretion_.reply(answer.status, fmt::format("HTTP status {} {}", answer.status,
                                                                         body.is_null() ? "" : words_of(body))),
                            http::wait_after({}, answer));
}

http::Request Api::list(std::string_view to) const {
  return signed_request(http::Method::get, fmt::format("/Messages.json?To={}&PageSize=50", percent_encode(to)));
}

std::vector<http::Provider::Check> Api::checks() const {
  // Standard API keys may not read the account itself (twilio.com/docs/iam/api-keys).
  if (access_.user != access_.account_sid) {
    return {{"Twilio account and API key", signed_request(http::Method::get, "/Messages.json?PageSize=1")}};
  }
  return {{"Twilio account and auth token", signed_request(http::Method::get, ".json")}};
}

std::string Api::judge_check(const http::Answer& answer) const {
  const auto body = http::parse_object(answer.body);
  if (answer.status != 200) {
    const auto words = discretion_.words(words_of(body));
    const auto code = number_at(body, "code").value_or(answer.status);
    return fmt::format("Twilio refuses account_sid or its credentials: {} {}", code, words);
  }
  if (http::member(body, "messages").is_array()) return {};
  const auto status = text_at(body, "status");
  if (status == "active") return {};
  if (status.empty()) return "the answer is not Twilio's";
  return fmt::format("the Twilio account is {}", discretion_.words(status));
}

}  // namespace egarage::channels::twilio
