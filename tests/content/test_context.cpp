#include "sample_company.hpp"
#include "support/catch.hpp"

using namespace egarage;
using core::Event;
using nlohmann::json;

TEST_CASE("the recipient is the cliente of customer events and the usuario of notices to the administrator") {
  const json objects{{"recipient", {{"nombre", "Ana"}}}};
  const auto customer = test::context_for(test::chilean_company(), Event::pago_pendiente, objects);
  CHECK(customer.at("cliente").at("nombre") == "Ana");
  CHECK_FALSE(customer.contains("recipient"));
  const auto admin = test::context_for(test::chilean_company(), Event::suscripcion_vence, objects);
  CHECK(admin.at("usuario").at("nombre") == "Ana");
  CHECK_FALSE(admin.contains("cliente"));
}

TEST_CASE("a vehicle prints as plate and model, as far as they are known") {
  const auto printed = [](const json& vehicle) {
    return test::context_for(test::chilean_company(), Event::pago_pendiente,
                             {{"vehiculo", vehicle}})["vehiculo"]["__str__"];
  };
  CHECK(printed({{"patente", "BBCL45"}, {"modelo", "Yaris"}}) == "BBCL45 - Yaris");
  CHECK(printed({{"patente", "BBCL45"}}) == "BBCL45");
  CHECK(printed({{"modelo", "Yaris"}}) == "Yaris");
  CHECK(printed({{"patente", 45}, {"anio", 2018}}) == "");
}

TEST_CASE("old templates' fecha_documento and fecha are the same date") {
  const auto document = [](const json& given) {
    return test::context_for(test::chilean_company(), Event::pago_pendiente, {{"documento", given}})["documento"];
  };
  CHECK(document({{"fecha", "2026-11-20"}})["fecha_documento"] == "2026-11-20");
  CHECK(document({{"fecha_documento", "2026-11-20"}})["fecha"] == "2026-11-20");
  CHECK_FALSE(document({{"id", 1}}).contains("fecha"));
}

TEST_CASE("today is today where the company is") {
  // 2026-11-23T01:30Z is still the 22nd in Santiago.
  CHECK(test::context_for(test::chilean_company(), Event::pago_pendiente, json::object())["fecha_actual"] ==
        "2026-11-22");
}

TEST_CASE("what came with the event cannot pretend to be the company") {
  const auto context =
      test::context_for(test::chilean_company(), Event::pago_pendiente,
                        {{"empresa", {{"nombre_taller", "Otro"}}}, {"plataforma", {{"nombre", "Otra"}}}});
  CHECK(context["empresa"]["nombre_taller"] == "Taller Sur");
  CHECK(context["plataforma"]["nombre"] == "E-Garage");
}
