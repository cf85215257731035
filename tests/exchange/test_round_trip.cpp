#include <map>

#include "exchange_world.hpp"

using namespace egarage;
using namespace egarage::exchange;

namespace {

/// Rows of each kind in which every column says something in some row, and nothing in another.
const std::map<std::string, std::string> rows{
    {"companies",
     "slug,name,legal_name,country,time_zone,currency,language,email,phone,address,colour,logo,admin_name,admin_email,"
     "subscription_ends,subscription_plan,subscription_active,hours_start,hours_end,hours_weekends,hours_holidays\n"
     "oeste,Taller Oeste,Oeste SpA,CL,America/Punta_Arenas,CLP,es,hola@oeste.example,+56 2 2345 6789,\"Sur 1, "
     "Santiago\","
     "#0a7d4f,https://oeste.example/l.png,Marta Ríos,marta@oeste.example,2026-12-01,premium,no,22:00,06:30,yes,no\n"
     "este,Este,,US,,,,,,,,,,,,,yes,,,,\n"
     "norte,Taller Norte,Norte SpA,CL,,,,,,,,,,,,,yes,,,,\nsur,Taller Sur,Sur SpA,CL,,,,,,,,,,,,,yes,,,,\n"},
    {"customers",
     "company,key,name,surname,language,email,phone,transactional,collection,promotional\n"
     "sur,ana,Ana,Núñez,es,ana@example.cl,961234567,whatsapp|email,email,none\n"
     "sur,luis,\"Luis \"\"Lucho\"\" Pérez; Cía.\",,,,,,,\n"
     "norte,ana,Anne,,en,,,,,sms\n"},
    {"vehicles",
     "company,key,customer,plate,make,model,year,unit,sold\n"
     "sur,yaris,ana,BB·CL-45,Toyota,Yaris,2019,mi,no\n"
     "sur,hilux,luis,,,,,,yes\n"},
    {"odometer",
     "company,vehicle,date,value,source\n"
     "sur,yaris,2026-05-01,52000,\nsur,yaris,2026-05-01,52010,customer\nsur,hilux,2026-04-30,0,device\n"},
    {"documents",
     "company,key,customer,vehicle,type,number,date,total,currency,due,paid,odometer,covers\n"
     "sur,doc-1,ana,yaris,Factura,F-1042,2026-05-01,119000,,2026-05-31,2026-06-01,52000,FILTROS|ACEITE\n"
     "sur,doc-2,luis,,Presupuesto,,2026-06-01,120.5,USD,,,,\n"
     "sur,doc-3,luis,hilux,Orden de trabajo,7,2026-06-02,,,,,,\n"},
    {"plans",
     "company,type,vehicle,make,model,months,distance,unit,mode,days_before,distance_before\n"
     "sur,ACEITE,,,,6,10000,,,,\nsur,ACEITE,yaris,,,,5000,mi,fixed,14,500\nsur,FRENOS,,Toyota,Yaris,24,,,,,\n"
     "sur,FRENOS,,Toyota,,18,,,floating,0,\n"},
    {"reminders",
     "company,key,vehicle,type,description,due,due_odometer,days_before,distance_before,state,source,notified,closed_"
     "by\n"
     "sur,r-1,yaris,ACEITE,Aceite 5W-30,2026-12-01,60000,7,500,done,plan,2026-11-24T12:00:00Z,doc-1\n"
     "sur,r-2,hilux,PERSONALIZADO,,,90000,,,,,,\nsur,r-3,hilux,FRENOS,,2027-01-01,,,,overdue,,,\n"},
    {"appointments",
     "company,key,vehicle,kind,date,time,state\n"
     "sur,a-1,yaris,revision,2026-12-01,08:30,done\nsur,rt-2027,yaris,tecnica,2027-08-31,,\n"},
    {"silences",
     "company,customer,vehicle,event,until,reason\n"
     "sur,ana,,PAGO_PENDIENTE,2026-12-24,acuerdo de pago\nsur,,yaris,,2026-12-31,\nsur,,,,2026-09-19,\n"},
    {"holidays", "country,date,name\nCL,2029-01-01,Año Nuevo\n"},
    {"inspection-months", "country,digit,month\nCL,5,9\n"},
};

void fill_all(ExchangeWorld& world) {
  for (const auto& kind : all_kinds()) {
    INFO(kind.name);
    const auto done = world.import(std::string(kind.name).c_str(), rows.at(std::string(kind.name)), "");
    CHECK(done.refusals.empty());
    CHECK(done.report.created + done.report.changed == done.report.rows);
  }
}

std::string name(const Kind& kind) { return std::string(kind.name); }

}  // namespace

