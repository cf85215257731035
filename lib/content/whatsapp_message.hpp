#pragma once

#include <nlohmann/json.hpp>
#include <span>
#include <vector>

#include "content/message.hpp"
#include "core/event.hpp"
#include "core/language.hpp"
#include "core/whatsapp_account.hpp"
#include "core/whatsapp_message.hpp"
#include "core/whatsapp_template_name.hpp"

namespace egarage::content {

/// What a quick reply of the product's proposals sends back when it is tapped: the recipient wants no more of these.
inline constexpr std::string_view opt_out_payload = "STOP";

/// The approved template of the event with its parameters filled in: the account's own mapping, else the product's
/// proposal. Its language is the first of `languages`; through Twilio the first that has a ContentSid.
///
/// Line breaks, tabs and runs of blanks in a parameter become one blank, as Meta demands. A parameter that comes out
/// empty is an error that names it: Meta would refuse the whole message, and words that nobody chose are worse than an
/// error that says where a default is missing. So are a header's link that is no https address, and a parameter longer
/// than the 1024 characters of a template's body. Throws core::Error{configuration}, also for expressions that cannot
/// be parsed or rendered.
core::WhatsappMessage make_whatsapp_message(const Catalogue& catalogue, const core::WhatsappAccount& account,
                                            core::Event event, const std::vector<core::Language>& languages,
                                            const nlohmann::json& context, const Locality& locality);

/// The templates that these events become in these languages, each once: what must be approved.
std::vector<core::WhatsappTemplateName> whatsapp_templates(const core::WhatsappAccount& account,
                                                           std::span<const core::Event> events,
                                                           std::span<const core::Language> languages);

/// Parses the expressions of all mappings of the account. Throws core::Error{configuration} with the mapping's place.
void check_expressions(const core::WhatsappAccount& account);

}  // namespace egarage::content
