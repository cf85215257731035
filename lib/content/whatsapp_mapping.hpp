#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/event.hpp"
#include "core/language.hpp"
#include "core/whatsapp_account.hpp"

namespace egarage::content {

/// The product's proposal (templates/whatsapp/) in the shape of an account's mapping, its parameters as expressions.
const core::WhatsappTemplate& proposed_mapping(core::Event event, core::Language language);

/// The account's mapping of the event, else the proposal in that language.
const core::WhatsappTemplate& mapping_for(const core::WhatsappAccount& account, core::Event event,
                                          core::Language language);

/// As the template is approved: the mapping's word for the language, else `es` or `en`.
std::string approved_language(const core::WhatsappTemplate& mapping, core::Language language);

/// Where a parameter of the body stands, for errors: `templates.PAGO_PENDIENTE.body.total`, or its number from 1.
std::string place_of_parameter(core::Event event, const core::WhatsappTemplate& mapping, std::size_t index);
std::string place_of_link(core::Event event, const core::WhatsappTemplate::Header& header);
std::string place_of_filename(core::Event event);
std::string place_of_button(core::Event event, std::size_t index);

/// All expressions of a mapping with their places.
struct PlacedExpression {
  std::string place;
  std::string_view text;  ///< lives as long as the mapping
  bool may_be_empty;      ///< as a file's name
};
std::vector<PlacedExpression> expressions_of(core::Event event, const core::WhatsappTemplate& mapping);

}  // namespace egarage::content
