#include "host/reader.hpp"

#include <fmt/format.h>

namespace egarage::host {
namespace {

std::string company_sql(const Schema& schema) {
  return fmt::format(
      "SELECT {}, u.first_name AS first_name, u.last_name AS last_name, u.username AS username, u.email AS user_email"
      " FROM taller_empresa e LEFT JOIN auth_user u ON u.id = e.user_id WHERE e.id = ?1",
      schema.columns("taller_empresa", "e"));
}

std::string of_company(const Schema& schema, std::string_view table) {
  if (!schema.has(table)) return {};
  return fmt::format("SELECT {} FROM {} t WHERE t.empresa_id = ?1", schema.columns(table, "t"), table);
}

/// A name that may stand in another table.
std::string name_of(const Schema& schema, std::string_view table, std::string_view reference) {
  if (!schema.has(table) || !schema.has("taller_vehiculo", reference)) return "NULL";
  return fmt::format("(SELECT nombre FROM {} WHERE id = t.{})", table, reference);
}

std::string vehicles_sql(const Schema& schema) {
  return fmt::format("SELECT {}, {} AS marca, {} AS modelo FROM taller_vehiculo t WHERE t.empresa_id = ?1",
                     schema.columns("taller_vehiculo", "t"), name_of(schema, "taller_marca", "marca_id"),
                     name_of(schema, "taller_modelo", "modelo_id"));
}

/// The sum of a document's lines. Rounded line by line, so that no fraction of a cent adds up.
std::string sum_of_lines(const Schema& schema) {
  std::string lines;
  const auto add = [&](std::string_view table, std::string_view amount) {
    if (!schema.has(table)) return;
    lines += fmt::format("{}SELECT CAST(round({} * 100) AS INTEGER) AS amount FROM {} WHERE documento_id = t.id",
                         lines.empty() ? "" : " UNION ALL ", amount, table);
  };
  const bool counted = schema.has("taller_repuestodocumento", "cantidad");
  add("taller_repuestodocumento", counted ? "coalesce(cantidad, 1) * coalesce(precio, 0)" : "coalesce(precio, 0)");
  add("taller_serviciodocumento", "coalesce(precio, 0)");
  add("taller_otroserviciodocumento", "coalesce(precio_cliente, 0)");
  return lines.empty() ? "NULL" : fmt::format("(SELECT sum(amount) FROM ({}))", lines);
}

std::string documents_sql(const Schema& schema) {
  return fmt::format("SELECT {}, {} AS hundredths FROM taller_documento t WHERE t.empresa_id = ?1 AND t.id > ?2",
                     schema.columns("taller_documento", "t"), sum_of_lines(schema));
}

}  // namespace

Reader::Reader(Database& database)
    : database_(database),
      schema_(database),
      company_sql_(company_sql(schema_)),
      settings_sql_(of_company(schema_, "taller_configuracionnotificacion")),
      customers_sql_(of_company(schema_, "taller_cliente")),
      vehicles_sql_(vehicles_sql(schema_)),
      documents_sql_(documents_sql(schema_)),
      reminders_sql_(of_company(schema_, "taller_recordatoriomantenimiento")) {}

std::vector<HostId> Reader::companies() {
  std::vector<HostId> ids;
  auto rows = database_.query("SELECT id FROM taller_empresa ORDER BY id");
  while (rows.next()) {
    if (const auto id = rows.integer("id")) ids.push_back(*id);
  }
  return ids;
}

std::optional<CompanyRows> Reader::read(HostId id, HostId settled) {
  std::optional<CompanyRows> result;
  database_.snapshot([&] {
    auto row = company(id);
    if (!row) return;
    result =
        CompanyRows{*std::move(row), settings(id), customers(id), vehicles(id), documents(id, settled), reminders(id)};
  });
  return result;
}

std::optional<CompanyRow> Reader::company(HostId id) {
  auto rows = database_.query(company_sql_, id);
  if (!rows.next()) return std::nullopt;
  CompanyRow row;
  row.id = id;
  row.name = rows.text("nombre_taller");
  row.legal_name = rows.text("empresa");
  row.country = rows.text("pais");
  row.address = rows.text("direccion");
  row.phone = rows.text("telefono");
  row.email = rows.text("email");
  row.logo = rows.text("logo");
  row.time_zone = rows.text("zona_horaria");
  row.currency = rows.text("moneda");
  row.plan = rows.text("plan");
  row.starts = rows.text("fecha_inicio");
  row.ends = rows.text("fecha_fin");
  row.trial_days = rows.integer("dias_prueba");
  row.active = rows.flag("suscripcion_activa", true);
  row.admin_name = rows.text("first_name");
  if (const auto surname = rows.text("last_name"); !surname.empty())
    row.admin_name += (row.admin_name.empty() ? "" : " ") + surname;
  row.admin_username = rows.text("username");
  row.admin_email = rows.text("user_email");
  return row;
}

std::optional<SettingsRow> Reader::settings(HostId company) {
  if (settings_sql_.empty()) return std::nullopt;
  auto rows = database_.query(settings_sql_, company);
  if (!rows.next()) return std::nullopt;
  SettingsRow row;
  row.email = rows.flag("email_activo", row.email);
  row.whatsapp = rows.flag("whatsapp_activo", row.whatsapp);
  row.sms = rows.flag("sms_activo", row.sms);
  row.documents = rows.flag("notificar_documentos", row.documents);
  row.subscription = rows.flag("notificar_suscripcion", row.subscription);
  row.maintenance = rows.flag("notificar_mantenimiento", row.maintenance);
  row.hours_start = rows.text("hora_inicio_envio");
  row.hours_end = rows.text("hora_fin_envio");
  row.weekends = rows.flag("enviar_fines_semana", row.weekends);
  return row;
}

std::vector<CustomerRow> Reader::customers(HostId company) {
  std::vector<CustomerRow> result;
  auto rows = database_.query(customers_sql_, company);
  while (rows.next()) {
    result.push_back({rows.integer("id").value_or(0), rows.text("nombre"), rows.text("apellido"), rows.text("telefono"),
                      rows.text("email")});
  }
  return result;
}

std::vector<VehicleRow> Reader::vehicles(HostId company) {
  std::vector<VehicleRow> result;
  auto rows = database_.query(vehicles_sql_, company);
  while (rows.next()) {
    result.push_back({rows.integer("id").value_or(0), rows.integer("cliente_id"), rows.text("patente"),
                      rows.text("marca"), rows.text("modelo"), rows.integer("anio")});
  }
  return result;
}

std::vector<DocumentRow> Reader::documents(HostId company, HostId settled) {
  std::vector<DocumentRow> result;
  auto rows = database_.query(documents_sql_, company, settled);
  while (rows.next()) {
    DocumentRow row;
    row.id = rows.integer("id").value_or(0);
    row.customer = rows.integer("cliente_id");
    row.vehicle = rows.integer("vehiculo_id");
    row.type = rows.text("tipo_documento");
    row.number = rows.text("numero_documento");
    row.date = rows.text("fecha");
    row.odometer = rows.integer("kilometraje");
    row.with_tax = rows.flag("incluir_iva", false);
    row.hundredths = rows.integer("hundredths");
    result.push_back(std::move(row));
  }
  return result;
}

std::vector<ReminderRow> Reader::reminders(HostId company) {
  std::vector<ReminderRow> result;
  if (reminders_sql_.empty()) return result;
  auto rows = database_.query(reminders_sql_, company);
  while (rows.next()) {
    ReminderRow row;
    row.id = rows.integer("id").value_or(0);
    row.vehicle = rows.integer("vehiculo_id");
    row.type = rows.text("tipo_mantenimiento");
    row.description = rows.text("descripcion");
    row.due = rows.text("fecha_programada");
    row.state = rows.text("estado");
    row.notified_at = rows.text("fecha_notificacion");
    row.due_odometer = rows.integer("kilometraje_programado");
    row.days_before = rows.integer("dias_recordatorio");
    row.notified = rows.flag("notificacion_enviada", false);
    result.push_back(std::move(row));
  }
  return result;
}

}  // namespace egarage::host
