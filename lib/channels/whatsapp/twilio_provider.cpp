#include "channels/whatsapp/twilio_provider.hpp"

#include <fmt/format.h>

#include "channels/twilio/api.hpp"
#include "channels/whatsapp/fault.hpp"
#include "channels/whatsapp/twilio_form.hpp"

namespace egarage::channels::whatsapp {

namespace {

/// twilio.com/docs/messaging/api/message-resource, Body.
constexpr std::size_t longest_body = 1600;

class TwilioProvider final : public http::Provider {
 public:
  TwilioProvider(const core::WhatsappAccount& account, core::Secret password)
      : account_(account),
        api_({.origin = account.url,
              .account_sid = account.account_sid,
              .user = account.user,
              .password = std::move(password)}) {}

  std::variant<http::Request, Outcome> request(const Message& message) const override {
    if (auto fault = fault_before_sending(message, longest_body)) return *std::move(fault);
    if (message.whatsapp && message.whatsapp->content_sid.empty()) {
      return TemplateRefused{http::refusal_before_sending(
          fmt::format("the template {} has no content_sid in {}", message.whatsapp->name, message.whatsapp->language))};
    }
    return api_.create(twilio_form(account_, message));
  }

  http::Verdict judge(const Message& message, const http::Answer& answer) const override {
    auto verdict = api_.judge(answer);
    if (const auto* deferred = std::get_if<Deferred>(&verdict.outcome);
        deferred && deferred->scope == Deferred::Scope::window && message.whatsapp) {
      // An approved template needs no open window: sending it once more would end the same way.
      return {Rejected{deferred->reply, Rejected::Reason::message}, verdict.standing};
    }
    return verdict;
  }

  std::optional<http::Request> lookup_request(const Lookup& lookup) const override {
    if (lookup.message.whatsapp) return std::nullopt;
    return api_.list(twilio_address(lookup.message.recipient));
  }

  std::optional<http::LookupPage> read_lookup(const Lookup& lookup, const http::Answer& answer) const override {
    const auto to = twilio_address(lookup.message.recipient);
    return api_.read_list({to, lookup.message.text}, lookup, answer);
  }

  std::vector<Check> checks() const override { return api_.checks(); }
  std::string judge_check(const Check&, const http::Answer& answer) const override { return api_.judge_check(answer); }

 private:
  core::WhatsappAccount account_;
  twilio::Api api_;
};

}  // namespace

std::unique_ptr<http::Provider> make_twilio_whatsapp_provider(const core::WhatsappAccount& account,
                                                              core::Secret password) {
  return std::make_unique<TwilioProvider>(account, std::move(password));
}

}  // namespace egarage::channels::whatsapp
