#include <fmt/format.h>

#include "channels/sms/providers.hpp"
#include "channels/twilio/api.hpp"
#include "core/utf8.hpp"

namespace egarage::channels::sms {
namespace {

/// Characters of Body (twilio.com/docs/errors/21617).
constexpr std::size_t longest_text = 1600;

class TwilioProvider final : public http::Provider {
 public:
  TwilioProvider(const core::SmsAccount& account, core::Secret password)
      : api_({account.url, account.account_sid, account.user, std::move(password)}),
        from_{account.from, account.messaging_service, account.status_callback} {}

  std::variant<http::Request, Outcome> request(const Message& message) const override {
    const auto length = core::count_code_points(message.text);
    if (length == 0 || length > longest_text) {
      return Rejected{
          http::refusal_before_sending(fmt::format("{} characters; Twilio takes 1 to {}", length, longest_text))};
    }
    auto form = twilio::Api::envelope(message.recipient, from_, message);
    form.emplace_back("Body", message.text);
    return api_.create(form);
  }

  http::Verdict judge(const Message&, const http::Answer& answer) const override { return api_.judge(answer); }

  std::optional<http::Request> lookup_request(const Lookup& lookup) const override {
    return api_.list(lookup.message.recipient);
  }
  std::optional<http::LookupPage> read_lookup(const Lookup& lookup, const http::Answer& answer) const override {
    return api_.read_list({lookup.message.recipient, lookup.message.text}, lookup, answer);
  }

  std::vector<Check> checks() const override { return api_.checks(); }
  std::string judge_check(const Check&, const http::Answer& answer) const override { return api_.judge_check(answer); }

 private:
  twilio::Api api_;
  twilio::From from_;
};

}  // namespace

std::unique_ptr<http::Provider> make_twilio_provider(const core::SmsAccount& account, core::Secret password) {
  return std::make_unique<TwilioProvider>(account, std::move(password));
}

}  // namespace egarage::channels::sms
