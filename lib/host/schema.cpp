#include "host/schema.hpp"

#include <fmt/format.h>

#include <array>
#include <span>
#include <vector>

#include "core/error.hpp"

namespace egarage::host {
namespace {

using Names = std::span<const std::string_view>;

struct Table {
  std::string_view name;
  Names required, optional;
  bool may_be_missing = false;
};

template <std::size_t Count>
using List = std::array<std::string_view, Count>;

constexpr List<5> user{"id", "username", "first_name", "last_name", "email"};
constexpr List<4> company{"id", "user_id", "nombre_taller", "pais"};
constexpr List<12> company_more{"empresa",      "direccion",    "telefono",    "email",
                                "logo",         "zona_horaria", "moneda",      "plan",
                                "fecha_inicio", "fecha_fin",    "dias_prueba", "suscripcion_activa"};
constexpr List<3> customer{"id", "empresa_id", "nombre"};
constexpr List<3> customer_more{"apellido", "telefono", "email"};
constexpr List<4> vehicle{"id", "empresa_id", "cliente_id", "patente"};
constexpr List<3> vehicle_more{"marca_id", "modelo_id", "anio"};
constexpr List<2> named{"id", "nombre"};
constexpr List<5> document{"id", "empresa_id", "cliente_id", "tipo_documento", "fecha"};
constexpr List<4> document_more{"vehiculo_id", "numero_documento", "kilometraje", "incluir_iva"};
constexpr List<2> part{"documento_id", "precio"};
constexpr List<1> part_more{"cantidad"};
constexpr List<2> service{"documento_id", "precio"};
constexpr List<2> other_service{"documento_id", "precio_cliente"};
constexpr List<6> reminder{"id", "empresa_id", "vehiculo_id", "tipo_mantenimiento", "fecha_programada", "estado"};
constexpr List<5> reminder_more{"descripcion", "kilometraje_programado", "dias_recordatorio", "notificacion_enviada",
                                "fecha_notificacion"};
constexpr List<1> settings{"empresa_id"};
constexpr List<9> settings_more{"email_activo",         "whatsapp_activo",       "sms_activo",
                                "notificar_documentos", "notificar_suscripcion", "notificar_mantenimiento",
                                "hora_inicio_envio",    "hora_fin_envio",        "enviar_fines_semana"};

constexpr std::array<Table, 12> tables{{
    {"auth_user", user, {}},
    {"taller_empresa", company, company_more},
    {"taller_cliente", customer, customer_more},
    {"taller_vehiculo", vehicle, vehicle_more},
    {"taller_marca", named, {}, true},
    {"taller_modelo", named, {}, true},
    {"taller_documento", document, document_more},
    {"taller_repuestodocumento", part, part_more, true},
    {"taller_serviciodocumento", service, {}, true},
    {"taller_otroserviciodocumento", other_service, {}, true},
    {"taller_recordatoriomantenimiento", reminder, reminder_more, true},
    {"taller_configuracionnotificacion", settings, settings_more, true},
}};

const Table& table_named(std::string_view name) {
  for (const auto& table : tables) {
    if (table.name == name) return table;
  }
  throw core::Error(core::ExitCode::internal, fmt::format("{} is no table that is read", name), "");
}

}  // namespace

Schema::Schema(Database& database) {
  std::vector<std::string> missing;
  for (const auto& table : tables) {
    std::set<std::string> columns;
    {
      // A pragma takes no parameters; the names are the constants above.
      auto rows = database.query(fmt::format("SELECT name FROM pragma_table_info('{}')", table.name));
      while (rows.next()) columns.insert(rows.text("name"));
    }
    if (columns.empty()) {
      if (!table.may_be_missing) missing.emplace_back(table.name);
      continue;
    }
    for (const auto column : table.required) {
      if (!columns.contains(std::string(column))) missing.push_back(fmt::format("{}.{}", table.name, column));
    }
    present_.emplace(table.name, std::move(columns));
  }
  if (missing.empty()) return;
  const auto path = database.path().u8string();
  throw core::Error(
      core::ExitCode::configuration,
      fmt::format("{}: the host's database lacks {}", std::string(path.begin(), path.end()), fmt::join(missing, ", ")),
      "check that [host] database is E-Garage's; docs/host.md lists what is read, and of another "
      "program's data `egarage-notify import` takes files");
}

bool Schema::has(std::string_view table) const { return present_.find(table) != present_.end(); }

bool Schema::has(std::string_view table, std::string_view column) const {
  const auto found = present_.find(table);
  return found != present_.end() && found->second.contains(std::string(column));
}

std::string Schema::columns(std::string_view name, std::string_view alias) const {
  const auto& table = table_named(name);
  std::string list;
  const auto add = [&](std::string_view column) {
    if (!list.empty()) list += ", ";
    list += has(name, column) ? fmt::format("{0}.{1} AS {1}", alias, column) : fmt::format("NULL AS {}", column);
  };
  for (const auto column : table.required) add(column);
  for (const auto column : table.optional) add(column);
  return list;
}

}  // namespace egarage::host
