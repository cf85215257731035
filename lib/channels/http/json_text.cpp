#include "channels/http/json_text.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/utf8.hpp"

namespace egarage::channels::http {

void append_json_text(std::string& json, std::string_view text) {
  const auto is_plain = [](char c) { return static_cast<unsigned char>(c) >= ' ' && c != '"' && c != '\\'; };
  if (std::ranges::all_of(text, is_plain) && core::is_valid_utf8(text)) {
    json.append(1, '"').append(text).append(1, '"');
  } else {
    json += nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  }
}

}  // namespace egarage::channels::http
