#include "directory_fixture.hpp"

using namespace egarage;
using namespace egarage::store;

TEST_CASE("rows of the directory that cannot be are refused by the schema itself") {
  DirectoryFixture store;
  store.put(DirectoryFixture::service("doc-1", "2026-11-20"));
  store.put(DirectoryFixture::reminder("r-1", "yaris", "2026-12-01"));
  store.appointments.upsert(store.sur, {"a-1", "yaris", AppointmentKind::revision, day("2026-12-01"), {}, {}}, noon);
  store.odometer.upsert(store.sur, "yaris", {day("2026-11-01"), 100, ReadingSource::workshop}, noon);
  store.put(DirectoryFixture::plan(core::MaintenanceType::aceite));
  store.silences.upsert(store.sur, {{}, {}, {}, day("2026-12-24"), ""}, noon);
  struct Row {
    std::string sql, reason;
  };
  const Row rows[] = {
      {"UPDATE customer SET key = ''", "CHECK"},
      {"UPDATE customer SET language = 'fr'", "CHECK"},
      {"UPDATE customer SET email = 'ana'", "customer_email"},
      {"UPDATE customer SET phone = '961234567'", "customer_phone_is_e164"},
      {"UPDATE customer SET phone = '+5696123456789012'", "customer_phone_is_e164"},
      {"UPDATE customer SET promotional = 'E-mail'", "customer_promotional"},
      {"UPDATE customer SET last_document_on = '2026-02-30'", "CHECK"},
      {"UPDATE customer SET last_document_on = '22/11/2026'", "CHECK"},
      {"UPDATE customer SET company_id = 99 WHERE key = 'luis'", "FOREIGN KEY"},
      {"UPDATE vehicle SET customer_key = 'nobody'", "FOREIGN KEY"},
      {"UPDATE vehicle SET company_id = 2", "FOREIGN KEY"},
      {"DELETE FROM customer WHERE key = 'ana'", "FOREIGN KEY"},
      {"UPDATE vehicle SET plate_key = 'bb-cl'", "vehicle_plate_key"},
      {"UPDATE vehicle SET plate_digit = 10", "CHECK"},
      {"UPDATE vehicle SET year = 19", "CHECK"},
      {"UPDATE vehicle SET unit = 'miles'", "CHECK"},
      {"UPDATE vehicle SET sold = 2", "CHECK"},
      {"UPDATE odometer_reading SET value = -1", "CHECK"},
      {"UPDATE odometer_reading SET source = 'document'", "CHECK"},
      {"UPDATE odometer_reading SET read_on = 'soon'", "CHECK"},
      {"UPDATE odometer_reading SET vehicle_key = 'nothing'", "FOREIGN KEY"},
      {"UPDATE document SET total_minor = 100", "document_total_has_currency"},
      {"UPDATE document SET currency = 'CLP'", "document_total_has_currency"},
      {"UPDATE document SET total_minor = 1, currency = 'pesos'", "CHECK"},
      {"UPDATE document SET vehicle_key = NULL, odometer = 5", "document_odometer_is_a_vehicles"},
      {"UPDATE document SET due_on = '2026-13-01'", "CHECK"},
      {"UPDATE document SET customer_key = 'nobody'", "FOREIGN KEY"},
      {"UPDATE document SET vehicle_key = 'nothing'", "FOREIGN KEY"},
      {"INSERT INTO document_covers VALUES (1, 'doc-1', 'LAVADO')", "CHECK"},
      {"INSERT INTO document_covers VALUES (1, 'doc-2', 'ACEITE')", "FOREIGN KEY"},
      {"UPDATE maintenance_plan SET every_months = NULL", "plan_has_an_interval"},
      {"UPDATE maintenance_plan SET every_months = 0", "CHECK"},
      {"UPDATE maintenance_plan SET every_distance = 10000", "plan_distance_has_unit"},
      {"UPDATE maintenance_plan SET distance_before = 500", "plan_distance_before_needs_distance"},
      {"UPDATE maintenance_plan SET model = 'Yaris'", "plan_model_has_make"},
      {"UPDATE maintenance_plan SET make = 'Toyota', vehicle_key = 'yaris'", "plan_is_for_a_vehicle_or_for_many"},
      {"UPDATE maintenance_plan SET vehicle_key = 'nothing'", "FOREIGN KEY"},
      {"INSERT INTO maintenance_plan (company_id, type, make, model, every_months, mode, updated_at)"
       " VALUES (1, 'ACEITE', '', '', 3, 'fixed', 5)",
       "UNIQUE"},
      {"UPDATE maintenance_reminder SET due_on = NULL", "reminder_is_due_some_day"},
      {"UPDATE maintenance_reminder SET forecast_on = '2026-12-01'", "reminder_forecast_is_of_an_odometer"},
      {"UPDATE maintenance_reminder SET notified_at = 5", "reminder_planned_is_not_notified"},
      {"UPDATE maintenance_reminder SET state = 'notified'", "reminder_notified_has_instant"},
      {"UPDATE maintenance_reminder SET closed_by = 'doc-1'", "reminder_closed_is_done"},
      {"UPDATE maintenance_reminder SET state = 'done', closed_by = 'doc-9'", "FOREIGN KEY"},
      {"UPDATE maintenance_reminder SET state = 'PROGRAMADO'", "CHECK"},
      {"UPDATE appointment SET kind = 'other'", "CHECK"},
      {"UPDATE appointment SET time = 1440", "CHECK"},
      {"UPDATE appointment SET vehicle_key = 'nothing'", "FOREIGN KEY"},
      {"UPDATE holiday SET country = 'Chile'", "CHECK"},
      {"UPDATE holiday SET day = '18-09-2026'", "CHECK"},
      {"UPDATE inspection_month SET month = 13", "CHECK"},
      {"UPDATE inspection_month SET plate_digit = 10", "CHECK"},
      {"UPDATE silence SET customer_key = 'ana', vehicle_key = 'yaris'", "silence_is_of_a_customer_or_a_vehicle"},
      {"UPDATE silence SET until_on = NULL", "NOT NULL"},
      {"UPDATE silence SET customer_key = 'nobody'", "FOREIGN KEY"},
      {"INSERT INTO silence (company_id, until_on, reason, updated_at) VALUES (1, '2026-12-31', '', 5)", "UNIQUE"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.sql);
    const auto answer = refusal(store, row.sql);
    CHECK(answer != "");
    CHECK(answer.find(row.reason) != std::string::npos);
  }
}

