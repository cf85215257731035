#include "content/context.hpp"

namespace egarage::content {
namespace {

using nlohmann::json;

/// A member that is text, or nothing.
std::string_view text_at(const json& object, const char* name) {
  const auto found = object.find(name);
  if (found == object.end() || !found->is_string()) return {};
  return found->get_ref<const std::string&>();
}

void name_vehicle(json& vehicle) {
  if (!vehicle.is_object()) return;
  auto name = vehicle_name(text_at(vehicle, "patente"), text_at(vehicle, "modelo"));
  vehicle["__str__"] = std::move(name);
}

void copy_if_absent(json& object, const char* from, const char* to) {
  const auto source = object.find(from);
  if (source == object.end() || object.contains(to)) return;
  json value = *source;
  object.emplace(to, std::move(value));
}

void date_document(json& document) {
  if (!document.is_object()) return;
  copy_if_absent(document, "fecha_documento", "fecha");
  copy_if_absent(document, "fecha", "fecha_documento");
}

json company_object(const core::Company& company) {
  return {{"nombre_taller", company.name}, {"empresa", company.legal_name}, {"email", company.email},
          {"telefono", company.phone},     {"direccion", company.address},  {"pais", company.country},
          {"moneda", company.currency}};
}

}  // namespace

std::string vehicle_name(std::string_view plate, std::string_view model) {
  std::string name{plate};
  if (!name.empty() && !model.empty()) name += " - ";
  name += model;
  return name;
}

json make_context(json objects, const core::Company& company, const PlatformIdentity& platform, core::Audience audience,
                  const core::TimeZone& zone, core::Instant now) {
  json context = objects.is_object() ? std::move(objects) : json::object();
  if (const auto recipient = context.find("recipient"); recipient != context.end()) {
    json person = std::move(*recipient);
    context.erase(recipient);
    context[audience == core::Audience::customer ? "cliente" : "usuario"] = std::move(person);
  }
  if (const auto vehicle = context.find("vehiculo"); vehicle != context.end()) name_vehicle(*vehicle);
  if (const auto document = context.find("documento"); document != context.end()) date_document(*document);
  context["empresa"] = company_object(company);
  context["plataforma"] = {{"nombre", platform.name}, {"email", platform.email}};
  const auto today = std::chrono::floor<std::chrono::days>(zone.to_local(now));
  context["fecha_actual"] = core::format_date(core::Date{today});
  return context;
}

}  // namespace egarage::content
