#include "config/overlay.hpp"

#include <algorithm>

namespace egarage::config {
namespace {

using core::Company;

struct Field {
  std::string_view key;
  void (*copy)(const Company& from, Company& to);
};

constexpr Field fields[] = {
    {"nombre_taller", [](const Company& from, Company& to) { to.name = from.name; }},
    {"empresa", [](const Company& from, Company& to) { to.legal_name = from.legal_name; }},
    {"pais", [](const Company& from, Company& to) { to.country = from.country; }},
    {"zona_horaria", [](const Company& from, Company& to) { to.time_zone = from.time_zone; }},
    {"moneda", [](const Company& from, Company& to) { to.currency = from.currency; }},
    {"idioma", [](const Company& from, Company& to) { to.language = from.language; }},
    {"telefono", [](const Company& from, Company& to) { to.phone = from.phone; }},
    {"email_contacto", [](const Company& from, Company& to) { to.email = from.email; }},
    {"direccion", [](const Company& from, Company& to) { to.address = from.address; }},
    {"color", [](const Company& from, Company& to) { to.colour = from.colour; }},
    {"logo", [](const Company& from, Company& to) { to.logo = from.logo; }},
    {"admin", [](const Company& from, Company& to) { to.admin = from.admin; }},
    {"subscription", [](const Company& from, Company& to) { to.subscription = from.subscription; }},
    {"hours", [](const Company& from, Company& to) { to.hours = from.hours; }},
    {"events", [](const Company& from, Company& to) { to.routes = from.routes; }},
};

}  // namespace

Company overlay(Company company, const Company& declared, const Declaration& declaration) {
  const auto says = [&](std::string_view key) {
    return std::ranges::find(declaration.keys, key) != declaration.keys.end();
  };
  company.slug = declared.slug;
  for (const auto& field : fields) {
    if (says(field.key)) field.copy(declared, company);
  }
  // `email` as a text is the contact address; as a section, its account stands in for one that nobody gave.
  if (says("email") && (!declared.accounts.email || company.email.empty())) company.email = declared.email;
  company.accounts = declared.accounts;
  return company;
}

}  // namespace egarage::config
