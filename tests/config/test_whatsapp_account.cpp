#include <filesystem>
#include <string>
#include <vector>

#include "config/configuration.hpp"
#include "config/transports.hpp"
#include "core/error.hpp"
#include "core/platform/files.hpp"
#include "support/catch.hpp"
#include "support/temporary_folder.hpp"

using namespace egarage;
using core::Event;
using core::Language;

namespace {

const std::string company = "[store]\npath = \"s.db\"\n[[company]]\nslug = \"sur\"\n";
const std::string whatsapp = company + "[company.whatsapp]\n";
const std::string cloud = whatsapp + "phone_number_id = \"106540352242922\"\ntoken = \"env:T\"\n";
const std::string sid = "0123456789abcdef0123456789ABCDEF";
const std::string twilio =
    whatsapp + "transport = \"twilio\"\naccount_sid = \"AC" + sid + "\"\nauth_token = \"env:T\"\n";
const std::string sender = twilio + "from = \"+14155238886\"\n";
const std::string mapping = cloud + "[company.whatsapp.templates.PAGO_PENDIENTE]\nname = \"pago\"\n";

config::Configuration load(const std::string& text) {
  const test::TemporaryFolder folder;
  const auto file = folder.path() / "c.toml";
  core::platform::write_file_durably(file, text);
  return config::load(file);
}

core::WhatsappAccount account(const std::string& text) { return load(text).companies[0].accounts.whatsapp.value(); }

/// `LINE: sentence | hint`, or the empty string when the file is good.
std::string complaint(const std::string& text) {
  const test::TemporaryFolder folder;
  const auto file = folder.path() / "c.toml";
  core::platform::write_file_durably(file, text);
  try {
    config::load(file);
  } catch (const core::Error& error) {
    const std::string what = error.what();
    return what.substr(file.string().size() + 1) + " | " + error.hint();
  }
  return "";
}

}  // namespace

TEST_CASE("an account of the Cloud API needs the number's id and a token, and has Meta's pace") {
  const auto made = account(cloud);
  CHECK(made.transport == "cloud");
  CHECK(made.phone_number_id == "106540352242922");
  CHECK(made.password.text == "env:T");
  CHECK(made.api_version == "v25.0");
  CHECK(made.messages == core::WhatsappMessages::templates);
  CHECK(made.pace == core::Pace{80, std::nullopt, std::chrono::seconds{6}});
  CHECK(account(cloud + "pace = { per_second = 20 }\n").pace == core::Pace{20, std::nullopt, std::chrono::seconds{6}});
  CHECK(account(cloud + "pace = { per_day = 250 }\n").pace == core::Pace{80, 250, std::chrono::seconds{6}});
  CHECK(account(cloud + "messages = \"text-in-window\"\n").messages == core::WhatsappMessages::text_in_window);
  CHECK(account(whatsapp + "transport = \"file\"\n").pace == core::Pace{});
  CHECK(load("[store]\npath = \"s.db\"\n[platform.whatsapp]\nphone_number_id = \"1\"\ntoken = \"env:T\"\n")
            .platform.accounts.whatsapp->phone_number_id == "1");
}

TEST_CASE("an account at Twilio has an auth token or an API key, and a sender") {
  const auto made = account(sender + "status_callback = \"https://sur.example/twilio?a=1\"\n");
  CHECK(made.account_sid == "AC" + sid);
  CHECK(made.user.empty());
  CHECK(made.from == "+14155238886");
  CHECK(made.status_callback == "https://sur.example/twilio?a=1");
  const auto with_key = account(whatsapp + "transport = \"twilio\"\naccount_sid = \"AC" + sid + "\"\nuser = \"SK" +
                                sid + "\"\npassword = \"env:K\"\nmessaging_service = \"MG" + sid + "\"\n");
  CHECK(with_key.user == "SK" + sid);
  CHECK(with_key.password.text == "env:K");
  CHECK(with_key.messaging_service == "MG" + sid);
}

