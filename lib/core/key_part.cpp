#include "core/key_part.hpp"

namespace egarage::core {

std::string key_part(std::string_view host_key) {
  std::string part;
  part.reserve(host_key.size());
  for (const char letter : host_key) {
    if (letter == '/') {
      part += "%2F";
    } else if (letter == '%') {
      part += "%25";
    } else {
      part += letter;
    }
  }
  return part;
}

std::string_view take_last_part(std::string_view& key) {
  const auto slash = key.rfind('/');
  const auto part = slash == std::string_view::npos ? key : key.substr(slash + 1);
  key = slash == std::string_view::npos ? std::string_view{} : key.substr(0, slash);
  return part;
}

}  // namespace egarage::core
