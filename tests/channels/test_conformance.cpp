// What every provider over HTTP must make of every answer, whatever its language: the promises that delivery builds on.
#include <algorithm>

#include "channels/credential_echo.hpp"
#include "channels/http/form.hpp"
#include "core/utf8.hpp"
#include "support/catch.hpp"
#include "support/http_subjects.hpp"

using namespace egarage;
using namespace egarage::channels;
using namespace egarage::tests;

namespace {

bool is_clean(const std::string& text) {
  return text.size() <= 500 && core::is_valid_utf8(text) && core::one_line(text) == text;
}

/// What is wrong with a verdict whatever was answered; empty when nothing is.
std::string fault_of(const http::Verdict& verdict) {
  const bool account_is_ok = verdict.standing.state == Standing::State::ok;
  if (std::holds_alternative<Returned>(verdict.outcome) == account_is_ok) {
    return "the message comes back untouched exactly when the account is to blame";
  }
  if (verdict.standing.retry_after.value_or(std::chrono::seconds{1}) < std::chrono::seconds{1})
    return "a negative wait";
  const auto& reply = std::visit([](const auto& outcome) -> const Reply& { return outcome.reply; }, verdict.outcome);
  if (!is_clean(reply.text) || !is_clean(reply.enhanced)) return "the reply is not one clean line of 500 octets";
  if (verdict.standing.reply && !is_clean(verdict.standing.reply->text)) return "the account's reason is no clean line";
  if (const auto* accepted = std::get_if<Accepted>(&verdict.outcome)) {
    if (accepted->provider_id.empty()) return "accepted without the provider's id";
    if (!is_clean(accepted->provider_id)) return "the id is not one clean line";
  }
  return {};
}

bool is(const http::Verdict& verdict, std::string_view name) { return name_of(verdict) == name; }

/// Bodies that hold no code of any provider and no id.
const std::vector<std::string> mute_bodies{"",
                                           " ",
                                           "<!doctype html><html><body>Bad gateway</body></html>",
                                           "{}",
                                           "[]",
                                           "null",
                                           "0",
                                           "\"x\"",
                                           "{\"a\":",
                                           "\xff\xfe",
                                           R"({"error":null})",
                                           R"({"error":"text"})",
                                           R"({"error":{"code":"x"}})",
                                           R"({"messages":[]})",
                                           R"({"messages":[{}]})",
                                           R"({"messages":{"id":1}})",
                                           R"({"sid":null})",
                                           R"({"sid":7})",
                                           R"({"sid":""})",
                                           R"({"id":{}})",
                                           R"({"code":null})"};

std::string many_wide_letters() {
  std::string text;
  for (int i = 0; i < 999; ++i) text += "ñ€🚗";
  return text;
}

}  // namespace

TEST_CASE("an answer without code and id is never an acceptance, and from 500 on nobody knows") {
  for (const auto& [name, provider, message, codes, error, taken] : http_subjects()) {
    for (int status = 100; status < 600; ++status) {
      for (const auto& body : mute_bodies) {
        const auto verdict = provider->judge(message, {status, body, std::nullopt});
        const auto said = name_of(verdict);
        std::string fault = fault_of(verdict);
        if (said == "accept") fault = "accepted";
        if ((status < 300 || status >= 500) && said != "uncertain") fault = "it may have been taken";
        if (status >= 300 && status < 400 && said != "block") fault = "a redirect is the operator's business";
        if (status == 429 && said != "pause") fault = "429 pauses the account";
        if (!fault.empty()) FAIL_CHECK(name << " " << status << " " << body << ": " << said << ": " << fault);
      }
    }
  }
  SUCCEED();
}

TEST_CASE("every error body at every status is exactly one outcome, and no acceptance") {
  const auto all = http_subjects();
  std::vector<std::string> bodies;
  for (const auto& other : all) bodies.push_back(other.error(other.codes.back(), "Something went wrong").dump());
  for (const auto& one : all) {
    for (int status = 100; status < 600; ++status) {
      for (const auto& body : bodies) {
        const auto verdict = one.provider->judge(one.message, {status, body, std::chrono::seconds{status}});
        const auto fault = is(verdict, "accept") ? "accepted" : fault_of(verdict);
        if (!fault.empty())
          FAIL_CHECK(one.name << " " << status << " " << body << ": " << name_of(verdict) << ": " << fault);
      }
    }
  }
  SUCCEED();
}

