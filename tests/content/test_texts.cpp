#include <map>

#include "content/message.hpp"
#include "sample_company.hpp"
#include "support/catch.hpp"

using namespace egarage;
using core::Event;
using core::Language;
using nlohmann::json;

namespace {

json full_objects() {
  return {{"recipient",
           {{"nombre", "Ana"}, {"apellido", "Soto"}, {"email", "ana@example.cl"}, {"telefono", "+56 9 6123 4567"}}},
          {"vehiculo", {{"patente", "BB-CL-45"}, {"marca", "Toyota"}, {"modelo", "Corolla"}, {"anio", 2018}}},
          {"documento",
           {{"id", 7},
            {"numero_documento", "1042"},
            {"tipo_documento", "Presupuesto"},
            {"fecha", "2026-11-20"},
            {"kilometraje", 84500},
            {"observaciones", "Revisar frenos"},
            {"total", 45990}}},
          {"datos",
           {{"total", 45990},
            {"dias_restantes", 5},
            {"fecha_vencimiento", "2026-12-01"},
            {"plan", "premium"},
            {"tipo_mantenimiento", "ACEITE"},
            {"fecha_programada", "2026-12-03"},
            {"kilometraje_programado", 90000},
            {"descripcion", "Aceite sintético 5W-30"},
            {"ultima_visita", "2026-02-14"}}}};
}

/// What a hole in a text looks like.
const char* const holes[] = {"  ",   " ,",    " .", " :\n", "()",   "( ",   " )",
                             "****", "** **", "{{", "{%",   "None", "null", "\n\n\n"};

void check_no_holes(const std::string& text) {
  for (const std::string hole : holes) {
    INFO("looking for \"" << hole << "\" in:\n" << text);
    CHECK(text.find(hole) == std::string::npos);
  }
  CHECK_FALSE(text.empty());
  CHECK(text.front() != ' ');
  CHECK(text.back() != ' ');
}

/// Every way to leave out one object, one member, or everything.
std::vector<json> thinned_contexts() {
  std::vector<json> contexts{full_objects(), json::object()};
  const auto full = full_objects();
  for (const auto& [object, members] : full.items()) {
    auto without_object = full;
    without_object.erase(object);
    contexts.push_back(without_object);
    contexts.push_back({{object, members}});
    for (const auto& [member, value] : members.items()) {
      auto without_member = full;
      without_member[object].erase(member);
      contexts.push_back(without_member);
      contexts.push_back({{object, {{member, value}}}});
    }
  }
  return contexts;
}

}  // namespace

TEST_CASE("whatever is missing, no text of any event in any language shows a hole") {
  const content::Catalogue catalogue;
  auto bare = test::chilean_company();
  bare.phone = bare.email = bare.address = bare.legal_name = "";
  const auto contexts = thinned_contexts();
  for (const auto& company : {test::chilean_company(), test::american_company(), bare}) {
    for (const auto& event : core::all_events) {
      for (const auto language : {Language::es, Language::en}) {
        for (const auto& objects : contexts) {
          INFO(event.code << " " << core::to_string(language) << " " << objects.dump());
          const auto message = test::rendered(catalogue, event.event, core::Channel::email, language, company,
                                              test::context_for(company, event.event, objects));
          check_no_holes(message.subject);
          check_no_holes(message.body);
          CHECK(message.subject.find('\n') == std::string::npos);
        }
      }
    }
  }
}

