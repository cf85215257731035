#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace egarage::report {

/// `service_ready (es_CL)`, from a WhatsApp notification's payload; empty for one that has none.
std::string approved_template_name(std::string_view payload);

/// The parameters that the template is filled with, an indented line each; empty when it has none.
std::string approved_template_parameters(std::string_view payload);

/// The payload as JSON; null for one that has none.
nlohmann::ordered_json approved_template_json(std::string_view payload);

}  // namespace egarage::report
