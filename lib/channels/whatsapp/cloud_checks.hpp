#pragma once

#include <string>
#include <vector>

#include "channels/http/discretion.hpp"
#include "channels/http/provider.hpp"
#include "core/whatsapp_template_name.hpp"

namespace egarage::channels::whatsapp {

/// What is wrong with the number that `GET /{phone-number-id}` tells of; empty when it may send.
std::string judge_number(const http::Answer& answer, const http::Discretion& discretion);

/// Which of `needed` are not approved, by the list that `GET /{business-account-id}/message_templates` gives; empty
/// when all are.
std::string judge_templates(const std::vector<core::WhatsappTemplateName>& needed, const http::Answer& answer,
                            const http::Discretion& discretion);

}  // namespace egarage::channels::whatsapp
