#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "content/lint/checks.hpp"
#include "content/lint/samples.hpp"
#include "content/template_failure.hpp"
#include "core/whatsapp_parameter.hpp"

namespace egarage::content {
namespace {

/// What Meta would refuse of the parameter in the first message of which it does; empty when it takes all of them.
std::string fault_in_samples(const tmpl::Template& expression, core::Language language,
                             const LintSurroundings& surroundings) {
  for (const auto& company : surroundings.companies) {
    for (const auto& about : core::all_events) {
      for (const auto& [detail, detail_name] : detail_names) {
        const Sample sample{about.event, core::Channel::whatsapp, language, company, detail};
        const auto text =
            surroundings.catalogue.render_piece(expression, sample.event, sample.channel, sample.languages(),
                                                sample.context(surroundings), sample.locality(surroundings));
        const auto fault = core::fault_of_parameter(text);
        if (!fault.empty()) return fmt::format("{} in a {} with {} data", fault, about.code, detail_name);
      }
    }
  }
  return {};
}

void check_parameter(const std::string& name, const std::string& expression, core::Language language,
                     const LintSurroundings& surroundings, Findings& findings) {
  try {
    const auto parsed = tmpl::Template::parse(name, expression);
    const TextKey as_part{"parameter", std::nullopt, language};
    check_template(parsed, as_part, surroundings, findings);
    if (auto fault = fault_in_samples(parsed, language, surroundings); !fault.empty()) {
      findings.push_back({Severity::error, name, 0, 0, "the parameter " + std::move(fault),
                          "give it a default: {{ cliente.nombre|default:\"cliente\" }}"});
    }
  } catch (const tmpl::TemplateError& error) {
    findings.push_back(finding_of(error));
  } catch (const TemplateFailure& failure) {
    findings.push_back(finding_of(failure.cause()));
  }
}

}  // namespace

Findings lint_parameters(const std::string& file, std::string_view json, core::Language language,
                         const LintSurroundings& surroundings) {
  Findings findings;
  const auto document = nlohmann::json::parse(json, nullptr, false);
  const auto is_text = [](const nlohmann::json& member) { return member.is_string(); };
  if (!document.is_object() || !std::ranges::all_of(document, is_text)) {
    findings.push_back({Severity::error, file, 0, 0, "this is no JSON object of names and expressions",
                        "write {\"nombre_cliente\": \"{{ cliente.nombre|default:'cliente' }}\", …}"});
    return findings;
  }
  for (const auto& [name, expression] : document.items()) {
    check_parameter(fmt::format("{}#{}", file, name), expression.get<std::string>(), language, surroundings, findings);
  }
  return findings;
}

}  // namespace egarage::content