TEST_CASE("a mapping says which approved template an event becomes, and of what its parameters are made") {
  const auto made = account(mapping + R"(language = { es = "es_CL" }
header = { document = "https://sur.example/{{ documento.numero }}.pdf", filename = "doc.pdf" }
body = { total = "{{ datos.monto|money }}", nombre = "{{ cliente.nombre }}" }
buttons = [ { url = "{{ documento.numero }}" }, { quick_reply = "BAJA" } ]
[company.whatsapp.templates.CLIENTE_INACTIVO]
name = "vuelva_1"
header = { image = "https://sur.example/foto.jpg" }
body = ["uno", "dos"]
)");
  core::WhatsappTemplate payment;
  payment.name = "pago";
  payment.languages = {{Language::es, "es_CL"}};
  payment.header = {core::WhatsappMedia::document, "https://sur.example/{{ documento.numero }}.pdf", "doc.pdf"};
  payment.body = {{"total", "{{ datos.monto|money }}"}, {"nombre", "{{ cliente.nombre }}"}};  // as written
  payment.buttons = {{core::WhatsappButton::url, "{{ documento.numero }}"},
                     {core::WhatsappButton::quick_reply, "BAJA"}};
  CHECK(made.templates.at(Event::pago_pendiente) == payment);
  core::WhatsappTemplate promotion;
  promotion.name = "vuelva_1";
  promotion.header = {core::WhatsappMedia::image, "https://sur.example/foto.jpg", ""};
  promotion.body = {{"", "uno"}, {"", "dos"}};
  CHECK(made.templates.at(Event::cliente_inactivo) == promotion);
  CHECK(made.templates.size() == 2);

  const auto at_twilio =
      account(sender + "templates.PAGO_PENDIENTE = { name = \"pago\", content_sid = { es = \"HX" + sid + "\" } }\n");
  CHECK(at_twilio.templates.at(Event::pago_pendiente).content_sids.at(Language::es) == "HX" + sid);
}

TEST_CASE("a version that Meta no longer serves is a warning with its line, not an error") {
  const auto configuration = load(cloud + "api_version = \"v17.0\"\n");
  CHECK(configuration.companies[0].accounts.whatsapp->api_version == "v17.0");
  REQUIRE(configuration.warnings.size() == 1);
  CHECK(configuration.warnings[0].sentence.find(":8: [company.whatsapp] api_version is v17.0, which Meta no longer") !=
        std::string::npos);
  CHECK(configuration.warnings[0].hint.find("v25.0") != std::string::npos);
  CHECK(load(cloud + "api_version = \"v21.0\"\n").warnings.empty());
}

TEST_CASE("an API may be elsewhere, but only over https or on this machine") {
  for (const std::string url : {"https://mock.example", "https://mock.example:8443", "http://127.0.0.1:8080",
                                "http://localhost", "http://[::1]:80", "https://mock.example/"}) {
    INFO(url);
    const auto read = account(cloud + "url = \"" + url + "\"\n").url;
    CHECK(read == (url.ends_with('/') ? url.substr(0, url.size() - 1) : url));
  }
  for (const std::string url :
       {"http://mock.example", "http://127.mock.example", "http://127.0.0.1.mock.example", "https://", "mock.example",
        "ftp://mock.example", "https://mock.example/path", "https://user:pass@mock.example", "https://mock.example?x=1",
        "https://mock.example:", "https://mock.example:port", "https://mock.example:123456", "https://mo ck.example",
        "https://[::1", "https://mock.example#x", "http://localhost@mock.example"}) {
    INFO(url);
    CHECK(complaint(cloud + "url = \"" + url + "\"\n").rfind("8: [company.whatsapp] url is not ", 0) == 0);
  }
}

