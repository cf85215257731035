#include <string>
#include <vector>

#include "config/configuration_file.hpp"
#include "support/catch.hpp"

using namespace egarage;
using test::complaint;

namespace {

const std::string sms = "[store]\npath = \"s.db\"\n[platform.sms]\n";
const std::string account_sid = "account_sid = \"AC0123456789abcdef0123456789ABCDEF\"\n";
const std::string twilio = sms + account_sid + "auth_token = \"env:T\"\n";
const std::string http = sms + "transport = \"http\"\n";
const std::string gateway = http + "[platform.sms.gateway]\nurl = \"https://sms.example/v1\"\n";
const std::string to_text = R"(body = '{"to":"{{to}}","text":"{{text}}"}')"
                            "\n";
const std::string good_gateway = gateway + to_text + "id_pointer = \"/id\"\n";

struct Row {
  std::string text, begins, hint_has;
};

core::SmsAccount account(const std::string& text) {
  const test::TemporaryFolder folder;
  return config::load(test::write(folder, text)).platform.accounts.sms.value();
}

}  // namespace

TEST_CASE("a bad SMS account is refused with its line, a sentence and what to do") {
  const std::vector<Row> rows{
      {sms, "3: [platform.sms] has no account_sid", "AC"},
      {sms + "transport = \"smtp\"\n", "4: [platform.sms] transport cannot be \"smtp\"", "twilio, vonage, http, file"},
      {sms + "acount_sid = \"x\"\n", "4: [platform.sms] acount_sid is not a known key", "\"account_sid\""},
      {sms + "account_sid = \"AC123\"\n", "4: [platform.sms] account_sid cannot be", "console"},
      {sms + "account_sid = \"MG0123456789abcdef0123456789abcdef\"\n", "4: [platform.sms] account_sid cannot be", ""},
      {sms + "messaging_service = \"MG0123456789abcdef0123456789abcdeg\"\n",
       "4: [platform.sms] messaging_service cannot be", ""},
      {sms + "from = \"\"\n", "4: [platform.sms] from is empty", ""},
      {sms + "from = \"Taller del Sur\"\n", "4: [platform.sms] from is not a sender", "11 letters"},
      {sms + "from = \"12\"\n", "4: [platform.sms] from is not a sender", ""},
      {sms + "from = \"+0221234567\"\n", "4: [platform.sms] from is not a sender", ""},
      {sms + "from = \"ñandú\"\n", "4: [platform.sms] from is not a sender", ""},
      {twilio, "3: [platform.sms] has no sender", "messaging_service"},
      {twilio + "from = \"+56221234567\"\nmessaging_service = \"MG0123456789abcdef0123456789abcdef\"\n",
       "3: [platform.sms] has two senders", "either"},
      {sms + account_sid + "from = \"Taller\"\n", "3: [platform.sms] has no auth_token", "env:"},
      {twilio + "from = \"Taller\"\napi_key = \"abc\"\n", "7: [platform.sms] api_key cannot be", ""},
      {twilio + "from = \"Taller\"\nuser = \"abc\"\n", "7: [platform.sms] user cannot be", ""},
      {twilio + "password = \"env:U\"\n", "6: [platform.sms] password says again", "one of password"},
      {twilio + "api_key = \"a\"\nuser = \"b\"\n", "7: [platform.sms] user says again", "one of user"},
      {sms + "status_callback = \"http://h.example/s\"\n", "4: [platform.sms] status_callback is not an https link",
       ""},
      {sms + "status_callback = \"/s\"\n", "4: [platform.sms] status_callback is not an https link", ""},
      {sms + "status_callback = \"https://my_host.example/s\"\n",
       "4: [platform.sms] status_callback has a \"_\" in its host", "without"},
      {sms + "url = \"https://h.example/v1\"\n", "4: [platform.sms] url is not the address of an API", ""},
      {sms + "url = \"http://h.example\"\n", "4: [platform.sms] url is not https", "https"},
      {sms + "url = \"http://127.0.0.1.evil.example\"\n", "4: [platform.sms] url is not https", "https"},
      {sms + "url = \"https://user:pw@h.example\"\n", "4: [platform.sms] url is not the address of an API", ""},
      {sms + "url = \"ftp://h.example\"\n", "4: [platform.sms] url is not the address of an API", ""},
      {sms + "url = \"https://\"\n", "4: [platform.sms] url is not the address of an API", ""},
      {sms + "url = \"https://h.example:port\"\n", "4: [platform.sms] url is not the address of an API", ""},
      {sms + "ca_file = \"gone.pem\"\n", "4: [platform.sms] ca_file names a file that is not there", "PEM"},
      {sms + "alphabet = \"ascii\"\n", "4: [platform.sms] alphabet cannot be \"ascii\"", "transliterate, as-written"},
      {sms + "transport = \"vonage\"\nfrom = \"Taller\"\n", "3: [platform.sms] lacks its credentials", "api_secret"},
      {sms + "transport = \"vonage\"\napi_key = \"a\"\napi_secret = \"env:S\"\n", "3: [platform.sms] has no from", ""},
      {sms + "transport = \"vonage\"\nauth_token = \"env:S\"\n", "5: [platform.sms] auth_token is no key of",
       "transport"},
      {twilio + "from = \"Taller\"\n[platform.sms.gateway]\nurl = \"https://h.example\"\n" + to_text +
           "id_pointer = \"/id\"\n",
       "7: [platform.sms.gateway] is no key of", "transport"},
      {http, "3: [platform.sms] has no gateway", "docs/operating.md"},
  };
  for (const auto& row : rows) {
    INFO(row.text);
    const auto said = complaint(row.text);
    INFO(said);
    CHECK(said.rfind(row.begins, 0) == 0);
    CHECK(said.find(row.hint_has, said.find(" | ")) != std::string::npos);
  }
}

