#include "store/calendar.hpp"
#include "store/closed_days.hpp"
#include "store_fixture.hpp"

using namespace egarage;
using namespace egarage::store;
using namespace std::chrono_literals;

namespace {

core::Company full_company() {
  auto result = company("oeste");
  result.legal_name = "Taller Oeste SpA";
  result.language = core::Language::en;
  result.email = "hola@oeste.example.cl";
  result.phone = "+56 2 2345 6789";
  result.address = "Av. O'Higgins 1";
  result.colour = "#aa3311";
  result.logo = "https://oeste.example.cl/logo.png";
  result.admin = {"Marta Ríos", "marta@oeste.example.cl"};
  result.subscription = {core::parse_date("2026-12-01"), "premium", false};
  result.hours = {std::chrono::minutes{22 * 60}, std::chrono::minutes{6 * 60 + 30}, true, true};
  result.limits = {{core::EventClass::collection, {1, 3}},
                   {core::EventClass::promotional, {}},
                   {core::EventClass::transactional, {std::nullopt, 1}}};
  result.routes = {
      {core::Event::documento_creado,
       {{core::Channel::whatsapp, core::Channel::email}, core::ChannelOrder::first, core::OnUncertain::hold}},
      {core::Event::revision_vehiculo,
       {{core::Channel::email}, core::ChannelOrder::all, {}, core::SendingHours{10h, 24h, true, false}}},
      {core::Event::cliente_inactivo, {{}, core::ChannelOrder::all, {}}}};
  auto& email = *result.accounts.email;
  email.reply_to = core::parse_mailbox("Recepción <recepcion@oeste.example.cl>");
  email.unsubscribe = "https://oeste.example.cl/baja";
  email.port = 465;
  email.tls = core::TlsMode::implicit;
  email.allow_plaintext = true;
  email.ca_file = "/etc/ssl/oeste.pem";
  email.authentication = core::SmtpAuthentication::xoauth2;
  return result;
}

}  // namespace

TEST_CASE("a company comes back as it went in, and saying it again changes nothing") {
  StoreFixture store;
  Directory directory(store.database);
  const auto wanted = full_company();
  CHECK(directory.upsert_company(wanted, noon) == Upsert::created);
  const auto stored = directory.find_company("oeste");
  REQUIRE(stored);
  CHECK(as_set(stored->company) == wanted);
  CHECK(directory.upsert_company(wanted, noon + 1h) == Upsert::unchanged);
  auto changed = wanted;
  changed.hours.weekends = false;
  changed.name = "Taller Oeste";
  CHECK(directory.upsert_company(changed, noon + 2h) == Upsert::changed);
  CHECK(as_set(directory.company(stored->id).company) == changed);
  CHECK(audit(store, "company").find(">changed:name hours") != std::string::npos);
  CHECK_FALSE(directory.find_company("este"));
  CHECK(directory.companies().size() == 3);
  CHECK(directory.companies()[0].company.slug == "norte");
}

TEST_CASE("holidays are no setting: they come with a company, and saying it again still changes nothing") {
  StoreFixture store;
  Directory directory(store.database);
  auto wanted = company("oeste");
  wanted.country = "AR";
  wanted.routes[core::Event::pago_pendiente].hours = core::SendingHours{0h, 24h, true, true};
  wanted.routes[core::Event::documento_creado].hours = core::SendingHours{0h, 24h, true, false};
  directory.upsert_company(wanted, noon);
  Calendar calendar(store.database);
  for (const auto* day : {"2026-12-25", "2026-09-18"}) {
    calendar.upsert(Holiday{"AR", core::parse_date(day).value(), "feriado"}, noon);
  }
  calendar.upsert(Holiday{"UY", core::parse_date("2026-07-04").value(), "Independence Day"}, noon);

  const auto found = directory.find_company("oeste")->company;
  const std::vector closed{std::chrono::local_days{core::parse_date("2026-09-18").value()},
                           std::chrono::local_days{core::parse_date("2026-12-25").value()}};
  CHECK(found.hours.closed_days == closed);
  CHECK(found.hours_of(core::Event::documento_creado).closed_days == closed);
  CHECK(found.hours_of(core::Event::pago_pendiente).closed_days.empty());
  for (const auto& stored : directory.companies()) {
    if (stored.company.slug == "oeste") CHECK(stored.company.hours.closed_days == closed);
  }

  CHECK(directory.upsert_company(wanted, noon) == Upsert::unchanged);
  CHECK(directory.upsert_company(found, noon) == Upsert::unchanged);

  const auto eighteenth = core::parse_date("2026-09-18").value();
  CHECK(calendar.remove("AR", eighteenth) == Upsert::changed);
  CHECK(calendar.remove("AR", eighteenth) == Upsert::unchanged);
  CHECK(directory.find_company("oeste")->company.hours.closed_days == std::vector{closed.back()});
  auto moved = found;
  moved.country = "UY";
  directory.upsert_company(moved, noon);
  CHECK(directory.find_company("oeste")->company.hours.closed_days.size() == 1);
}

TEST_CASE("the platform's limits are kept, and saying them again changes nothing") {
  StoreFixture store;
  Directory directory(store.database);
  Platform platform;
  directory.set_platform(platform, noon);
  platform.limits = {{core::EventClass::collection, {1, 0}}};
  CHECK(directory.set_platform(platform, noon) == Upsert::changed);
  CHECK(directory.set_platform(platform, noon) == Upsert::unchanged);
  CHECK(directory.platform() == platform);
}

