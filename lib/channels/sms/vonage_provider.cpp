#include <fmt/format.h>

#include <algorithm>

#include "channels/http/discretion.hpp"
#include "channels/http/form.hpp"
#include "channels/http/json_answer.hpp"
#include "channels/sms/providers.hpp"
#include "channels/sms/vonage_codes.hpp"
#include "core/gsm7.hpp"

namespace egarage::channels::sms {
namespace {

using http::Ruling;

/// Milliseconds that Vonage tries to deliver for (developer.vonage.com/api/sms, `ttl`).
constexpr std::int64_t shortest_ttl = 20'000, longest_ttl = 604'800'000;

/// Numbers are written without `+`; alphanumeric senders have none.
std::string_view without_plus(std::string_view number) { return number.substr(number.starts_with('+') ? 1 : 0); }

/// What the parts of a message came to together.
struct Parts {
  Ruling ruling;
  int status;
  std::string words, first_id;
};

/// Empty when the answer has no parts, or one that cannot be read.
std::optional<Parts> read_parts(const nlohmann::json& body) {
  const auto& messages = http::member(body, "messages");
  if (!messages.is_array() || messages.empty()) return std::nullopt;
  std::optional<Parts> first;
  for (const auto& part : messages) {
    const auto status = http::number_at(part, "status");
    if (!status) return std::nullopt;
    const auto ruling = ruling_of_vonage_status(*status);
    if (!first) {
      first = Parts{ruling, *status, http::text_at(part, "error-text"), http::text_at(part, "message-id")};
      continue;
    }
    if ((first->ruling == Ruling::accept) != (ruling == Ruling::accept)) {
      first->words =
          fmt::format("some parts were taken, others not: {} {}", first->words, http::text_at(part, "error-text"));
      first->status = std::max(first->status, *status);
      first->ruling = Ruling::uncertain;
      return first;
    }
    if (ruling == Ruling::uncertain) first->ruling = ruling;
  }
  return first;
}

class VonageProvider final : public http::Provider {
 public:
  VonageProvider(const core::SmsAccount& account, core::Secret password)
      : origin_(account.url.empty() ? "https://rest.nexmo.com" : account.url),
        key_(account.user),
        secret_(std::move(password)),
        from_(without_plus(account.from)),
        callback_(account.status_callback),
        discretion_(key_, secret_),
        encoded_discretion_({}, core::Secret{http::percent_encode(secret_.reveal())}) {}

  std::variant<http::Request, Outcome> request(const Message& message) const override {
    if (message.text.empty()) return Rejected{http::refusal_before_sending("the message has no text")};
    http::Form form{{"api_key", key_},
                    {"api_secret", secret_.reveal()},
                    {"from", from_},
                    {"to", std::string(without_plus(message.recipient))},
                    {"text", message.text}};
    // Without it whatever is outside GSM-7 arrives as question marks.
    if (core::measure_sms(message.text).encoding == core::SmsEncoding::ucs2) form.emplace_back("type", "unicode");
    if (message.valid_for) form.emplace_back("ttl", std::to_string(ttl(*message.valid_for)));
    if (!callback_.empty()) form.emplace_back("callback", callback_);
    form.emplace_back("client-ref", std::to_string(message.token));  // of at most 40 characters

    http::Request request;
    request.url = origin_ + "/sms/json";
    request.headers = {{"Accept", "application/json"}, {"Content-Type", "application/x-www-form-urlencoded"}};
    request.body = http::encode_form(form);
    return request;
  }

  // The HTTP status is 200 whatever happened; each part of the message says for itself. (A redirect is no answer.)
  http::Verdict judge(const Message&, const http::Answer& answer) const override {
    const bool is_answer = answer.status >= 200 && (answer.status < 300 || answer.status >= 400);
    const auto parts = is_answer ? read_parts(http::parse_object(answer.body)) : std::nullopt;
    if (!parts) {
      const auto ruling = http::ruling_of_status(answer.status);
      return http::make_verdict(ruling, reply(answer.status, fmt::format("HTTP status {}", answer.status)),
                                http::wait_after({}, answer));
    }
    if (parts->ruling == Ruling::accept && !takes_as_id(parts->first_id)) {
      return http::make_verdict(Ruling::uncertain, reply(0, "the answer has no usable message-id"));
    }
    const auto wait = parts->ruling == Ruling::pause ? vonage_pause : std::chrono::seconds{0};
    return http::make_verdict(parts->ruling, reply(parts->status, parts->words), http::wait_after(wait, answer),
                              parts->first_id);
  }

  std::vector<Check> checks() const override {
    http::Request request;
    request.method = http::Method::get;
    request.url = origin_ + "/account/get-balance";
    request.headers = {{"Accept", "application/json"}};
    request.basic_user = key_;
    request.basic_password = secret_;
    return {{"Vonage API key and secret", std::move(request)}};
  }
  std::string judge_check(const Check&, const http::Answer& answer) const override {
    const auto body = http::parse_object(answer.body);
    const auto& balance = http::member(body, "value");
    if (answer.status != 200)
      return fmt::format("Vonage refuses the API key or its secret: HTTP status {}", answer.status);
    if (!balance.is_number()) return "the answer is not Vonage's";
    return balance.get<double>() > 0 ? std::string{} : "the Vonage account has no credit";
  }

 private:
  static std::int64_t ttl(std::chrono::seconds valid_for) {
    const auto longest = std::chrono::seconds{longest_ttl / 1000};
    return std::clamp<std::int64_t>(std::min(valid_for, longest).count() * 1000, shortest_ttl, longest_ttl);
  }

  bool takes_as_id(std::string_view id) const {
    return discretion_.takes_as_id(id) && encoded_discretion_.takes_as_id(id);
  }
  Reply reply(int code, std::string_view words) const {
    return discretion_.reply(code, encoded_discretion_.words(words));
  }

  std::string origin_, key_;
  core::Secret secret_;
  std::string from_, callback_;
  http::Discretion discretion_, encoded_discretion_;
};

}  // namespace

std::unique_ptr<http::Provider> make_vonage_provider(const core::SmsAccount& account, core::Secret password) {
  return std::make_unique<VonageProvider>(account, std::move(password));
}

}  // namespace egarage::channels::sms
