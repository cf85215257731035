#include <fmt/format.h>

#include "content/email_body.hpp"
#include "content/lint/checks.hpp"
#include "content/lint/html_check.hpp"
#include "content/template_failure.hpp"

namespace egarage::content {
namespace {

/// A message, and what of it must come out where the layout shows it. (The preheader has the same words without
/// markup.)
constexpr std::string_view sample = "Prueba del **cuerpo**.\n\nFin.";
constexpr std::string_view proof_in_html = "cuerpo</strong>.", proof_in_text = "\n\nFin.";

EmailBody compose_sample(const core::Company& company, const LintSurroundings& surroundings) {
  auto brand = brand_of(company);
  brand.layout = layout_from(surroundings.catalogue.shelves());
  return EmailComposer{}.compose("Asunto de prueba", sample, brand, core::Event::cliente_inactivo, company.language,
                                 "mailto:baja@ejemplo.example");
}

}  // namespace

std::vector<std::string_view> layout_variables() {
  return {"idioma",
          "audiencia",
          "baja",
          "asunto",
          "resumen",
          "cuerpo",
          "empresa.nombre_taller",
          "empresa.email",
          "empresa.telefono",
          "empresa.direccion",
          "empresa.logo",
          "empresa.color",
          "empresa.color_texto"};
}

void check_layout(const TextKey& key, const Shelf& shelf, const LintSurroundings& surroundings, Findings& findings) {
  check_template(tmpl::Template::parse(shelf.name_of(key), *shelf.text(key)), key, surroundings, findings);
  const bool is_html = key.name == "layout.html";
  for (const auto& company : surroundings.companies) {
    try {
      const auto body = compose_sample(company, surroundings);
      if (is_html) {
        for (auto& finding : check_email_html(shelf.name_of(key), body.html)) {
          if (std::ranges::find(findings, finding) == findings.end()) findings.push_back(std::move(finding));
        }
      }
      const bool shows_message = is_html ? body.html.find(proof_in_html) != std::string::npos
                                         : body.text.find(proof_in_text) != std::string::npos;
      if (!shows_message) {
        findings.push_back({Severity::error, shelf.name_of(key), 0, 0, "the layout does not show the message",
                            is_html ? "put {{ cuerpo|safe }} where it belongs" : "put {{ cuerpo }} where it belongs"});
        return;
      }
    } catch (const TemplateFailure& error) {
      findings.push_back(finding_of(error.cause()));
      return;
    }
  }
}

}  // namespace egarage::content
