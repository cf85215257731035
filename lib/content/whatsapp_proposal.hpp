#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "content/lint/finding.hpp"
#include "core/event.hpp"
#include "core/language.hpp"

namespace egarage::content {

/// A WhatsApp template as it is proposed to Meta for approval: the JSON of `POST /{waba-id}/message_templates`, of
/// which the product uses named parameters, a body, a footer and quick-reply buttons.
struct WhatsappProposal {
  struct Parameter {
    std::string name, example;
  };
  std::string name, category, language, body, footer;  ///< footer may be empty
  std::vector<Parameter> parameters;                   ///< in the order of their examples
  std::vector<std::string> buttons;                    ///< words of quick replies
};

/// Where the product's proposal lies below `templates/`: `whatsapp/es/pago_pendiente.json`.
std::string proposal_path(core::Event event, core::Language language);

/// What the JSON says, or why it says nothing.
struct ParsedProposal {
  std::optional<WhatsappProposal> proposal;
  std::string fault;  ///< a sentence; empty exactly when there is a proposal
};
ParsedProposal parse_proposal(std::string_view json);

/// What Meta would refuse (developers.facebook.com, "Templates"): names, lengths, and where parameters may stand. Empty
/// for a proposal that keeps all rules.
Findings check_proposal(const std::string& file, std::string_view json);

}  // namespace egarage::content
