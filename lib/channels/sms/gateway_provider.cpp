#include <fmt/format.h>

#include <algorithm>

#include "channels/http/discretion.hpp"
#include "channels/http/form.hpp"
#include "channels/sms/gateway_answer.hpp"
#include "channels/sms/gateway_body.hpp"
#include "channels/sms/providers.hpp"
#include "core/places.hpp"
#include "core/utf8.hpp"

namespace egarage::channels::sms {
namespace {

/// What is kept of a gateway's code: some put a sentence there.
constexpr std::size_t longest_code = 100, longest_id = 200;

http::Method method_of(const std::string& name) {
  if (name == "GET") return http::Method::get;
  return name == "PUT" ? http::Method::put : http::Method::post;
}

/// A header's value ends with its line: a password that holds a line break must not begin another header.
std::string one_header_line(std::string value) {
  std::erase_if(value, [](unsigned char c) { return c < 0x20 || c == 0x7F; });
  return value;
}

/// The forms in which a password leaves in a body or a header.
std::vector<http::Discretion> discretions(const std::string& user, const core::Secret& password) {
  const auto in_json = nlohmann::json(password.reveal()).dump(-1, ' ', true, nlohmann::json::error_handler_t::replace);
  std::vector<http::Discretion> all{{user, password}};
  all.emplace_back("", core::Secret{http::percent_encode(password.reveal())});
  all.emplace_back("", core::Secret{in_json.substr(1, in_json.size() - 2)});
  return all;
}

class GatewayProvider final : public http::Provider {
 public:
  GatewayProvider(const core::SmsAccount& account, core::Secret password)
      : gateway_(account.gateway),
        from_(account.from),
        user_(account.user),
        password_(std::move(password)),
        body_(gateway_.encoding, gateway_.body),
        reader_(gateway_),
        discretions_(discretions(user_, password_)) {}

  std::variant<http::Request, Outcome> request(const Message& message) const override {
    const auto length = core::count_code_points(message.text);
    if (length == 0 || length > gateway_.longest) {
      return Rejected{http::refusal_before_sending(
          fmt::format("{} characters; this gateway takes 1 to {}", length, gateway_.longest))};
    }
    http::Request request;
    request.method = method_of(gateway_.method);
    request.url = gateway_.url;
    add_headers(message, request);
    auto body = body_.fill([&](std::string_view place) { return value_of(place, message); });
    if (request.method == http::Method::get) {
      request.url += (request.url.find('?') == std::string::npos ? '?' : '&') + body;
    } else {
      request.body = std::move(body);
    }
    return request;
  }

  http::Verdict judge(const Message&, const http::Answer& answer) const override {
    auto [ruling, code, id] = reader_.read(answer);
    if (ruling == http::Ruling::accept && discreet(id, longest_id) != id) {
      return http::make_verdict(http::Ruling::uncertain, reply(answer.status, "what id_pointer points to is no id"));
    }
    auto words = fmt::format("HTTP status {}", answer.status);
    if (!code.empty()) words += fmt::format(", code {}", discreet(code, longest_code));
    return http::make_verdict(ruling, reply(answer.status, words), http::wait_after({}, answer), std::move(id));
  }

  /// Without credentials, text or query, so that nothing can come of it; any answer shows that the way there is open.
  std::vector<Check> checks() const override {
    http::Request request;
    request.method = http::Method::head;
    request.url = gateway_.url.substr(0, gateway_.url.find('?'));
    return {{"DNS, TLS and an answer; the login is not asked", std::move(request)}};
  }

 private:
  std::optional<std::string> value_of(std::string_view place, const Message& message) const {
    if (place == "to") return message.recipient.substr(!gateway_.plus && message.recipient.starts_with('+') ? 1 : 0);
    if (place == "from") return from_;
    if (place == "text") return message.text;
    if (place == "id") return message.id;
    if (place == "user") return user_;
    if (place == "password") return password_.reveal();
    return std::nullopt;
  }

  void add_headers(const Message& message, http::Request& request) const {
    const bool form = gateway_.encoding == core::GatewayEncoding::form;
    if (request.method != http::Method::get) {
      request.headers.emplace_back("Content-Type", form ? "application/x-www-form-urlencoded" : "application/json");
    }
    if (!gateway_.idempotency_header.empty() && !message.id.empty()) {
      request.headers.emplace_back(gateway_.idempotency_header, one_header_line(message.id));
    }
    for (const auto& [name, text] : gateway_.headers) {
      if (text == "Basic {{user}}:{{password}}") {  // RFC 7617: the sender encodes the pair
        request.basic_user = user_;
        request.basic_password = password_;
        continue;
      }
      bool secret = false;
      auto value = core::fill_places(text, [&](std::string_view place) -> std::optional<std::string> {
        if (std::ranges::find(core::gateway_header_places, place) == core::gateway_header_places.end()) return {};
        secret |= place == "password";
        return value_of(place, message);
      });
      value = one_header_line(std::move(value));
      if (secret) {
        request.secret_headers.emplace_back(name, core::Secret{std::move(value)});
      } else {
        request.headers.emplace_back(name, std::move(value));
      }
    }
  }

  std::string discreet(std::string_view words, std::size_t longest) const {
    std::string kept(words);
    for (const auto& discretion : discretions_) kept = discretion.words(kept);
    return std::string(core::cut_utf8(kept, longest));
  }
  Reply reply(int status, std::string_view words) const { return discretions_.front().reply(status, words); }

  core::HttpGateway gateway_;
  std::string from_, user_;
  core::Secret password_;
  GatewayBody body_;
  GatewayReader reader_;
  std::vector<http::Discretion> discretions_;
};

}  // namespace

std::unique_ptr<http::Provider> make_gateway_provider(const core::SmsAccount& account, core::Secret password) {
  return std::make_unique<GatewayProvider>(account, std::move(password));
}

}  // namespace egarage::channels::sms