TEST_CASE("the queries of daily runs find their rows by an index") {
  DirectoryFixture store;
  struct Row {
    std::string sql, index;
  };
  for (const auto& row :
       {Row{"SELECT key FROM vehicle WHERE company_id = 1 AND replan = 1 AND key > '' ORDER BY key",
            "vehicle_to_replan"},
        Row{"SELECT key FROM vehicle WHERE company_id = 1 AND plate_digit = 5 AND sold = 0 AND key > '' ORDER BY key",
            "vehicle_by_plate_digit"},
        Row{"SELECT key FROM document WHERE company_id = 1 AND paid_on IS NULL AND due_on IS NOT NULL"
            " AND (due_on, key) > ('2026-01-01', '') AND due_on <= '2026-02-01' ORDER BY due_on, key",
            "document_unpaid"},
        Row{"SELECT key FROM maintenance_reminder WHERE company_id = 1 AND state = 'planned'"
            " AND (expected_on, key) > ('2026-01-01', '') AND expected_on <= '2026-02-01' ORDER BY expected_on, key",
            "maintenance_reminder_open"},
        Row{"SELECT key FROM appointment WHERE company_id = 1 AND state = 'scheduled'"
            " AND (held_on, key) > ('2026-01-01', '') AND held_on <= '2026-02-01' ORDER BY held_on, key",
            "appointment_scheduled"},
        Row{"SELECT key FROM customer WHERE company_id = 1 AND last_document_on IS NOT NULL"
            " AND (last_document_on, key) > ('2026-01-01', '') AND last_document_on <= '2026-02-01'"
            " ORDER BY last_document_on, key",
            "customer_by_last_document"}}) {
    CAPTURE(row.sql);
    SQLite::Database other(store.file.string());
    SQLite::Statement plan(other, "EXPLAIN QUERY PLAN " + row.sql);
    std::string text;
    while (plan.executeStep()) text += plan.getColumn(3).getString() + "; ";
    CAPTURE(text);
    CHECK(text.find(row.index) != std::string::npos);
    CHECK(text.find("TEMP B-TREE") == std::string::npos);
  }
}
