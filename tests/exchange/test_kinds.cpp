#include "exchange_world.hpp"

using namespace egarage;
using namespace egarage::exchange;

namespace {

struct BadRow {
  const char *header, *row, *refusal;
};

/// Each row is refused with its sentence, and none leaves a trace.
void check_refused(const char* kind, std::initializer_list<BadRow> rows) {
  ExchangeWorld world;
  world.furnish();
  const auto before = world.exported(kind);
  for (const auto& row : rows) {
    INFO(kind << ": " << row.header << " / " << row.row);
    const auto text = fmt::format("{}\n{}\n", row.header, row.row);
    const auto* company = find_kind(kind)->is_of_companies() ? "sur" : "";
    CHECK(world.import(kind, text, company).refusals == fmt::format("2: {}\n", row.refusal));
  }
  CHECK(world.exported(kind) == before);
}

}  // namespace

TEST_CASE("companies that cannot be are refused with the reason") {
  check_refused(
      "companies",
      {{"slug,name", "este,Este", "has no \"country\""},
       {"slug,country", "Taller Este,CL",
        "\"slug\" must be 1 to 64 lower-case letters, digits and hyphens, such as taller-sur"},
       {"slug,country", "este,AR", "\"country\" is \"AR\", and must be CL or US"},
       {"slug,time_zone", "sur,Chile/Santiago",
        "\"time_zone\" is \"Chile/Santiago\", which is no time zone such as America/Santiago"},
       {"slug,currency", "sur,pesos", "\"currency\" is no code of three capital letters such as CLP"},
       {"slug,language", "sur,fr", "\"language\" is \"fr\", which is none of es, en"},
       {"slug,email", "sur,marta", "\"email\" has no \"@\""},
       {"slug,admin_email", "sur,marta", "\"admin_email\" has no \"@\""},
       {"slug,colour", "sur,green", "\"colour\" is no colour such as #0a7d4f"},
       {"slug,logo", "sur,http://a.example", "\"logo\" is no https:// link"},
       {"slug,subscription_ends", "sur,01/12/2026",
        "\"subscription_ends\" is \"01/12/2026\", which is no date such as 2026-11-22"},
       {"slug,subscription_active", "sur,maybe", "\"subscription_active\" is \"maybe\", which is neither yes nor no"},
       {"slug,hours_start", "sur,8", "\"hours_start\" is \"8\", which is no time such as 08:30"},
       {"slug,hours_start", "sur,24:00", "\"hours_start\" is 24:00: write 00:00"},
       {"slug,hours_start,hours_end", "sur,08:00,08:00",
        "opens and closes at the same time: for the whole day write 00:00 and 24:00"}});
}

TEST_CASE("an import of companies keeps their accounts and channels, and what it does not speak of") {
  ExchangeWorld world;
  store::Directory directory(world.database);
  auto sur = directory.find_company("sur")->company;
  sur.routes = {{core::Event::pago_pendiente, {{core::Channel::sms}, core::ChannelOrder::first, {}}}};
  directory.upsert_company(sur, store::noon);
  CHECK(world.import("companies", "slug,subscription_ends\nsur,2027-01-31\n", "").report.changed == 1);
  sur.subscription.ends = core::parse_date("2027-01-31");
  CHECK(directory.find_company("sur")->company == sur);
}

TEST_CASE("customers that cannot be are refused with the reason") {
  check_refused(
      "customers",
      {{"key,name", "eva,", "has no \"name\""},
       {"key,surname", "eva,Soto", "has no \"name\""},
       {"key,name,language", "eva,Eva,fr", "\"language\" is \"fr\", which is none of es, en"},
       {"key,name,email", "eva,Eva,eva", "\"email\" has no \"@\""},
       {"key,name,promotional", "eva,Eva,fax", "\"promotional\" is \"fax\", which is none of email, whatsapp, sms"},
       {"key,name,collection", "eva,Eva,email|whatsap", "\"collection\" is \"whatsap\"; did you mean \"whatsapp\"?"},
       {"key,name,promotional", "eva,Eva,email|none",
        "\"promotional\" is \"none\", which is none of email, whatsapp, sms"}});
  ExchangeWorld world;
  const auto refusals = world.import("customers", "key,name,phone\neva,Eva,12345\n").refusals;
  CHECK(refusals.starts_with("2: \"phone\" "));
  const std::string too_long(201, 'k');
  CHECK(world.import("customers", "key,name\n" + too_long + ",Eva\n").refusals ==
        "2: \"key\" is longer than 200 characters\n");
}

TEST_CASE("phones are read with the company's country") {
  ExchangeWorld world;
  store::Directory directory(world.database);
  auto north = directory.find_company("norte")->company;
  north.country = "US";
  directory.upsert_company(north, store::noon);
  world.import("customers", "company,key,name,phone\nsur,a,Ana,9 6123 4567\nnorte,b,Bob,(212) 555-2368\n", "");
  CHECK(store::scalar(world.file, "SELECT group_concat(phone) FROM customer") == "+56961234567,+12125552368");
}

