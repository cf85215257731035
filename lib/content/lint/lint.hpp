#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "content/context.hpp"
#include "content/lint/finding.hpp"
#include "content/message.hpp"
#include "core/company.hpp"
#include "core/instant.hpp"

namespace egarage::content {

/// What a variable outside the contract is. A host application may send more in `datos` than the contract names.
enum class UnknownVariables { refused, allowed };

/// What a text is checked against.
struct LintSurroundings {
  const Catalogue& catalogue;            ///< with the text in question on one of its shelves
  std::vector<core::Company> companies;  ///< who send it; the first for each country is enough
  PlatformIdentity platform;
  core::Instant now;
  UnknownVariables unknown_variables = UnknownVariables::refused;
};

/// Checks one text of `shelf`, which is one of the catalogue's: that it parses, that its variables are in the event's
/// contract and the parts it names exist, that it can be rendered with much and with little data, for every company and
/// on every channel it serves, that something is left without markup, what it costs as an SMS, what WhatsApp would
/// refuse, and mistakes in HTML. In the order of the text; each finding once.
Findings lint(const TextKey& key, const Shelf& shelf, const LintSurroundings& surroundings);

/// The expressions that parameters of WhatsApp templates are made of, a JSON object of name and expression: that they
/// can be parsed and rendered, take their variables from some contract, and give what Meta takes – never nothing, no
/// line breaks – for every event with much and with little data. `language` is that of the messages.
Findings lint_parameters(const std::string& file, std::string_view json, core::Language language,
                         const LintSurroundings& surroundings);

/// The mappings of a WhatsApp account: that their expressions can be parsed, take their variables from the event's
/// contract, and give what Meta takes. A parameter that is empty with little data is a warning: such messages are
/// refused when they are made. `whose` stands before the expression's place: `taller-sur templates.PAGO_PENDIENTE…`.
Findings lint_mappings(const core::WhatsappAccount& account, const std::string& whose,
                       const LintSurroundings& surroundings);

/// A text of the shelf's own in one language that those who read another one never get to see.
Findings missing_translations(const Shelf& shelf, const Catalogue& catalogue);

/// Companies in whose name samples are rendered where none is given: one in Chile, one in the USA.
std::vector<core::Company> sample_companies();

}  // namespace egarage::content
