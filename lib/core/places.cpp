#include "core/places.hpp"

#include <algorithm>

namespace egarage::core {

std::string fill_places(std::string_view text,
                        const std::function<std::optional<std::string>(std::string_view name)>& value) {
  std::string filled;
  while (true) {
    const auto open = text.find("{{");
    const auto close = open == text.npos ? text.npos : text.find("}}", open + 2);
    if (close == text.npos) return filled.append(text);
    auto name = text.substr(open + 2, close - open - 2);
    name.remove_prefix(std::min(name.find_first_not_of(' '), name.size()));
    name = name.substr(0, name.find_last_not_of(' ') + 1);
    filled += text.substr(0, open);
    const auto given = value(name);
    filled += given ? std::string_view(*given) : text.substr(open, close + 2 - open);
    text.remove_prefix(close + 2);
  }
}

}  // namespace egarage::core