TEST_CASE("a bad WhatsApp account is refused with its line, a sentence and what to do") {
  struct Row {
    std::string text, begins, hint_has;
  };
  const std::vector<Row> rows{
      {whatsapp, "5: [company.whatsapp] has no phone_number_id", "file"},
      {whatsapp + "phone_number_id = \"1\"\n", "5: [company.whatsapp] has no token", "env:NAME"},
      {whatsapp + "phone_number_id = \"+56912345678\"\n", "6: [company.whatsapp] phone_number_id cannot be", "not the"},
      {whatsapp + "phone_number_id = 106\n", "6: [company.whatsapp] phone_number_id must be a text", "quotes"},
      {whatsapp + "transport = \"clowd\"\n", "6: [company.whatsapp] transport cannot be \"clowd\"",
       "cloud, twilio, file"},
      {cloud + "tokn = \"x\"\n", "8: [company.whatsapp] tokn is not a known key", "\"token\""},
      {cloud + "auth_token = \"env:A\"\n", "7: [company.whatsapp] token is a second secret", "one of"},
      {cloud + "from = \"+56912345678\"\n", "8: [company.whatsapp] from is no key of the transport \"cloud\"",
       "Remove"},
      {cloud + "api_version = \"25\"\n", "8: [company.whatsapp] api_version is not a version", "v25.0"},
      {cloud + "api_version = \"v25.0/../x\"\n", "8: [company.whatsapp] api_version is not a version", "v25.0"},
      {cloud + "messages = \"text\"\n", "8: [company.whatsapp] messages cannot be", "text-in-window"},
      {cloud + "ca_file = \"missing.pem\"\n", "8: [company.whatsapp] ca_file names a file that is not there", "PEM"},
      {twilio, "5: [company.whatsapp] needs either from or messaging_service", "MG"},
      {sender + "messaging_service = \"MG" + sid + "\"\n", "5: [company.whatsapp] needs either from", "MG"},
      {sender + "phone_number_id = \"1\"\n", "10: [company.whatsapp] phone_number_id is no key of the transport", ""},
      {twilio + "from = \"56912345678\"\n", "9: [company.whatsapp] from is not a number with +", "+56912345678"},
      {sender + "status_callback = \"http://sur.example\"\n", "10: [company.whatsapp] status_callback is not an https",
       ""},
      {sender + "status_callback = \"https://a_b.example\"\n", "10: [company.whatsapp] status_callback has a \"_\"",
       ""},
      {sender + "user = \"SK" + sid + "\"\n", "5: [company.whatsapp] has a user but no password", "SK"},
      {whatsapp + "transport = \"twilio\"\naccount_sid = \"AC" + sid +
           "\"\npassword = \"env:T\"\nfrom = \"+14155238886\"\n",
       "5: [company.whatsapp] has a password but no user", "auth_token"},
      {whatsapp + "transport = \"twilio\"\nauth_token = \"env:T\"\n", "5: [company.whatsapp] has no account_sid", "AC"},
      {whatsapp + "transport = \"twilio\"\naccount_sid = \"AC1\"\n", "7: [company.whatsapp] account_sid cannot be",
       "32"},
      {sender + "templates.PAGO_PENDIENTE = { name = \"pago\" }\n",
       "10: [company.whatsapp.templates] PAGO_PENDIENTE has no content_sid", "HX"},
      {cloud + "templates.PAGO_PENDENTE = { name = \"pago\" }\n",
       "8: [company.whatsapp.templates.PAGO_PENDENTE] is not a known key", "PAGO_PENDIENTE"},
      {cloud + "templates.PAGO_PENDIENTE = { body = [] }\n",
       "8: [company.whatsapp.templates.PAGO_PENDIENTE] has no name", "approved"},
      {cloud + "templates.PAGO_PENDIENTE = { name = \"Pago\" }\n",
       "8: [company.whatsapp.templates.PAGO_PENDIENTE] name cannot be \"Pago\"", "lower-case"},
      {mapping + "language = { es = \"es-CL\" }\n",
       "10: [company.whatsapp.templates.PAGO_PENDIENTE.language] es is not a language", "es_CL"},
      {mapping + "language = { fr = \"fr\" }\n",
       "10: [company.whatsapp.templates.PAGO_PENDIENTE.language] fr is not a known key", "es, en"},
      {mapping + "header = { }\n", "10: [company.whatsapp.templates.PAGO_PENDIENTE.header] needs either", "image"},
      {mapping + "header = { image = \"https://h/i\", filename = \"i\" }\n",
       "10: [company.whatsapp.templates.PAGO_PENDIENTE.header] filename is for documents", "Remove"},
      {mapping + "body = [\"\"]\n", "10: [company.whatsapp.templates.PAGO_PENDIENTE] body is empty", ""},
      {mapping + "body = { Total = \"x\" }\n",
       "10: [company.whatsapp.templates.PAGO_PENDIENTE.body] Total is no name of a parameter", "lower-case"},
      {mapping + "buttons = [ { phone = \"x\" } ]\n",
       "10: [company.whatsapp.templates.PAGO_PENDIENTE.buttons] phone is not a known key", "quick_reply"},
      {mapping + "buttons = [ { url = \"x\", quick_reply = \"y\" } ]\n",
       "10: [company.whatsapp.templates.PAGO_PENDIENTE.buttons] needs one key a button", "quick_reply"},
      {mapping + "content_sid = { es = \"HX1\" }\n",
       "10: [company.whatsapp.templates.PAGO_PENDIENTE.content_sid] es cannot be \"HX1\"", "console"},
  };
  for (const auto& row : rows) {
    INFO(row.text);
    const auto said = complaint(row.text);
    INFO(said);
    CHECK(said.rfind(row.begins, 0) == 0);
    CHECK(said.find(row.hint_has, std::min(said.find(" | "), said.size())) != std::string::npos);
  }
}

TEST_CASE("no error repeats the token") {
  const std::string canary = "canary5f0c";
  for (const auto& text : {whatsapp + "token = \"" + canary + "\"\n", cloud + "password = \"" + canary + "\"\n",
                           whatsapp + "token = \"\\u0007" + canary + "\"\n", whatsapp + "tokn = \"" + canary + "\"\n",
                           sender + "token = \"" + canary + "\"\n"}) {
    const auto said = complaint(text);
    CHECK_FALSE(said.empty());
    CHECK(said.find(canary) == std::string::npos);
  }
}
