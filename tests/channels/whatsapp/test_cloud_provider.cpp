#include "channels/whatsapp/cloud_provider.hpp"

#include <nlohmann/json.hpp>

#include "support/catch.hpp"

using namespace egarage;
using namespace egarage::channels;
using nlohmann::json;

namespace {

core::WhatsappAccount account() {
  core::WhatsappAccount account;
  account.phone_number_id = "106540352242922";
  return account;
}

std::unique_ptr<http::Provider> provider(const core::WhatsappAccount& account) {
  return whatsapp::make_cloud_provider(account, core::Secret{"EAAGcanary"}, {{"aviso", "es_CL"}, {"pago", "en"}});
}

Message message() {
  Message message;
  message.token = 5;
  message.recipient = "+56912345678";
  message.text = "Hola";
  return message;
}

std::string judge(std::size_t check, int status, const json& body) {
  auto with_business = account();
  with_business.business_account_id = "102290129340398";
  const auto meta = provider(with_business);
  return meta->judge_check(meta->checks().at(check), {status, body.dump(), {}});
}

}  // namespace

TEST_CASE("a message is posted to the number's id, in the version of the account") {
  const auto made = provider(account())->request(message());
  const auto& request = std::get<http::Request>(made);
  CHECK(request.method == http::Method::post);
  CHECK(request.url == "https://graph.facebook.com/v25.0/106540352242922/messages");
  CHECK(request.bearer.reveal() == "EAAGcanary");
  CHECK(request.headers == std::vector<std::pair<std::string, std::string>>{{"Content-Type", "application/json"}});
  CHECK(json::parse(request.body).at("biz_opaque_callback_data") == "5");
  CHECK_FALSE(request.basic_user);

  auto elsewhere = account();
  elsewhere.url = "https://127.0.0.1:8443";
  elsewhere.api_version = "v23.0";
  CHECK(std::get<http::Request>(provider(elsewhere)->request(message())).url ==
        "https://127.0.0.1:8443/v23.0/106540352242922/messages");
}

TEST_CASE("a message with a fault makes no request, and nothing can be looked up") {
  auto bad = message();
  bad.recipient = "912345678";
  CHECK(std::holds_alternative<Rejected>(std::get<Outcome>(provider(account())->request(bad))));
  CHECK_FALSE(provider(account())->lookup_request({}));
}

TEST_CASE("number and token are proved by asking for the number") {
  CHECK(provider(account())->checks().size() == 1);
  const auto check = provider(account())->checks().at(0);
  CHECK(check.request.method == http::Method::get);
  CHECK(check.request.url ==
        "https://graph.facebook.com/v25.0/106540352242922?fields=display_phone_number,verified_name,quality_rating,"
        "throughput");
  CHECK(check.request.bearer.reveal() == "EAAGcanary");
  const json good{
      {"display_phone_number", "+1 555-078-3881"}, {"verified_name", "Taller"}, {"quality_rating", "GREEN"}};
  CHECK(judge(0, 200, good).empty());
  auto red = good;
  red["quality_rating"] = "RED";
  CHECK(judge(0, 200, red).find("RED") != std::string::npos);
  CHECK(judge(0, 200, {{"id", "1"}}) == "phone_number_id names no WhatsApp number");
  const json expired{{"error", {{"code", 190}, {"message", "Session has expired"}, {"fbtrace_id", "A1"}}}};
  CHECK(judge(0, 401, expired) == "Meta says 190 Session has expired (fbtrace_id A1)");
  CHECK(judge(0, 502, "<html>") == "HTTP status 502, and the answer is not Meta's");
  const json echo{{"error", {{"code", 190}, {"message", "bad EAAGcanary"}}}};
  CHECK(judge(0, 401, echo).find("canary") == std::string::npos);
}

TEST_CASE("every template that messages are made of must be approved in its language") {
  auto with_business = account();
  with_business.business_account_id = "102290129340398";
  CHECK(provider(with_business)->checks().at(1).request.url ==
        "https://graph.facebook.com/v25.0/102290129340398/message_templates?fields=name,language,status&limit=1000");
  const auto row = [](const char* name, const char* language, const char* status) {
    return json{{"name", name}, {"language", language}, {"status", status}};
  };
  const auto aviso = row("aviso", "es_CL", "APPROVED");
  CHECK(judge(1, 200, {{"data", {aviso, row("pago", "en", "APPROVED"), row("x", "es", "REJECTED")}}}).empty());
  CHECK(judge(1, 200, {{"data", {aviso, row("pago", "en_US", "APPROVED")}}}) ==
        "templates that are not approved: pago in en (missing)");
  CHECK(judge(1, 200, {{"data", {row("aviso", "es_CL", "PAUSED"), row("pago", "en", "PENDING")}}}) ==
        "templates that are not approved: aviso in es_CL (PAUSED), pago in en (PENDING)");
  CHECK(judge(1, 200, {{"data", {aviso}}, {"paging", {{"next", "https://graph.facebook.com/…"}}}}) ==
        "templates that are not approved: pago in en (not among the first of a long list)");
  CHECK(judge(1, 200, json::object()) == "HTTP status 200, and the answer is not Meta's");
  CHECK(judge(1, 400, {{"error", {{"code", 100}, {"message", "No such field"}}}}) == "Meta says 100 No such field");
}