TEST_CASE("each text says what its reader needs to know") {
  struct Row {
    Event event;
    std::vector<std::string> spanish, english;
  };
  const Row rows[] = {
      {Event::documento_creado,
       {"Ana", "Presupuesto", "1042", "Toyota Corolla", "BB-CL-45", "$45.990", "20 de noviembre de 2026",
        "2 2555 0101"},
       {"Ana", "Estimate", "#1042", "Toyota Corolla", "BB-CL-45", "$45.990", "November 20, 2026", "2 2555 0101"}},
      {Event::suscripcion_vence,
       {"Ana", "Taller Sur", "en 5 días", "1 de diciembre de 2026", "E-Garage", "ayuda@egarage.example"},
       {"Ana", "Taller Sur", "in 5 days", "December 1, 2026", "E-Garage", "ayuda@egarage.example"}},
      {Event::suscripcion_vencida,
       {"Ana", "Taller Sur", "venció", "1 de diciembre de 2026", "ayuda@egarage.example"},
       {"Ana", "Taller Sur", "ended", "December 1, 2026", "ayuda@egarage.example"}},
      {Event::mantenimiento_recordatorio,
       {"Ana", "Toyota Corolla", "BB-CL-45", "cambio de aceite", "3 de diciembre de 2026", "90.000 km", "2 2555 0101"},
       {"Ana", "Toyota Corolla", "BB-CL-45", "oil change", "December 3, 2026", "90,000 km", "2 2555 0101"}},
      {Event::revision_vehiculo,
       {"Ana", "Toyota Corolla", "BB-CL-45", "jueves 3 de diciembre de 2026", "Av. Matta 10", "2 2555 0101"},
       {"Ana", "Toyota Corolla", "BB-CL-45", "Thursday, December 3, 2026", "Av. Matta 10", "2 2555 0101"}},
      {Event::pago_pendiente,
       {"Ana", "1042", "$45.990", "1 de diciembre de 2026", "BB-CL-45", "2 2555 0101"},
       {"Ana", "1042", "$45.990", "December 1, 2026", "BB-CL-45", "2 2555 0101"}},
      {Event::cliente_inactivo,
       {"Ana", "Taller Sur", "14 de febrero de 2026", "BB-CL-45", "responda BAJA", "2 2555 0101"},
       {"Ana", "Taller Sur", "February 14, 2026", "BB-CL-45", "reply STOP", "2 2555 0101"}},
  };
  const content::Catalogue catalogue;
  const auto company = test::chilean_company();
  for (const auto& row : rows) {
    for (const auto language : {Language::es, Language::en}) {
      const auto message = test::rendered(catalogue, row.event, core::Channel::email, language, company,
                                          test::context_for(company, row.event, full_objects()));
      // Backslashes are Markdown's and vanish on the way to the reader.
      std::string words = message.subject + "\n" + message.body;
      std::erase(words, '\\');
      for (const auto& needed : language == Language::es ? row.spanish : row.english) {
        INFO("looking for \"" << needed << "\" in:\n" << words);
        CHECK(words.find(needed) != std::string::npos);
      }
    }
  }
}

TEST_CASE("a subscription that ends today or tomorrow says so") {
  const content::Catalogue catalogue;
  const auto company = test::chilean_company();
  const std::pair<int, std::string> rows[] = {
      {0, "Su suscripción a E-Garage vence hoy"},
      {1, "Su suscripción a E-Garage vence mañana"},
      {2, "Su suscripción a E-Garage vence en 2 días"},
  };
  for (const auto& [days, subject] : rows) {
    const json objects{{"datos", {{"dias_restantes", days}}}};
    const auto context = test::context_for(company, Event::suscripcion_vence, objects);
    CHECK(test::rendered(catalogue, Event::suscripcion_vence, core::Channel::email, Language::es, company, context)
              .subject == subject);
  }
}

TEST_CASE("American workshops count in miles and dollars") {
  const content::Catalogue catalogue;
  const auto company = test::american_company();
  auto objects = full_objects();
  objects["datos"]["total"] = 1234.5;
  const auto context = test::context_for(company, Event::documento_creado, objects);
  const auto message =
      test::rendered(catalogue, Event::documento_creado, core::Channel::email, Language::en, company, context);
  std::string words = message.body;
  std::erase(words, '\\');
  CHECK(words.find("84,500 miles") != std::string::npos);
  CHECK(words.find("$1,234.50") != std::string::npos);
}
