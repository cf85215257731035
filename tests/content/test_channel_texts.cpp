// The default texts on each channel, made of the examples of their contract.
#include "content/message.hpp"
#include "content/variables.hpp"
#include "core/gsm7.hpp"
#include "sample_company.hpp"
#include "support/catch.hpp"

using namespace egarage;
using content::Detail;
using content::Place;
using core::Channel;
using core::Event;
using core::Language;
using nlohmann::json;

namespace {

bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

std::size_t length_of(std::string_view text) {
  std::size_t length = 0;
  for (const char c : text) length += (static_cast<unsigned char>(c) & 0xC0) != 0x80 ? 1 : 0;
  return length;
}

core::Company company_in(Place place) {
  if (place == Place::chile) return test::chilean_company();
  auto company = test::american_company();
  company.phone = "+1 305 555 0106";
  return company;
}

core::Company without_contact(core::Company company) {
  company.phone = company.email = company.address = company.legal_name = "";
  return company;
}

class Texts {
 public:
  content::RenderedMessage render(Event event, Channel channel, Language language, const core::Company& company,
                                  const json& objects) const {
    return test::rendered(catalogue_, event, channel, language, company, test::context_for(company, event, objects));
  }
  /// Of a Chilean workshop, in Spanish.
  std::string body(Event event, Channel channel, const json& objects) const {
    auto text = render(event, channel, Language::es, test::chilean_company(), objects).body;
    std::erase(text, '\\');  // Markdown's, which vanishes on the way to the reader
    return text;
  }

 private:
  content::Catalogue catalogue_;
};

constexpr Channel channels[] = {Channel::email, Channel::whatsapp, Channel::sms};
constexpr Language languages[] = {Language::es, Language::en};

/// Every way to leave out one object or one member, and to have nothing else.
std::vector<json> thinned(const json& full) {
  std::vector<json> result{full, json::object()};
  for (const auto& [object, members] : full.items()) {
    auto without = full;
    without.erase(object);
    result.push_back(without);
    result.push_back({{object, members}});
    for (const auto& [member, value] : members.items()) {
      auto without_member = full;
      without_member[object].erase(member);
      result.push_back(without_member);
      result.push_back({{object, {{member, value}}}});
    }
  }
  return result;
}

void check_no_holes(std::string_view text) {
  CHECK_FALSE(text.empty());
  for (const auto* hole : {"  ",    " ,", " .", " ;",   " :",   ",,",     "..",  "()",  "( ",  " )",   "****",
                           "** **", "{{", "{%", "None", "null", "\n\n\n", "\n ", " \n", ":**", ": \n", "> \n"}) {
    INFO("looking for \"" << hole << "\" in:\n" << text);
    CHECK_FALSE(has(text, hole));
  }
}

}  // namespace

TEST_CASE("whatever is missing, no text of any channel shows a hole") {
  const Texts texts;
  for (const auto place : {Place::chile, Place::usa}) {
    for (const auto& company : {company_in(place), without_contact(company_in(place))}) {
      for (const auto& event : core::all_events) {
        for (const auto detail : {Detail::full, Detail::combined}) {
          for (const auto& objects : thinned(content::sample_objects(event.event, place, detail))) {
            for (const auto channel : channels) {
              for (const auto language : languages) {
                INFO(event.code << " " << core::to_string(channel) << " " << core::to_string(language) << "\n"
                                << objects.dump());
                const auto message = texts.render(event.event, channel, language, company, objects);
                check_no_holes(message.body);
                if (channel == Channel::email) check_no_holes(message.subject);
                CHECK(message.subject.find('\n') == std::string::npos);
              }
            }
          }
        }
      }
    }
  }
}

TEST_CASE("a usual SMS is one segment of GSM-7, a combined one at most two; the sender's name comes first") {
  const Texts texts;
  for (const auto place : {Place::chile, Place::usa}) {
    const auto company = company_in(place);
    for (const auto& event : core::all_events) {
      for (const auto language : languages) {
        for (const auto detail : {Detail::minimal, Detail::full, Detail::combined}) {
          const auto objects = content::sample_objects(event.event, place, detail);
          const auto text = texts.render(event.event, Channel::sms, language, company, objects).body;
          INFO(text);
          const auto size = core::measure_sms(text);
          CHECK(size.encoding == core::SmsEncoding::gsm7);
          CHECK(size.segments <= (detail == Detail::combined ? 2 : 1));
          const bool to_customer = event.audience == core::Audience::customer;
          CHECK(text.starts_with((to_customer ? company.name : test::platform_identity.name) + ": "));
        }
      }
    }
  }
}