TEST_CASE("vehicles that cannot be are refused with the reason") {
  check_refused(
      "vehicles",
      {{"key,plate", "v,BBCL45", "has no \"customer\""},
       {"key,customer", "v,nobody", "\"customer\" is \"nobody\", but sur has no such customer"},
       {"key,customer,plate", "v,ana,·-·", "\"plate\" has neither letters nor digits"},
       {"key,customer,year", "v,ana,19", "\"year\" is \"19\", which is no whole number from 1885 to 2200"},
       {"key,customer,year", "v,ana,2019.0", "\"year\" is \"2019.0\", which is no whole number from 1885 to 2200"},
       {"key,customer,unit", "v,ana,miles", "\"unit\" is \"miles\", which is none of km, mi"},
       {"key,customer,sold", "v,ana,perhaps", "\"sold\" is \"perhaps\", which is neither yes nor no"}});
}

TEST_CASE("a flag is read as people and spreadsheets write it") {
  ExchangeWorld world;
  world.furnish();
  for (const auto* yes : {"yes", "TRUE", "1", "Sí", "si", "VERDADERO", "true"}) {
    INFO(yes);
    CHECK(world.import("vehicles", fmt::format("key,sold\nyaris,{}\n", yes)).refusals.empty());
    CHECK(store::scalar(world.file, "SELECT sold FROM vehicle WHERE key = 'yaris'") == "1");
    CHECK(world.import("vehicles", "key,sold\nyaris,FALSO\n").report.changed == 1);
  }
}

TEST_CASE("readings that cannot be are refused with the reason") {
  check_refused(
      "odometer",
      {{"vehicle,date,value", "nothing,2026-05-01,5", "\"vehicle\" is \"nothing\", but sur has no such vehicle"},
       {"vehicle,date,value", "yaris,2026-02-30,5", "\"date\" is \"2026-02-30\", which is no date such as 2026-11-22"},
       {"vehicle,date,value", "yaris,,5", "has no \"date\""},
       {"vehicle,date,value", "yaris,2026-05-01,", "has no \"value\""},
       {"vehicle,date,value", "yaris,2026-05-01,52.000",
        "\"value\" is \"52.000\", which is no whole number from 0 to 100000000"},
       {"vehicle,date,value", "yaris,2026-05-01,-5",
        "\"value\" is \"-5\", which is no whole number from 0 to 100000000"},
       {"vehicle,date,value,source", "yaris,2026-05-01,5,document",
        "\"source\" is \"document\": import the document with its odometer instead"}});
}

TEST_CASE("documents that cannot be are refused with the reason") {
  check_refused("documents", {{"key,customer,date", "d,ana,2026-05-01", "has no \"type\""},
                              {"key,customer,type", "d,ana,Factura", "has no \"date\""},
                              {"key,customer,type,date", "d,nobody,Factura,2026-05-01",
                               "\"customer\" is \"nobody\", but sur has no such customer"},
                              {"key,customer,type,date,vehicle", "d,ana,Factura,2026-05-01,nothing",
                               "\"vehicle\" is \"nothing\", but sur has no such vehicle"},
                              {"key,customer,type,date,total", "d,ana,Factura,2026-05-01,119.000",
                               "\"total\" is no amount in CLP such as 12345600; no thousands separators"},
                              {"key,customer,type,date,total,currency", "d,ana,Factura,2026-05-01,1.234,USD",
                               "\"total\" is no amount in USD such as 123456.00; no thousands separators"},
                              {"key,customer,type,date,currency", "d,ana,Factura,2026-05-01,$",
                               "\"currency\" is no code of three capital letters such as CLP"},
                              {"key,customer,type,date,odometer", "d,ana,Factura,2026-05-01,5",
                               "has an \"odometer\" but no \"vehicle\""},
                              {"key,customer,type,date,covers", "d,ana,Factura,2026-05-01,ACEITE",
                               "says what it \"covers\" but has no \"vehicle\""},
                              {"key,covers", "doc-1,ACEITES", "\"covers\" is \"ACEITES\"; did you mean \"ACEITE\"?"},
                              {"key,due", "doc-1,soon", "\"due\" is \"soon\", which is no date such as 2026-11-22"}});
}

TEST_CASE("a total keeps its currency, and a new one is in the company's") {
  ExchangeWorld world;
  world.furnish();
  const auto total = [&] {
    return store::scalar(world.file, "SELECT coalesce(total_minor || ' ' || currency, '') FROM document");
  };
  world.fill("documents", "key,total\ndoc-1,119000\n");
  CHECK(total() == "119000 CLP");
  world.fill("documents", "key,total,currency\ndoc-1,120.5,USD\n");
  CHECK(total() == "12050 USD");
  world.fill("documents", "key,total\ndoc-1,7\n");
  CHECK(total() == "700 USD");
  world.fill("documents", "key,total\ndoc-1,\n");
  CHECK(total().empty());
}