TEST_CASE("a gateway that cannot work is refused with its line, a sentence and what to do") {
  const std::string here = "[platform.sms.gateway] ";
  const std::vector<Row> rows{
      {http + "[platform.sms.gateway]\n", "5: " + here + "has no url", "https"},
      {http + "[platform.sms.gateway]\nurl = \"http://sms.example/\"\n", "6: " + here + "url is not https", "https"},
      {gateway, "5: " + here + "has no body", "{{to}}"},
      {gateway + "body = 'x={{tex}}'\n", "7: " + here + "body has a place that cannot be filled: {{tex}}", "{{text}}"},
      {gateway + "body = '{\"text\":\"{{text}}\"}'\n", "7: " + here + "body has no {{to}}", "to whom"},
      {gateway + "body = '{\"to\":\"{{to}}\"}'\n", "7: " + here + "body has no {{text}}", ""},
      {gateway + "body = '{\"to\":{{to}},\"text\":\"{{text}}\"}'\n", "7: " + here + "body is not JSON",
       "double quotes"},
      {gateway + "body = 'to={{to}}&text={{text}}'\n", "7: " + here + "body is not JSON", "form"},
      {gateway + to_text, "5: " + here + "has no id_pointer", "nothing proves"},
      {gateway + "id_pointer = \"id\"\n", "7: " + here + "id_pointer is no JSON pointer", "/messages/0/id"},
      {gateway + "code_pointer = \"/a~2\"\n", "7: " + here + "code_pointer is no JSON pointer", "6901"},
      {gateway + "method = \"DELETE\"\n", "7: " + here + "method cannot be \"DELETE\"", "POST"},
      {good_gateway + "method = \"GET\"\n", "7: " + here + "body becomes the query of a GET", "form"},
      {gateway + "method = \"GET\"\nencoding = \"form\"\nbody = 't={{to}}&x={{text}}&p={{password}}'\n",
       "9: " + here + "body would put the password into a URL", "header"},
      {good_gateway + "headers = { \"X Y\" = \"a\" }\n", "9: [platform.sms.gateway.headers] X Y is not the name", ""},
      {good_gateway + "headers = { Content-Type = \"a\" }\n",
       "9: [platform.sms.gateway.headers] Content-Type is a header", "encoding"},
      {good_gateway + "headers = { X = \"{{text}}\" }\n", "9: [platform.sms.gateway.headers] X has a place that cannot",
       "id, user, password"},
      {good_gateway + "headers = { authorization = \"Bearer abc\" }\n",
       "9: [platform.sms.gateway.headers] authorization holds credentials in clear", "{{password}}"},
      {good_gateway + "headers = { X = \"{{password}}\" }\n", "3: [platform.sms] has no password", "env:"},
      {good_gateway + "headers = { X = \"{{user}}\" }\n", "3: [platform.sms] has no user", ""},
      {gateway + R"(body = '{"to":"{{to}}","text":"{{text}}","f":"{{from}}"}')" + "\nid_pointer = \"/id\"\n",
       "3: [platform.sms] has no from", ""},
      {good_gateway + "success_pointer = \"/ok\"\n", "5: " + here + "needs both success_pointer", ""},
      {good_gateway + "codes = { \"1\" = \"retry\" }\n", "5: " + here + "needs both code_pointer", ""},
      {good_gateway + "codes = { \"1\" = \"again\" }\n", "9: [platform.sms.gateway.codes] 1 cannot be \"again\"",
       "bad-address"},
      {good_gateway + "first_status = 300\nlast_status = 299\n", "9: " + here + "first_status is above", ""},
      {good_gateway + "first_status = 99\n", "9: " + here + "first_status is out of range", ""},
      {good_gateway + "longest = 0\n", "9: " + here + "longest is out of range", ""},
      {good_gateway + "idempotency_header = \"a b\"\n", "9: " + here + "idempotency_header is not the name", ""},
      {good_gateway + "pasword = \"x\"\n", "9: " + here + "pasword is not a known key", ""},
  };
  for (const auto& row : rows) {
    INFO(row.text);
    const auto said = complaint(row.text);
    INFO(said);
    CHECK(said.rfind(row.begins, 0) == 0);
    CHECK(said.find(row.hint_has, said.find(" | ")) != std::string::npos);
  }
}