TEST_CASE("a subject is concrete and short") {
  const Texts texts;
  for (const auto place : {Place::chile, Place::usa}) {
    for (const auto& event : core::all_events) {
      for (const auto language : languages) {
        const auto objects = content::sample_objects(event.event, place, Detail::full);
        const auto subject = texts.render(event.event, Channel::email, language, company_in(place), objects).subject;
        INFO(subject);
        CHECK(length_of(subject) <= 60);
        CHECK(length_of(subject) >= 20);
        CHECK_FALSE(has(subject, "!"));
      }
    }
  }
}

TEST_CASE("WhatsApp gets its own markup, and less than it takes") {
  const Texts texts;
  for (const auto& event : core::all_events) {
    for (const auto language : languages) {
      const auto objects = content::sample_objects(event.event, Place::chile, Detail::combined);
      const auto text = texts.render(event.event, Channel::whatsapp, language, test::chilean_company(), objects).body;
      INFO(text);
      CHECK(length_of(text) < 4096);
      CHECK(has(text, event.audience == core::Audience::customer ? "Taller Sur" : "E-Garage"));
      for (const auto* foreign : {"**", "\\", "](", "<"}) CHECK_FALSE(has(text, foreign));
    }
  }
}

TEST_CASE("promotion says how to stop, on every channel; nothing else does") {
  const Texts texts;
  for (const auto& event : core::all_events) {
    const auto objects = content::sample_objects(event.event, Place::chile, Detail::full);
    for (const auto channel : channels) {
      INFO(event.code << " " << core::to_string(channel));
      const bool promotional = event.event_class == core::EventClass::promotional;
      const auto text = [&](Language language) {
        return texts.render(event.event, channel, language, test::chilean_company(), objects).body;
      };
      CHECK(has(text(Language::es), "responda BAJA") == promotional);
      CHECK((has(text(Language::en), "reply STOP") || has(text(Language::en), "Reply STOP")) == promotional);
    }
  }
}

TEST_CASE("a payment reminder knows before, today and after") {
  const Texts texts;
  const std::pair<json, std::string> rows[] = {
      {{{"dias_restantes", 3}}, "Su factura N° 7 vence en 3 días"},
      {{{"dias_restantes", 1}}, "Su factura N° 7 vence mañana"},
      {{{"dias_restantes", 0}}, "Su factura N° 7 vence hoy"},
      {{{"dias_restantes", 0}, {"dias_atraso", 0}}, "Su factura N° 7 vence hoy"},
      {{{"dias_restantes", -1}, {"dias_atraso", 1}}, "Su factura N° 7 venció ayer"},
      {{{"dias_atraso", 9}}, "Su factura N° 7 venció hace 9 días"},
      {json::object(), "Su factura N° 7 está pendiente de pago"},
  };
  for (const auto& [datos, subject] : rows) {
    const json objects{{"documento", {{"tipo_documento", "Factura"}, {"numero_documento", "7"}}}, {"datos", datos}};
    const auto company = test::chilean_company();
    CHECK(texts.render(Event::pago_pendiente, Channel::email, Language::es, company, objects).subject == subject);
  }
}

TEST_CASE("the statutory inspection is a matter of a month or a last day, a booked one of a day and an hour") {
  const Texts texts;
  const json vehicle{{"marca", "Kia"}, {"modelo", "Rio"}, {"patente", "BBCL45"}};
  const json statutory{{"vehiculo", vehicle},
                       {"datos", {{"tipo_revision", "tecnica"}, {"fecha_programada", "2027-02-28"}}}};
  const json dated{
      {"vehiculo", vehicle},
      {"datos", {{"tipo_revision", "tecnica"}, {"fecha_programada", "2027-02-15"}, {"fecha_limite", "2027-02-15"}}}};
  const json booked{{"vehiculo", vehicle}, {"datos", {{"fecha_programada", "2026-12-03"}, {"hora", "10:30"}}}};
  for (const auto channel : channels) {
    INFO(core::to_string(channel));
    const auto month = texts.body(Event::revision_vehiculo, channel, statutory);
    CHECK(has(month, "febrero de 2027"));
    CHECK(has(month, "BBCL45"));
    CHECK_FALSE(has(month, "28"));
    CHECK(has(texts.body(Event::revision_vehiculo, channel, dated), " tardar el "));
    CHECK(has(texts.body(Event::revision_vehiculo, channel, dated), "15 de febrero de 2027"));
    const auto day = texts.body(Event::revision_vehiculo, channel, booked);
    CHECK(has(day, "jueves 3 de diciembre"));
    CHECK(has(day, "10:30"));
  }
}

