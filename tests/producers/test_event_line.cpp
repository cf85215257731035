#include "producers/event_line.hpp"

#include "support/catch.hpp"

using namespace egarage;
using producers::EventLine;
using producers::LineError;

namespace {

std::string refusal(std::string_view line) {
  const auto result = producers::parse_event_line(line);
  const auto* error = std::get_if<LineError>(&result);
  return error ? error->sentence : "accepted";
}

EventLine accepted(std::string_view line) {
  auto result = producers::parse_event_line(line);
  if (const auto* error = std::get_if<LineError>(&result)) FAIL(error->sentence);
  return std::move(std::get<EventLine>(result));
}

/// A good line with one member more (or another value for it).
std::string with(std::string_view member) {
  return R"({"event":"PAGO_PENDIENTE","company":"taller-sur","key":"p-1","recipient":{"email":"ana@example.cl"},)" +
         std::string{member} + "}";
}

std::string with_recipient(std::string_view recipient) {
  return R"({"event":"PAGO_PENDIENTE","company":"taller-sur","key":"p-1","recipient":)" + std::string{recipient} + "}";
}

std::string with_key(const std::string& key) {
  return R"({"event":"PAGO_PENDIENTE","company":"taller-sur","key":")" + key + R"(","recipient":{}})";
}

}  // namespace

TEST_CASE("an event line is read whole") {
  const auto event = accepted(
      R"({"event":"DOCUMENTO_CREADO","company":"taller-sur","key":"doc-1042","recipient":{"nombre":"Ana","apellido":"Soto",)"
      R"("email":" ana@Example.CL ","telefono":"+56 9 6123 4567","idioma":"es-CL"},"documento":{"id":1},"vehiculo":{"patente":)"
      R"("BBCL45"},"datos":{"lista":[1,2.5,{"a":null}]},"channels":["email","whatsapp","email"],)"
      R"("not_before":"2026-12-01T09:00:00-03:00","not_after":"2026-12-02T00:00:00Z"})");
  CHECK(event.event == core::Event::documento_creado);
  CHECK(event.company == "taller-sur");
  CHECK(event.key == "doc-1042");
  CHECK(event.recipient.name == "Ana Soto");
  REQUIRE(event.recipient.email.has_value());
  CHECK(event.recipient.email->str() == "ana@example.cl");
  CHECK(event.recipient.language == core::Language::es);
  CHECK(event.channels == std::vector{core::Channel::email, core::Channel::whatsapp});
  CHECK(event.not_before == core::parse_instant("2026-12-01T12:00:00Z"));
  CHECK(event.not_after == core::parse_instant("2026-12-02T00:00:00Z"));
  CHECK(event.objects.size() == 4);
  CHECK(event.objects["datos"]["lista"][2]["a"].is_null());
  CHECK(event.objects["recipient"]["telefono"] == "+56 9 6123 4567");
}

TEST_CASE("what may be absent may be null or empty, too") {
  const auto event = accepted(
      R"({"event":"PAGO_PENDIENTE","company":"a","key":"k","recipient":{"nombre":null,"email":"","idioma":"pt"},)"
      R"("documento":null,"channels":null,"not_before":null})");
  CHECK(event.recipient.name.empty());
  CHECK_FALSE(event.recipient.email);
  CHECK_FALSE(event.recipient.language);
  CHECK(event.channels.empty());
  CHECK_FALSE(event.not_before);
  CHECK_FALSE(event.objects.contains("documento"));
}

