#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <string>

#include "channels/http/provider.hpp"

namespace egarage::test {

/// A provider of the simplest kind: POST {"to", "text"} to /messages, answered by {"id"}.
struct PlainProvider : channels::http::Provider {
  explicit PlainProvider(std::string base_url) : base(std::move(base_url)) {}

  std::variant<channels::http::Request, channels::Outcome> request(const channels::Message& message) const override {
    if (message.text.empty()) {
      return channels::Rejected{{channels::Phase::request, 0, {}, "nothing to say"}, {}};
    }
    channels::http::Request request;
    request.method = method;
    request.url = base + "/messages";
    request.headers = {{"Content-Type", "application/json"}};
    request.bearer = token;
    if (has_body) request.body = nlohmann::json{{"to", message.recipient}, {"text", message.text}}.dump();
    if (change) change(request);
    return request;
  }

  channels::http::Verdict judge(const channels::Message&, const channels::http::Answer& answer) const override {
    using enum channels::Standing::State;
    const auto json = nlohmann::json::parse(answer.body, nullptr, false);
    const channels::Reply reply{channels::Phase::answer, answer.status, {}, answer.body.substr(0, 500)};
    if (answer.status / 100 == 2 && json.is_object() && json.contains("id")) {
      return {channels::Accepted{{channels::Phase::answer, answer.status, {}, {}}, json["id"]}, {}};
    }
    switch (answer.status) {
      case 400:
        return {channels::Rejected{reply, {}}, {}};
      case 401:
        return {channels::Returned{reply}, {blocked, reply, {}}};
      case 429:
        return {channels::Returned{reply}, {paused, reply, answer.retry_after}};
      case 503:
        return {channels::Deferred{reply, answer.retry_after, {}}, {}};
      default:
        return {channels::Uncertain{reply}, {}};
    }
  }

  std::optional<channels::http::Request> lookup_request(const channels::Lookup& lookup) const override {
    channels::http::Request request;
    request.method = channels::http::Method::get;
    request.url = base + "/messages?to=" + lookup.message.recipient;
    request.bearer = token;
    return request;
  }

  std::optional<channels::http::LookupPage> read_lookup(const channels::Lookup&,
                                                        const channels::http::Answer& answer) const override {
    const auto json = nlohmann::json::parse(answer.body, nullptr, false);
    if (!json.is_object() || !json.contains("ids")) return std::nullopt;
    channels::http::LookupPage page{json["ids"], std::nullopt};
    if (json.contains("next")) page.next = json["next"].get<std::string>();
    return page;
  }

  std::string base;
  core::Secret token{"canary-token-7f3a"};
  channels::http::Method method = channels::http::Method::post;
  bool has_body = true;
  std::function<void(channels::http::Request&)> change;
};

}  // namespace egarage::test