TEST_CASE("every listed code has one meaning whatever the status of the refusal, and means no acceptance") {
  for (const auto& [name, provider, message, codes, error, taken] : http_subjects()) {
    for (const int code : codes) {
      const auto body = error(code, name == "gateway" ? "" : "Something: went wrong").dump();
      for (const int status : {100, 200, 201, 204, 302, 304, 400, 401, 404, 422, 429, 500, 502, 503, 599}) {
        const auto verdict = provider->judge(message, {status, body, std::chrono::seconds{status}});
        std::string fault = fault_of(verdict);
        if (is(verdict, "accept")) fault = "accepted";
        if (!fault.empty())
          FAIL_CHECK(name << " " << status << " code " << code << ": " << name_of(verdict) << ": " << fault);
      }
      // The code decides, not the status of the refusal.
      const auto at_400 = name_of(provider->judge(message, {400, body, std::nullopt}));
      for (const int status : {401, 403, 404, 409, 422, 499}) {
        INFO(name << " code " << code << " status " << status);
        CHECK(name_of(provider->judge(message, {status, body, std::nullopt})) == at_400);
      }
    }
  }
}

TEST_CASE("a code that is not listed refuses below 500 and is uncertain from there on") {
  for (const auto& [name, provider, message, codes, error, taken] : http_subjects()) {
    if (name == "vonage" || name == "gateway") continue;  // theirs come with 200, and are a table of their own
    INFO(name);
    CHECK(is(provider->judge(message, {400, error(987654, "?").dump(), std::nullopt}), "reject"));
    CHECK(is(provider->judge(message, {500, error(987654, "?").dump(), std::nullopt}), "uncertain"));
  }
}

TEST_CASE("only a success with an id is an acceptance; a redirect with one is none") {
  for (const auto& [name, provider, message, codes, error, taken] : http_subjects()) {
    const auto body = taken("M-1").dump();
    for (int status = 100; status < 400; ++status) {
      INFO(name << " " << status);
      const auto verdict = provider->judge(message, {status, body, std::nullopt});
      CHECK(fault_of(verdict) == "");
      CHECK(is(verdict, "accept") == (status >= 200 && status < 300));
    }
  }
}

TEST_CASE("another provider's answer is never taken for an acceptance of this one") {
  const auto all = http_subjects();
  for (const auto& one : all) {
    for (const auto& other : all) {
      for (const int code : other.codes) {
        for (const int status : {200, 201, 302, 400, 500}) {
          const auto body = other.error(code, "x").dump();
          const auto verdict = one.provider->judge(one.message, {status, body, std::nullopt});
          if (!fault_of(verdict).empty() || is(verdict, "accept")) {
            FAIL_CHECK(one.name << " " << status << " " << body << ": " << name_of(verdict) << fault_of(verdict));
          }
        }
      }
    }
  }
  SUCCEED();
}

TEST_CASE("words of any length and content become one clean line") {
  const std::vector<std::string> words{std::string(100'000, 'x'), std::string(400, '\n') + "a\r\nb\tc",
                                       "\x1b[31mred\x1b[0m",      std::string("nul\0nul", 7),
                                       std::string(1000, '\x7f'), many_wide_letters()};
  for (const auto& [name, provider, message, codes, error, taken] : http_subjects()) {
    for (const auto& text : words) {
      for (const int status : {200, 400, 500}) {
        INFO(name << " " << status);
        CHECK(fault_of(provider->judge(message, {status, error(codes.back(), text).dump(), std::nullopt})) == "");
        CHECK(fault_of(provider->judge(message, {status, taken(text).dump(), std::nullopt})) == "");
      }
    }
  }
}

TEST_CASE("a secret that an answer repeats is kept in no form") {
  const auto quoted = json(canary).dump();
  const auto in_json = quoted.substr(1, quoted.size() - 2);
  for (const auto& [name, provider, message, codes, error, taken] : http_subjects()) {
    std::vector<std::string> shapes{canary, http::percent_encode(canary), in_json};
    if (name.starts_with("twilio")) shapes.push_back(basic_credentials(sid, core::Secret{canary}).reveal());
    if (name == "vonage" || name == "gateway") shapes.push_back(basic_credentials(user, core::Secret{canary}).reveal());
    for (const auto& shape : shapes) {
      for (const int code : {codes.front(), codes[codes.size() / 2], codes.back(), 999'999}) {
        for (const int status : {200, 201, 302, 400, 401, 500}) {
          for (const auto& body :
               {error(code, "you said " + shape).dump(), error(code, shape).dump(), taken(shape).dump(),
                taken("id " + shape + " x").dump(), shape, json{{"error", shape}, {"messages", shape}}.dump()}) {
            const auto texts = texts_of(provider->judge(message, {status, body, std::nullopt}));
            for (const auto& form : shapes) {
              if (texts.find(form) != std::string::npos)
                FAIL_CHECK(name << " " << status << " " << body << ": " << texts);
            }
          }
        }
      }
    }
  }
  SUCCEED();
}
