#include "core/graph_version.hpp"

#include <charconv>

namespace egarage::core {

std::optional<GraphVersion> parse_graph_version(std::string_view text) {
  GraphVersion version{};
  const auto* const end = text.data() + text.size();
  if (!text.starts_with('v')) return std::nullopt;
  const auto major = std::from_chars(text.data() + 1, end, version.major);
  if (major.ec != std::errc{} || major.ptr == end || *major.ptr != '.') return std::nullopt;
  const auto minor = std::from_chars(major.ptr + 1, end, version.minor);
  if (minor.ec != std::errc{} || minor.ptr != end || version.major < 1 || version.minor < 0) return std::nullopt;
  const bool shaped = version.major < 100 && version.minor < 10 && text.size() == (version.major < 10 ? 4U : 5U);
  if (!shaped) return std::nullopt;
  return version;
}

bool is_expired_graph_version(std::string_view text) {
  const auto version = parse_graph_version(text);
  return version && *version < oldest_graph_version;
}

}  // namespace egarage::core
