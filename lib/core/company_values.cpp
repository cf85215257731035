#include "core/company_values.hpp"

namespace egarage::core {

bool is_company_slug(std::string_view text) {
  return !text.empty() && text.size() <= 64 &&
         text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string_view::npos;
}

bool is_colour(std::string_view text) {
  return text.size() == 7 && text[0] == '#' &&
         text.find_first_not_of("0123456789abcdefABCDEF", 1) == std::string_view::npos;
}

bool is_logo_link(std::string_view text) {
  return text.starts_with("https://") && text.find_first_of(" <>\"'") == std::string_view::npos;
}

}  // namespace egarage::core