TEST_CASE("plans that cannot be are refused with the reason") {
  check_refused(
      "plans",
      {{"type,months", "LAVADO,6",
        "\"type\" is \"LAVADO\", which is none of ACEITE, FRENOS, NEUMATICOS, REVISION_GENERAL, ALINEACION, BATERIA, "
        "FILTROS, BUJIAS, CORREA_DISTRIBUCION, PERSONALIZADO"},
       {"type,mode", "ACEITE,fixed", "has neither \"months\" nor \"distance\""},
       {"type,months", "ACEITE,0", "\"months\" is \"0\", which is no whole number from 1 to 240"},
       {"type,months,model", "ACEITE,6,Yaris", "has a \"model\" but no \"make\""},
       {"type,months,make,vehicle", "ACEITE,6,Toyota,yaris", "is for a \"vehicle\" and for a \"make\": choose one"},
       {"type,months,vehicle", "ACEITE,6,nothing", "\"vehicle\" is \"nothing\", but sur has no such vehicle"},
       {"type,months,distance_before", "ACEITE,6,500", "has a \"distance_before\" but no \"distance\""},
       {"type,months,mode", "ACEITE,6,floting", "\"mode\" is \"floting\"; did you mean \"floating\"?"}});
}

TEST_CASE("reminders that cannot be are refused with the reason") {
  check_refused("reminders",
                {{"key,vehicle,type", "r,yaris,ACEITE", "has neither \"due\" nor \"due_odometer\""},
                 {"key,vehicle,due", "r,yaris,2026-12-01", "has no \"type\""},
                 {"key,vehicle,type,due", "r,nothing,ACEITE,2026-12-01",
                  "\"vehicle\" is \"nothing\", but sur has no such vehicle"},
                 {"key,vehicle,type,due,state", "r,yaris,ACEITE,2026-12-01,PROGRAMADO",
                  "\"state\" is \"PROGRAMADO\", which is none of planned, notified, done, overdue, cancelled"},
                 {"key,vehicle,type,due,state", "r,yaris,ACEITE,2026-12-01,notified",
                  "is \"notified\" but does not say when: \"notified\" is empty"},
                 {"key,vehicle,type,due,notified", "r,yaris,ACEITE,2026-12-01,2026-11-01T10:00:00Z",
                  "is \"planned\" but was \"notified\" already"},
                 {"key,vehicle,type,due,state,notified", "r,yaris,ACEITE,2026-12-01,done,yesterday",
                  "\"notified\" is \"yesterday\", which is no instant such as 2026-11-22T15:04:05Z"},
                 {"key,vehicle,type,due,closed_by", "r,yaris,ACEITE,2026-12-01,doc-1",
                  "is \"closed_by\" a document but not \"done\""},
                 {"key,vehicle,type,due,state,closed_by", "r,yaris,ACEITE,2026-12-01,done,doc-9",
                  "\"closed_by\" is \"doc-9\", but sur has no such document"}});
}

TEST_CASE("appointments that cannot be are refused with the reason") {
  check_refused("appointments", {{"key,vehicle,date", "a,yaris,2026-12-01", "has no \"kind\""},
                                 {"key,vehicle,kind", "a,yaris,tecnica", "has no \"date\""},
                                 {"key,vehicle,kind,date", "a,nothing,tecnica,2026-12-01",
                                  "\"vehicle\" is \"nothing\", but sur has no such vehicle"},
                                 {"key,vehicle,kind,date", "a,yaris,tecnico,2026-12-01",
                                  "\"kind\" is \"tecnico\"; did you mean \"tecnica\"?"},
                                 {"key,vehicle,kind,date,time", "a,yaris,revision,2026-12-01,8:30",
                                  "\"time\" is \"8:30\", which is no time such as 08:30"},
                                 {"key,vehicle,kind,date,time", "a,yaris,revision,2026-12-01,24:00",
                                  "\"time\" is 24:00, which is the next day's 00:00"},
                                 {"key,vehicle,kind,date,state", "a,yaris,revision,2026-12-01,gone",
                                  "\"state\" is \"gone\"; did you mean \"done\"?"}});
}

TEST_CASE("silences, holidays and months that cannot be are refused with the reason") {
  check_refused(
      "silences",
      {{"customer,vehicle,until", "ana,yaris,2026-12-24", "is of a \"customer\" and of a \"vehicle\": choose one"},
       {"customer,until", "nobody,2026-12-24", "\"customer\" is \"nobody\", but sur has no such customer"},
       {"vehicle,until", "nothing,2026-12-24", "\"vehicle\" is \"nothing\", but sur has no such vehicle"},
       {"event,until", "PAGO,2026-12-24", "\"event\" is no event code"},
       {"event,until", "PAGO_PENDIENTE,", "has no \"until\""}});
  check_refused("holidays", {{"country,date,name", "Chile,2029-01-01,Año Nuevo",
                              "\"country\" is no code of two capital letters such as CL"},
                             {"country,date,name", "CL,1 de enero,Año Nuevo",
                              "\"date\" is \"1 de enero\", which is no date such as 2026-11-22"},
                             {"country,date,name", "CL,,", "has no \"date\""}});
  check_refused("inspection-months",
                {{"country,digit,month", "CL,10,1", "\"digit\" is \"10\", which is no whole number from 0 to 9"},
                 {"country,digit,month", "CL,1,13", "\"month\" is \"13\", which is no whole number from 1 to 12"}});
}