TEST_CASE("a good SMS account comes back as it was written") {
  const auto ours = account(twilio +
                            "from = \"+56221234567\"\nstatus_callback = \"https://h.example/sms?x=1\"\n"
                            "url = \"http://127.0.0.1:8080\"\nalphabet = \"as-written\"\npace = { per_second = 2.5 }\n"
                            "api_key = \"SK0123456789abcdef0123456789abcdef\"\n");
  CHECK(ours.transport == "twilio");
  CHECK(ours.pace.per_second == 2.5);
  CHECK(ours.account_sid == "AC0123456789abcdef0123456789ABCDEF");
  CHECK(ours.user == "SK0123456789abcdef0123456789abcdef");
  CHECK(ours.password.text == "env:T");
  CHECK(ours.from == "+56221234567");
  CHECK(ours.status_callback == "https://h.example/sms?x=1");
  CHECK(ours.url == "http://127.0.0.1:8080");
  CHECK(ours.alphabet == core::SmsAlphabet::as_written);

  const auto vonage =
      account(sms + "transport = \"vonage\"\napi_key = \"k\"\napi_secret = \"file:s\"\nfrom = \"Taller\"\n");
  CHECK(vonage.user == "k");
  CHECK(vonage.password.text.ends_with("/s"));
  CHECK(account(sms + "transport = \"file\"\n").from.empty());
  for (const auto* from : {"+56221234567", "12345", "Taller Sur", "E-Garage", "A1"}) {
    CHECK(account(twilio + "from = \"" + from + "\"\n").from == from);
  }
}

TEST_CASE("a good gateway comes back as it was written") {
  const auto gateway = account(http + R"(user = "taller"
password = "env:S"
from = "Taller"
[platform.sms.gateway]
method = "PUT"
url = "https://sms.example:8443/v1/send?x=1"
headers = { Authorization = "Basic {{user}}:{{password}}", X-Client = "egarage" }
encoding = "form"
body = 'to={{to}}&from={{from}}&text={{ text }}&ref={{id}}'
first_status = 201
last_status = 202
success_pointer = "/status"
success_equals = "ok"
id_pointer = "/messages/0/id"
code_pointer = "/error~1code"
codes = { "17" = "pause", STOP = "opt-out" }
idempotency_header = "Idempotency-Key"
plus = false
longest = 480
)")
                           .gateway;
  const core::HttpGateway expected{
      .method = "PUT",
      .url = "https://sms.example:8443/v1/send?x=1",
      .headers = {{"Authorization", "Basic {{user}}:{{password}}"}, {"X-Client", "egarage"}},
      .encoding = core::GatewayEncoding::form,
      .body = "to={{to}}&from={{from}}&text={{ text }}&ref={{id}}",
      .first_status = 201,
      .last_status = 202,
      .success_pointer = "/status",
      .success_equals = "ok",
      .id_pointer = "/messages/0/id",
      .code_pointer = "/error~1code",
      .codes = {{"17", core::GatewayClass::pause}, {"STOP", core::GatewayClass::opt_out}},
      .idempotency_header = "Idempotency-Key",
      .plus = false,
      .longest = 480};
  CHECK(gateway == expected);
}

TEST_CASE("a company has its own SMS account") {
  const test::TemporaryFolder folder;
  const auto file = test::write(folder, "[store]\npath = \"s.db\"\n[[company]]\nslug = \"sur\"\n[company.sms]\n" +
                                            account_sid + "auth_token = \"env:T\"\nfrom = \"Taller\"\n");
  CHECK(config::load(file).companies.at(0).accounts.sms.value().from == "Taller");
}

TEST_CASE("no error repeats a token") {
  for (const auto* line : {"auth_token = \"canary7\"\npassword = \"canary8\"\n", "api_secret = \"canary\\n7\"\n"}) {
    CHECK(complaint(sms + line).find("canary") == std::string::npos);
  }
}