TEST_CASE("what was imported again is unchanged, row for row, of every kind") {
  ExchangeWorld world;
  fill_all(world);
  for (const auto& kind : all_kinds()) {
    INFO(kind.name);
    const auto again = world.import(name(kind).c_str(), rows.at(name(kind)), "");
    CHECK(again.report.unchanged == again.report.rows);
  }
}

TEST_CASE("an export that is imported into an empty store is exported with the same octets, of every kind") {
  for (const auto format : {Format::csv, Format::json_lines}) {
    ExchangeWorld from;
    fill_all(from);
    ExchangeWorld to;
    for (const auto& kind : all_kinds()) {
      INFO(kind.name);
      const auto written = from.exported(name(kind).c_str(), format);
      const auto done = to.import(name(kind).c_str(), written, "");
      CHECK(done.refusals.empty());
      CHECK(done.report.rows >= 1);
      CHECK(to.exported(name(kind).c_str(), format) == written);
      const auto again = to.import(name(kind).c_str(), written, "");
      CHECK(again.report.unchanged == again.report.rows);
    }
  }
}

TEST_CASE("CSV and JSON Lines say the same, of every kind") {
  ExchangeWorld from;
  fill_all(from);
  ExchangeWorld to;
  for (const auto& kind : all_kinds()) {
    INFO(kind.name);
    CHECK(to.import(name(kind).c_str(), from.exported(name(kind).c_str(), Format::json_lines), "").refusals.empty());
    CHECK(to.exported(name(kind).c_str()) == from.exported(name(kind).c_str()));
  }
}

TEST_CASE("an export writes what the store holds, with the values that the input left to be understood") {
  ExchangeWorld world;
  fill_all(world);
  CHECK(world.exported("vehicles") ==
        "company,key,customer,plate,make,model,year,unit,sold\n"
        "sur,hilux,luis,,,,,km,yes\nsur,yaris,ana,BB·CL-45,Toyota,Yaris,2019,mi,no\n");
  CHECK(world.exported("documents", Format::json_lines) ==
        "{\"company\":\"sur\",\"key\":\"doc-1\",\"customer\":\"ana\",\"vehicle\":\"yaris\",\"type\":\"Factura\","
        "\"number\":\"F-1042\",\"date\":\"2026-05-01\",\"total\":119000,\"currency\":\"CLP\",\"due\":\"2026-05-31\","
        "\"paid\":\"2026-06-01\",\"odometer\":52000,\"covers\":[\"ACEITE\",\"FILTROS\"]}\n"
        "{\"company\":\"sur\",\"key\":\"doc-2\",\"customer\":\"luis\",\"vehicle\":null,\"type\":\"Presupuesto\","
        "\"number\":null,\"date\":\"2026-06-01\",\"total\":120.50,\"currency\":\"USD\",\"due\":null,\"paid\":null,"
        "\"odometer\":null,\"covers\":null}\n"
        "{\"company\":\"sur\",\"key\":\"doc-3\",\"customer\":\"luis\",\"vehicle\":\"hilux\",\"type\":\"Orden de "
        "trabajo\","
        "\"number\":\"7\",\"date\":\"2026-06-02\",\"total\":null,\"currency\":null,\"due\":null,\"paid\":null,"
        "\"odometer\":null,\"covers\":null}\n");
  CHECK(world.exported("companies").find("este,este,este,US,America/New_York,USD,en,") == std::string::npos);
  CHECK(
      world.exported("companies").find("este,Este,Este,US,America/New_York,USD,en,,,,,,,,,,yes,08:00,20:00,no,no\n") !=
      std::string::npos);
}

TEST_CASE("more rows than a portion holds are exported once each") {
  ExchangeWorld world;
  std::string customers = "company,key,name,surname,language,email,phone,transactional,collection,promotional\n";
  std::string vehicles = "company,key,customer,plate,make,model,year,unit,sold\n";
  std::string odometer = "company,vehicle,date,value,source\n";
  for (int i = 0; i < 2'500; ++i) {
    customers += fmt::format("sur,c{:05},N,,,,,,,\n", i);
    vehicles += fmt::format("sur,v{:05},c{:05},,,,,km,no\n", i, i);
    odometer += fmt::format("sur,v{:05},2026-05-01,{},workshop\n", i, i);
  }
  world.import("customers", customers, "");
  world.import("vehicles", vehicles, "");
  world.import("odometer", odometer, "");
  CHECK(world.exported("customers") == customers);
  CHECK(world.exported("vehicles") == vehicles);
  CHECK(world.exported("odometer") == odometer);
}