TEST_CASE("a company's account can come, change and go") {
  StoreFixture store;
  Directory directory(store.database);
  const AccountKey key{store.sur, core::Channel::email};
  directory.set_account_health(key, {AccountState::blocked, noon + 1h, 3, "535 bad password", true}, {}, noon);
  auto wanted = company("sur");
  wanted.name = "Otro nombre";
  directory.upsert_company(wanted, noon);
  CHECK(directory.account_health(key).state == AccountState::blocked);  // the account is the same as before

  wanted.accounts.email->password.text = "file:/etc/egarage/sur.password";
  CHECK(directory.upsert_company(wanted, noon) == Upsert::changed);
  CHECK(directory.account_health(key).state == AccountState::ok);
  CHECK_FALSE(directory.account_health(key).pipelining_broken);

  wanted.accounts.email.reset();
  CHECK(directory.upsert_company(wanted, noon) == Upsert::changed);
  CHECK_FALSE(directory.find_company("sur")->company.accounts.email);
  directory.set_account_health(key, {AccountState::paused, noon, 1, "gone meanwhile", false}, {}, noon);
  CHECK(directory.account_health(key).state == AccountState::ok);
  wanted.accounts.email = account("nuevo@sur.example.cl");
  directory.upsert_company(wanted, noon);
  CHECK(as_set(directory.find_company("sur")->company) == wanted);
}

TEST_CASE("a password in clear is refused before anything is stored") {
  StoreFixture store;
  Directory directory(store.database);
  for (const auto* password : {"plain:hunter2", "hunter2", "ENV:X"}) {
    auto wanted = company("este");
    wanted.accounts.email->password.text = password;
    const auto error = error_of([&] { directory.upsert_company(wanted, noon); });
    CHECK(error.code() == core::ExitCode::configuration);
    CHECK(std::string(error.what()).find("hunter2") == std::string::npos);
    CHECK_FALSE(directory.find_company("este"));
    Platform platform;
    platform.accounts.email = wanted.accounts.email;
    CHECK(error_of([&] { directory.set_platform(platform, noon); }).code() == core::ExitCode::configuration);
  }
}

TEST_CASE("the platform has a name and an account of its own") {
  StoreFixture store;
  Directory directory(store.database);
  CHECK(directory.platform() == Platform{});
  const Platform wanted{"E-Garage Chile", {account("avisos@egarage.example"), {}, {}}, true};
  CHECK(directory.set_platform(wanted, noon) == Upsert::created);
  CHECK(directory.platform() == wanted);
  CHECK(directory.set_platform(wanted, noon) == Upsert::unchanged);
  auto other = wanted;
  other.accounts.email->port = 25;
  CHECK(directory.set_platform(other, noon) == Upsert::changed);
  CHECK(directory.platform() == other);
}

TEST_CASE("how an account fares is kept for the next run and audited") {
  StoreFixture store;
  Directory directory(store.database);
  directory.set_platform({"E-Garage", {account("avisos@egarage.example"), {}, {}}, false}, noon);
  const auto run = store.queue.begin_run("process-queue", noon);
  const AccountKey own{store.sur, core::Channel::email}, platform{};
  directory.set_account_health(own, {AccountState::paused, noon + 5min, 1, "421 busy", false}, run, noon);
  directory.set_account_health(platform, {AccountState::blocked, noon + 1h, 2, "535 refused", true}, run, noon);
  CHECK(directory.account_health(own).retry_at == noon + 5min);
  CHECK(directory.account_health(own).reason == "421 busy");
  CHECK(directory.account_health(platform).failures == 2);
  CHECK(directory.account_health(platform).pipelining_broken);
  CHECK(directory.account_health({store.norte, core::Channel::email}).state == AccountState::ok);
  const auto troubles = History(store.database).accounts_in_trouble();
  REQUIRE(troubles.size() == 2);
  CHECK(troubles[0].company.empty());
  CHECK(troubles[1].company == "sur");
  CHECK(troubles[1].health.state == AccountState::paused);
  directory.set_account_health(own, {}, run, noon + 10min);
  CHECK(History(store.database).accounts_in_trouble().size() == 1);
  CHECK(audit(store, "account email").find("ok>paused:421 busy") != std::string::npos);
  CHECK(audit(store, "account email").find("paused>ok:") != std::string::npos);
}

TEST_CASE("an address that opted out is not written to by that company") {
  StoreFixture store;
  Directory directory(store.database);
  const auto why = [&](CompanyId who, std::string_view address, core::EventClass event_class) {
    return directory.suppression(who, core::Channel::email, address, event_class);
  };
  using core::EventClass;
  CHECK_FALSE(why(store.sur, "ana@example.cl", EventClass::promotional));
  directory.suppress(store.sur, core::Channel::email, "ana@example.cl", SuppressionScope::promotional, "opted out",
                     noon);
  CHECK(why(store.sur, "Ana@example.cl", EventClass::promotional) == "opted out");
  CHECK_FALSE(why(store.sur, "ana@example.cl", EventClass::transactional));
  CHECK_FALSE(why(store.norte, "ana@example.cl", EventClass::promotional));
  CHECK_FALSE(directory.suppression(store.sur, core::Channel::sms, "ana@example.cl", EventClass::promotional));
  directory.suppress(store.sur, core::Channel::email, "ana@example.cl", SuppressionScope::all, "hard bounce", noon);
  directory.suppress(store.sur, core::Channel::email, "ana@example.cl", SuppressionScope::promotional, "again", noon);
  CHECK(why(store.sur, "ana@example.cl", EventClass::collection) == "hard bounce");
  CHECK(audit(store, "suppression email ana@example.cl") == ">promotional:opted out|promotional>all:hard bounce");
}
