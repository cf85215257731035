#include "delivery/resolvers.hpp"

#include "store/customers.hpp"
#include "store/documents.hpp"
#include "store/maintenance_reminders.hpp"
#include "store/vehicles.hpp"
#include "support/catch.hpp"
#include "support/delivery_world.hpp"

using namespace egarage;
using core::Event;
using core::Status;

namespace {

core::Date the_day(std::string_view text) { return core::parse_date(text).value(); }

/// A customer with a vehicle and an unpaid document, about whom producers have made messages.
struct World : test::DeliveryWorld {
  store::CompanyId company = add_company("sur", [](core::Company& sur) {
    sur.limits = {{core::EventClass::collection, {}}, {core::EventClass::promotional, {}}};
  });
  store::Customers customers{database};
  store::Vehicles vehicles{database};
  store::Documents documents{database};
  store::Customer ana;
  store::Document bill;

  World() {
    ana.key = "ana";
    ana.email = "ana@example.cl";
    customers.upsert(company, ana, now);
    vehicles.upsert(company, {.key = "v-1", .customer = "ana", .plate = "", .make = "", .model = "", .year = {}}, "CL",
                    now);
    bill.key = "F/1";
    bill.customer = "ana";
    bill.type = "Factura";
    bill.date = the_day("2025-11-18");
    documents.upsert(company, bill, now);
  }

  void owe(std::string_view due, std::optional<core::Date> paid = {}) {
    bill.due = due.empty() ? std::nullopt : std::optional(the_day(due));
    bill.paid = paid;
    documents.upsert(company, bill, now);
  }
  store::NotificationId notice(const std::string& key, Event event) {
    return enqueue(company, key, [&](auto& one) {
      one.event = event;
      one.recipient = "ana@example.cl";
      one.customer = "ana";
      if (event == Event::pago_pendiente) one.subjects = {{store::SubjectKind::document, "F/1"}};
    });
  }
  /// What becomes of a notice in a run: `accepted`, or why it was cancelled.
  std::string fate(const std::string& key, Event event) {
    const auto id = notice(key, event);
    run();
    const auto row = record(id);
    return row.status == Status::cancelled ? row.reason : std::string{core::name_of(core::status_names, row.status)};
  }
};

const std::string payment_key = "PAGO_PENDIENTE/F%2F1/2026-11-18/T-0/email";
const std::string invitation_key = "CLIENTE_INACTIVO/ana/2025-11-18/M+12/email";

}  // namespace

TEST_CASE("a reminder of payment leaves only while the document is unpaid and due on that day") {
  struct Row {
    std::string_view due, paid, fate;
  };
  const std::vector<Row> rows{{"2026-11-18", "", "accepted"},
                              {"2026-11-18", "2026-11-17", "paid on 2026-11-17"},
                              {"2026-12-01", "", "now due on 2026-12-01"},
                              {"", "", "has no due date any more"}};
  for (const auto& [due, paid, fate] : rows) {
    INFO(fate);
    World world;
    world.owe(due, paid.empty() ? std::nullopt : std::optional(the_day(paid)));
    CHECK(world.fate(payment_key, Event::pago_pendiente) == fate);
  }
}

TEST_CASE("a payment that comes while the notice waits is noticed before it leaves") {
  World world;
  world.owe("2026-11-18");
  const auto waiting = world.notice(payment_key, Event::pago_pendiente);
  world.owe("2026-11-18", the_day("2026-11-18"));
  CHECK(world.run().cancelled == 1);
  CHECK(world.record(waiting).reason == "paid on 2026-11-18");
  CHECK(world.record(waiting).attempts == 0);
}

TEST_CASE("notices about documents that are not here, and the host's own keys, are judged by what they say") {
  World world;
  world.owe("2026-11-18", the_day("2026-11-17"));
  for (const auto* key : {"PAGO_PENDIENTE/cobro-7/email", "PAGO_PENDIENTE/otro/2026-11-18/T-0/email",
                          "PAGO_PENDIENTE/F/1/2026-11-18/T-0/email"}) {
    INFO(key);
    CHECK(world.fate(key, Event::pago_pendiente) == "accepted");
  }
  const auto gone = world.enqueue(world.company, "PAGO_PENDIENTE/F-9/2026-11-18/T-0/email", [](auto& one) {
    one.event = Event::pago_pendiente;
    one.subjects = {{store::SubjectKind::document, "F-9"}};
  });
  world.run();
  CHECK(world.record(gone).reason == "the document is gone");
}

TEST_CASE("an invitation leaves only while the customer stays away, wants it, and nothing is open") {
  using Change = std::function<void(World&)>;
  struct Row {
    std::string_view fate;
    Change change;
  };
  const auto remind = [](std::string_view due) {
    return [due](World& world) {
      store::MaintenanceReminder one;
      one.key = "r-1";
      one.vehicle = "v-1";
      one.due = the_day(due);
      store::MaintenanceReminders{world.database}.upsert(world.company, one, world.now);
    };
  };
  const std::vector<Row> rows{
      {"accepted", [](World&) {}},
      {"came back on 2026-11-10",
       [](World& world) {
         world.bill.key = "F/2";
         world.bill.date = the_day("2026-11-10");
         world.documents.upsert(world.company, world.bill, world.now);
       }},
      {"was last seen on 2025-11-01",
       [](World& world) {
         world.bill.date = the_day("2025-11-01");
         world.documents.upsert(world.company, world.bill, world.now);
       }},
      {"has an unpaid document", [](World& world) { world.owe("2025-12-18"); }},
      {"has a maintenance reminder", remind("2026-12-18")},
      {"accepted", remind("2026-12-19")},
      {"wants no promotional messages",
       [](World& world) {
         world.ana.promotional.emplace();
         world.customers.upsert(world.company, world.ana, world.now);
       }},
      {"opted out: answered STOP",
       [](World& world) {
         world.ana.phone = "+56961234567";
         world.customers.upsert(world.company, world.ana, world.now);
         world.directory.suppress(world.company, core::Channel::whatsapp, "+56961234567",
                                  store::SuppressionScope::promotional, "answered STOP", world.now);
       }},
      {"has sold all vehicles",
       [](World& world) {
         auto vehicle = world.vehicles.find(world.company, "v-1").value();
         vehicle.sold = true;
         world.vehicles.upsert(world.company, vehicle, "CL", world.now);
       }},
  };
  for (const auto& [fate, change] : rows) {
    INFO(fate);
    World world;
    change(world);
    CHECK(world.fate(invitation_key, Event::cliente_inactivo) == fate);
  }
}

TEST_CASE("a created document is always told of, and an invitation under a key of the host's own leaves") {
  World world;
  world.owe("2025-12-18", the_day("2025-12-18"));
  CHECK(world.fate("DOCUMENTO_CREADO/F%2F1/email", Event::documento_creado) == "accepted");
  world.owe("2025-12-18");
  CHECK(world.fate("CLIENTE_INACTIVO/campana-7/email", Event::cliente_inactivo) == "accepted");
}
