#include <fmt/format.h>

#include "content/lint/checks.hpp"
#include "content/lint/samples.hpp"
#include "content/template_failure.hpp"
#include "content/whatsapp_mapping.hpp"
#include "core/utf8.hpp"
#include "core/whatsapp_parameter.hpp"

namespace egarage::content {
namespace {

/// With how little data the expression is empty first; nothing where it never is.
std::string empty_in_samples(const tmpl::Template& expression, core::Event event,
                             const LintSurroundings& surroundings) {
  for (const auto& company : surroundings.companies) {
    for (const auto& [detail, detail_name] : detail_names) {
      const Sample sample{event, core::Channel::whatsapp, company.language, company, detail};
      const auto text =
          surroundings.catalogue.render_piece(expression, event, sample.channel, sample.languages(),
                                              sample.context(surroundings), sample.locality(surroundings));
      if (core::one_line(text).empty()) return std::string(detail_name);
    }
  }
  return {};
}

void check_expression(const PlacedExpression& expression, const std::string& name, core::Event event,
                      const LintSurroundings& surroundings, Findings& findings) {
  try {
    const auto parsed = tmpl::Template::parse(name, std::string(expression.text));
    const auto key = message_key(event, core::Channel::whatsapp, core::Language::es);
    check_template(parsed, key, surroundings, findings);
    const auto detail = expression.may_be_empty ? std::string{} : empty_in_samples(parsed, event, surroundings);
    if (!detail.empty()) {
      findings.push_back({Severity::warning, name, 0, 0,
                          fmt::format("this is empty with {} data, and WhatsApp refuses empty parameters", detail),
                          "give it a default: {{ cliente.nombre|default:\"cliente\" }}"});
    }
  } catch (const tmpl::TemplateError& error) {
    findings.push_back(finding_of(error));
  } catch (const TemplateFailure& failure) {
    findings.push_back(finding_of(failure.cause()));
  }
}

}  // namespace

Findings lint_mappings(const core::WhatsappAccount& account, const std::string& whose,
                       const LintSurroundings& surroundings) {
  Findings findings;
  for (const auto& [event, mapping] : account.templates) {
    for (const auto& expression : expressions_of(event, mapping)) {
      check_expression(expression, fmt::format("{} {}", whose, expression.place), event, surroundings, findings);
    }
  }
  return findings;
}

}  // namespace egarage::content