TEST_CASE("each kind of bad line is refused with its reason") {
  struct Row {
    std::string line, sentence;
  };
  const Row rows[] = {
      {"{", "is not valid JSON (octet 2)"},
      {"hola", "is not valid JSON (octet 1)"},
      {"{} {}", "is not valid JSON (octet 4)"},
      {R"({"a":NaN})", "is not valid JSON (octet 6)"},
      {R"({"a":"\ud800"})", "is not valid JSON (octet 13)"},
      {"{\"a\":\"\xC3\"}", "is not valid UTF-8"},
      {"{\"a\":\"\xC0\xAF\"}", "is not valid UTF-8"},
      {"[1]", "is not a JSON object"},
      {"null", "is not a JSON object"},
      {with(R"("datos":{"a":1e309})"), "holds a number that is too large"},
      {with(R"("datos":{"a":1,"a":2})"), R"(has the key "a" twice in one object)"},
      {with(R"("key":"k2")"), R"(has the key "key" twice in one object)"},
      {R"({"company":"a","key":"k","recipient":{}})", R"(has no "event")"},
      {R"({"event":null,"company":"a","key":"k","recipient":{}})", R"(has no "event")"},
      {R"({"event":7,"company":"a","key":"k","recipient":{}})", R"("event" must be a text)"},
      {R"({"event":"DOCUMENTO_CREADA","company":"a","key":"k","recipient":{}})",
       R"("event" is "DOCUMENTO_CREADA", which is no event code; did you mean "DOCUMENTO_CREADO"?)"},
      {R"({"event":"X","company":"a","key":"k","recipient":{}})", R"("event" is "X", which is no event code)"},
      {"{\"event\":\"\\u001b[31mX\",\"company\":\"a\",\"key\":\"k\",\"recipient\":{}}",
       R"("event" is "[31mX", which is no event code)"},
      {R"({"event":"PAGO_PENDIENTE","key":"k","recipient":{}})", R"(has no "company")"},
      {R"({"event":"PAGO_PENDIENTE","company":"","key":"k","recipient":{}})", R"("company" is empty)"},
      {R"({"event":"PAGO_PENDIENTE","company":"a","recipient":{}})", R"(has no "key")"},
      {R"({"event":"PAGO_PENDIENTE","company":"a","key":1042,"recipient":{}})", R"("key" must be a text)"},
      {with_key(""), R"("key" is empty)"},
      {with_key(std::string(201, 'k')), R"("key" is longer than 200 characters)"},
      {with_key("a\\nb"), R"("key" holds control characters)"},
      {with_key("a\\u0085b"), R"("key" holds control characters)"},
      {R"({"event":"PAGO_PENDIENTE","company":"a","key":"k"})", R"(has no "recipient")"},
      {with_recipient(R"("ana@example.cl")"), R"("recipient" must be an object)"},
      {with_recipient(R"({"emial":"ana@example.cl"})"),
       R"(recipient has an unknown key "emial"; did you mean "email"?)"},
      {with_recipient(R"({"email":7})"), "recipient.email must be a text"},
      {with_recipient(R"({"nombre":["Ana"]})"), "recipient.nombre must be a text"},
      {with_recipient(R"({"telefono":961234567})"), "recipient.telefono must be a text"},
      {with(R"("recipiente":{})"), R"(has an unknown key "recipiente"; did you mean "recipient"?)"},
      {with(R"("xyzzy":{})"), R"(has an unknown key "xyzzy")"},
      {with(R"("documento":[])"), R"("documento" must be an object)"},
      {with(R"("datos":"x")"), R"("datos" must be an object)"},
      {with(R"("channels":"email")"), R"("channels" must be a list)"},
      {with(R"("channels":[])"), R"("channels" is empty; leave it out for the company's choice)"},
      {with(R"("channels":[1])"), R"("channels" must hold texts)"},
      {with(R"("channels":["e-mail"])"), R"("channels" has "e-mail", which is no channel; did you mean "email"?)"},
      {with(R"("not_before":"mañana")"),
       R"("not_before" is "mañana", which is no instant such as 2026-12-01T09:00:00-03:00)"},
      {with(R"("not_after":1764590400)"), R"("not_after" must be a text)"},
      {with(R"("not_after":"2026-02-30T00:00:00Z")"),
       R"("not_after" is "2026-02-30T00:00:00Z", which is no instant such as 2026-12-01T09:00:00-03:00)"},
      {with(R"("not_before":"2026-12-02T00:00:00Z","not_after":"2026-12-01T00:00:00Z")"),
       R"("not_after" is before "not_before")"},
  };
  for (const auto& row : rows) {
    INFO(row.line);
    CHECK(refusal(row.line) == row.sentence);
  }
}

TEST_CASE("a bad address is refused with the reason and without repeating it") {
  for (const std::string bad : {"ana", "ana@", "@example.cl", "a b@example.cl", "a@b@example.cl", "añа@example.cl",
                                "ana@example.cl\\r\\nBcc: x@example.cl", "<ana@example.cl>", "ana@example..cl"}) {
    const auto sentence = refusal(with_recipient(R"({"email":")" + bad + "\"}"));
    INFO(bad << ": " << sentence);
    CHECK(sentence.find("recipient.email ") == 0);
    CHECK(sentence.size() > 20);
    CHECK(sentence.find("example.cl") == std::string::npos);
  }
}

TEST_CASE("lines are bounded in length and depth") {
  const auto padded = [](std::size_t size) {
    auto line = with(R"("datos":{"x":""})");
    line.insert(line.size() - 3, std::string(size - line.size(), 'x'));
    return line;
  };
  CHECK(refusal(padded(producers::longest_line)) == "accepted");
  CHECK(refusal(padded(producers::longest_line + 1)) == "is longer than 1 MiB");

  const auto nested = [](std::size_t lists) {
    return with(R"("datos":{"x":)" + std::string(lists, '[') + std::string(lists, ']') + "}");
  };
  CHECK(refusal(nested(30)) == "accepted");  // with the line itself and datos: 32
  CHECK(refusal(nested(31)) == "nests deeper than 32 levels");
  CHECK(refusal(nested(400'000)) == "nests deeper than 32 levels");
}

TEST_CASE("a key is counted in characters, not octets") {
  std::string key;
  for (int i = 0; i < 200; ++i) key += "ñ";
  CHECK(refusal(with_key(key)) == "accepted");
}

TEST_CASE("U+0000 in a value is replaced, never a string's end") {
  const auto event = accepted(with(R"("datos":{"x":"a\u0000b"})"));
  CHECK(event.objects["datos"]["x"] ==
        "a\xEF\xBF\xBD"
        "b");
}