TEST_CASE("several reminders are one message that names each") {
  const Texts texts;
  const auto objects = [](std::size_t count) {
    const json all = {
        {{"tipo_mantenimiento", "ACEITE"}, {"fecha_programada", "2026-12-03"}, {"kilometraje_programado", 90000}},
        {{"tipo_mantenimiento", "FRENOS"}, {"fecha_programada", "2027-01-10"}, {"vehiculo", "KKRR22 - Rio"}},
        {{"tipo_mantenimiento", "BATERIA"}, {"kilometraje_programado", 95000}},
        {{"tipo_mantenimiento", "PERSONALIZADO"}, {"descripcion", "Cambiar plumillas"}},
    };
    return json{{"vehiculo", {{"marca", "Kia"}}},
                {"datos", {{"recordatorios", json(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(count))}}}};
  };
  for (const auto channel : {Channel::email, Channel::whatsapp}) {
    const auto text = texts.body(Event::mantenimiento_recordatorio, channel, objects(4));
    INFO(text);
    for (const auto* part : {"Cambio de aceite", "Revisión de frenos", "Revisión de batería", "Mantención",
                             "3 de diciembre", "10 de enero", "90.000 km", "95.000 km", "KKRR22 - Rio"}) {
      INFO(part);
      CHECK(has(text, part));
    }
  }
  CHECK(
      texts.body(Event::mantenimiento_recordatorio, Channel::sms, objects(4)) ==
      "Taller Sur: mantenciones de su Kia: cambio de aceite (3 dic), revision de frenos (10 ene), revision de bateria "
      "y otras. Reserve al 2 2555 0101.");
  CHECK(has(texts.body(Event::mantenimiento_recordatorio, Channel::email, objects(1)), "la mantención programada"));
  CHECK(has(texts.body(Event::mantenimiento_recordatorio, Channel::email, objects(2)), "las mantenciones programadas"));
}

TEST_CASE("a service that is overdue is called so on every channel, alone and among others") {
  const Texts texts;
  const json vehicle{{"marca", "Kia"}, {"modelo", "Rio"}};
  const json late{{"tipo_mantenimiento", "ACEITE"}, {"fecha_programada", "2026-12-03"}, {"dias_atraso", 14}};
  const json soon{{"tipo_mantenimiento", "FRENOS"}, {"fecha_programada", "2027-01-10"}};
  const json alone{{"vehiculo", vehicle}, {"datos", late}};
  const json both{{"datos", {{"recordatorios", {late, soon}}}}};
  for (const auto channel : channels) {
    INFO(core::to_string(channel));
    CHECK(has(texts.body(Event::mantenimiento_recordatorio, channel, alone), "pendiente"));
    CHECK(has(
        texts.render(Event::mantenimiento_recordatorio, channel, Language::en, test::american_company(), alone).body,
        "overdue"));
    CHECK_FALSE(has(texts.body(Event::mantenimiento_recordatorio, channel, {{"vehiculo", vehicle}, {"datos", soon}}),
                    "pendiente"));
    if (channel == Channel::sms) continue;
    const auto text = texts.body(Event::mantenimiento_recordatorio, channel, both);
    CHECK(has(text, "sus vehículos"));
    CHECK(text.find("pendiente") < text.find("frenos"));
    CHECK(text.find("pendiente") == text.rfind("pendiente"));
  }
}

TEST_CASE("a plate is a patente in Chile and a placa in the USA") {
  const Texts texts;
  const json objects{{"vehiculo", {{"marca", "Kia"}, {"patente", "BBCL45"}}}};
  CHECK(has(texts.body(Event::pago_pendiente, Channel::whatsapp, objects), "(patente BBCL45)"));
  CHECK(
      has(texts.render(Event::pago_pendiente, Channel::whatsapp, Language::es, test::american_company(), objects).body,
          "(placa BBCL45)"));
}
