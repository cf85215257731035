#include "content/whatsapp_message.hpp"

#include "content/lint/lint.hpp"
#include "content/variables.hpp"
#include "core/error.hpp"
#include "core/whatsapp_parameter.hpp"
#include "sample_company.hpp"
#include "support/catch.hpp"

using namespace egarage;
using content::Catalogue;
using core::Event;
using core::Language;
using core::WhatsappAccount;
using core::WhatsappMessage;
using core::WhatsappTemplate;
using nlohmann::json;

namespace {

const Catalogue catalogue;

WhatsappMessage make(const WhatsappAccount& account, const json& context,
                     const std::vector<Language>& languages = {Language::es}, Event event = Event::pago_pendiente) {
  return content::make_whatsapp_message(catalogue, account, event, languages, context,
                                        {"CLP", core::TimeZone::utc(), core::Instant{}});
}

/// What a row of a test says of a mapping.
struct Mapping {
  std::map<Language, std::string> languages{};
  std::optional<WhatsappTemplate::Header> header{};
  std::vector<WhatsappTemplate::Parameter> body{};
  std::vector<WhatsappTemplate::Button> buttons{};
  std::map<Language, std::string> content_sids{};
};

WhatsappAccount account_with(const Mapping& mapping) {
  WhatsappAccount account;
  account.templates[Event::pago_pendiente] = {"pago",       mapping.languages, mapping.header,
                                              mapping.body, mapping.buttons,   mapping.content_sids};
  return account;
}

/// The one parameter that the expression makes, or `error | hint`.
std::string parameter(const std::string& expression, const json& context = json::object()) {
  try {
    return make(account_with({.body = {{"", expression}}}), context).body.at(0).text;
  } catch (const core::Error& error) {
    CHECK(error.code() == core::ExitCode::configuration);
    return std::string{error.what()} + " | " + error.hint();
  }
}

std::string error_of(const Mapping& mapping) {
  try {
    make(account_with(mapping), json::object());
  } catch (const core::Error& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("without a mapping an event becomes the product's proposal, in the recipient's language") {
  const json context{{"cliente", {{"nombre", "Ana"}}}, {"empresa", {{"nombre_taller", "Taller Sur"}}}};
  const auto spanish = make({}, context);
  CHECK(spanish.name == "egarage_pago_pendiente_v1");
  CHECK(spanish.language == "es");
  REQUIRE(spanish.body.size() == 7);
  CHECK(spanish.body[0] == WhatsappTemplate::Parameter{"nombre_cliente", "Ana"});
  CHECK(spanish.body[1] == WhatsappTemplate::Parameter{"nombre_taller", "Taller Sur"});
  CHECK_FALSE(spanish.header);
  CHECK(spanish.buttons.empty());
  CHECK(make({}, context, {Language::en, Language::es}).language == "en_US");
  const auto promotion = make({}, context, {Language::es}, Event::cliente_inactivo);
  CHECK(promotion.buttons == std::vector{WhatsappTemplate::Button{core::WhatsappButton::quick_reply,
                                                                  std::string(content::opt_out_payload)}});
}

TEST_CASE("every event in both languages gives parameters that Meta takes, with much and with little data") {
  for (const auto language : {Language::es, Language::en}) {
    for (const auto& event : core::all_events) {
      for (const auto detail : {content::Detail::full, content::Detail::combined, content::Detail::minimal}) {
        const auto company = test::chilean_company();
        const auto objects = content::sample_objects(event.event, content::Place::chile, detail);
        const auto message = make({}, test::context_for(company, event.event, objects), {language}, event.event);
        CHECK_FALSE(message.body.empty());
        for (const auto& [name, text] : message.body) {
          INFO(event.code << " " << name << ": " << text);
          CHECK_FALSE(name.empty());
          CHECK(core::fault_of_parameter(text).empty());
        }
      }
    }
  }
}

TEST_CASE("a mapping's expressions fill header, body and buttons") {
  const json context{{"cliente", {{"nombre", "Ana"}}}, {"documento", {{"numero", "1042"}}}};
  const auto message =
      make(account_with({.languages = {{Language::es, "es_CL"}},
                         .header = WhatsappTemplate::Header{core::WhatsappMedia::document,
                                                            "https://sur.example/{{ documento.numero }}.pdf?v=1",
                                                            "{{ documento.numero }}.pdf"},
                         .body = {{"nombre", "{{ cliente.nombre }}"}, {"aviso", "fijo"}},
                         .buttons = {{core::WhatsappButton::url, "{{ documento.numero }}"}}}),
           context);
  CHECK(message == WhatsappMessage{"pago",
                                   "es_CL",
                                   WhatsappTemplate::Header{core::WhatsappMedia::document,
                                                            "https://sur.example/1042.pdf?v=1", "1042.pdf"},
                                   {{"nombre", "Ana"}, {"aviso", "fijo"}},
                                   {{core::WhatsappButton::url, "1042"}},
                                   ""});
}

TEST_CASE("the approved language is the mapping's, else es or en") {
  const auto account = account_with({.languages = {{Language::es, "es_CL"}}});
  CHECK(make(account, {}, {Language::es, Language::en}).language == "es_CL");
  CHECK(make(account, {}, {Language::en, Language::es}).language == "en");
}

TEST_CASE("through Twilio the language is the first that has a ContentSid, and its parameters are in it") {
  auto account = account_with({.body = {{"", "{{ datos.fecha|date:'F' }}"}}, .content_sids = {{Language::es, "HX1"}}});
  account.transport = "twilio";
  const json context{{"datos", {{"fecha", "2026-12-01"}}}};
  const auto message = make(account, context, {Language::en, Language::es});
  CHECK(message.content_sid == "HX1");
  CHECK(message.language == "es");
  CHECK(message.body[0].text == "Diciembre");
  account.templates[Event::pago_pendiente].content_sids.clear();
  CHECK(make(account, context, {Language::en, Language::es}).content_sid.empty());
  CHECK(make(account, context, {Language::en, Language::es}).body[0].text == "December");
}

TEST_CASE("a parameter is flattened as Meta demands") {
  const auto value = [](std::string text) { return parameter("{{ x }}", {{"x", std::move(text)}}); };
  CHECK(value("a\nb") == "a b");
  CHECK(value("a\r\n\tb      c") == "a b c");
  CHECK(value("  a  ") == "a");
  CHECK(value("Zoë & <b> *x* {{ y }}") == "Zoë & <b> *x* {{ y }}");
  CHECK(value("a\xffz").find('\xff') == std::string::npos);
}

TEST_CASE("an empty or endless parameter is an error that names it and says what to do") {
  const auto empty = parameter("{{ vehiculo.patente }}");
  CHECK(empty.rfind("the WhatsApp template's templates.PAGO_PENDIENTE.body 1 is empty", 0) == 0);
  CHECK(empty.find("|default:") != std::string::npos);
  CHECK(parameter("{{ x }}", {{"x", "\n \t"}}).find("is empty") != std::string::npos);
  CHECK(parameter("{{ x|default:'sin patente' }}") == "sin patente");
  std::string longest;
  for (int i = 0; i < 1024; ++i) longest += "ñ";
  CHECK(parameter("{{ x }}", {{"x", longest}}) == longest);
  CHECK(parameter("{{ x }}", {{"x", longest + "n"}}).find("more than 1024 characters") != std::string::npos);
  CHECK(error_of({.body = {{"total", ""}}}).find("templates.PAGO_PENDIENTE.body.total is empty") != std::string::npos);
  CHECK(error_of({.buttons = {{core::WhatsappButton::url, ""}}}).find("buttons 1 is empty") != std::string::npos);
}

TEST_CASE("a header's link must be an https address") {
  for (const std::string link : {"", "http://sur.example/a.pdf", "ftp://sur.example", "https://sur.example/a b.pdf",
                                 "javascript:https://x", "{{ datos.enlace }}"}) {
    INFO(link);
    const auto error = error_of({.header = WhatsappTemplate::Header{core::WhatsappMedia::image, link, ""}});
    CHECK(error.find("templates.PAGO_PENDIENTE.header.image is not an https link") != std::string::npos);
  }
}

TEST_CASE("an expression that cannot be parsed or rendered says where") {
  CHECK(parameter("{{ x|nofilter }}").rfind("templates.PAGO_PENDIENTE.body 1:1:", 0) == 0);
  CHECK(parameter("{% include \"no_such_part\" %}").rfind("templates.PAGO_PENDIENTE.body 1:1:", 0) == 0);
  CHECK_NOTHROW(content::check_expressions(account_with({.body = {{"", "{{ x }}"}}})));
  CHECK_THROWS_AS(content::check_expressions(account_with({.body = {{"", "{{ x|nofilter }}"}}})), core::Error);
  CHECK_THROWS_AS(content::check_expressions(
                      account_with({.header = WhatsappTemplate::Header{core::WhatsappMedia::image, "{% if %}", ""}})),
                  core::Error);
  CHECK_THROWS_AS(content::check_expressions(account_with({.buttons = {{core::WhatsappButton::url, "{{ }}"}}})),
                  core::Error);
}

TEST_CASE("what must be approved is listed once: mappings, and proposals for the rest") {
  const auto account = account_with({.languages = {{Language::es, "es_CL"}}});
  const Event events[] = {Event::pago_pendiente, Event::cliente_inactivo, Event::pago_pendiente};
  const Language languages[] = {Language::es, Language::en};
  CHECK(content::whatsapp_templates(account, events, languages) ==
        std::vector<core::WhatsappTemplateName>{{"egarage_cliente_inactivo_v1", "en_US"},
                                                {"egarage_cliente_inactivo_v1", "es"},
                                                {"pago", "en"},
                                                {"pago", "es_CL"}});
}

TEST_CASE("mappings are checked against the event's contract and with little data before a message is made of them") {
  const auto found = [](const std::string& expression) {
    std::string text;
    for (const auto& finding : content::lint_mappings(account_with({.body = {{"total", expression}}}), "sur",
                                                      {catalogue,
                                                       {test::chilean_company()},
                                                       test::platform_identity,
                                                       core::Instant{},
                                                       content::UnknownVariables::refused})) {
      text += std::string(core::name_of(content::severity_names, finding.severity)) + " " + finding.file + ": " +
              finding.sentence + "\n";
    }
    return text;
  };
  const std::string at = "sur templates.PAGO_PENDIENTE.body.total: ";
  CHECK(found("{{ datos.total|money|default:'por confirmar' }}").empty());
  CHECK(found("{% include \"documento\" %}").empty());
  CHECK(found("{{ documento.numero_documento }}") ==
        "warning " + at + "this is empty with minimal data, and WhatsApp refuses empty parameters\n");
  CHECK(found("x{{ cliente.nombr }}").rfind("error " + at + "the variable 'cliente.nombr' is not in", 0) == 0);
  CHECK(found("{{ x|nofilter }}").rfind("error " + at + "unknown filter", 0) == 0);
  CHECK(found("x{% include \"frima\" %}").rfind("error " + at + "there is no text 'frima'", 0) == 0);
}
