#include "channels/whatsapp/cloud_provider.hpp"

#include <fmt/format.h>

#include "channels/whatsapp/cloud_checks.hpp"
#include "channels/whatsapp/cloud_classify.hpp"
#include "channels/whatsapp/cloud_payload.hpp"
#include "channels/whatsapp/fault.hpp"

namespace egarage::channels::whatsapp {

namespace {

constexpr std::string_view number_check = "phone number id and token", template_check = "approved templates";

class CloudProvider final : public http::Provider {
 public:
  CloudProvider(const core::WhatsappAccount& account, core::Secret token,
                std::vector<core::WhatsappTemplateName> needed)
      : base_(fmt::format("{}/{}", account.url.empty() ? "https://graph.facebook.com" : account.url,
                          account.api_version)),
        number_(account.phone_number_id),
        business_account_(account.business_account_id),
        token_(std::move(token)),
        needed_(std::move(needed)),
        discretion_({}, token_) {}

  std::variant<http::Request, Outcome> request(const Message& message) const override {
    if (auto fault = fault_before_sending(message)) return *std::move(fault);
    auto request = signed_request(http::Method::post, fmt::format("/{}/messages", number_));
    request.headers = {{"Content-Type", "application/json"}};
    request.body = cloud_payload(message);
    return request;
  }

  http::Verdict judge(const Message& message, const http::Answer& answer) const override {
    return classify_cloud(message, answer, discretion_);
  }

  std::vector<Check> checks() const override {
    std::vector<Check> checks{
        {std::string(number_check),
         signed_request(
             http::Method::get,
             fmt::format("/{}?fields=display_phone_number,verified_name,quality_rating,throughput", number_))}};
    if (!business_account_.empty()) {
      checks.push_back(
          {std::string(template_check),
           signed_request(http::Method::get, fmt::format("/{}/message_templates?fields=name,language,status&limit=1000",
                                                         business_account_))});
    }
    return checks;
  }

  std::string judge_check(const Check& check, const http::Answer& answer) const override {
    return check.what == template_check ? judge_templates(needed_, answer, discretion_)
                                        : judge_number(answer, discretion_);
  }

 private:
  http::Request signed_request(http::Method method, const std::string& path) const {
    http::Request request;
    request.method = method;
    request.url = base_ + path;
    request.bearer = token_;
    return request;
  }

  std::string base_, number_, business_account_;
  core::Secret token_;
  std::vector<core::WhatsappTemplateName> needed_;
  http::Discretion discretion_;
};

}  // namespace

std::unique_ptr<http::Provider> make_cloud_provider(const core::WhatsappAccount& account, core::Secret token,
                                                    std::vector<core::WhatsappTemplateName> needed) {
  return std::make_unique<CloudProvider>(account, std::move(token), std::move(needed));
}

}  // namespace egarage::channels::whatsapp
