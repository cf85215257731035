#pragma once

#include <optional>
#include <string_view>

namespace egarage::core {

/// A version of Meta's Graph API, `v25.0`.
struct GraphVersion {
  int major, minor;
  auto operator<=>(const GraphVersion&) const = default;
};

/// The oldest version that Meta still serves (developers.facebook.com, "Graph API changelog": v20.0 expired on
/// 2026-09-24).
inline constexpr GraphVersion oldest_graph_version{21, 0};

/// Empty for what is not written `vNN.N`.
std::optional<GraphVersion> parse_graph_version(std::string_view text);

/// Whether Meta no longer serves the version. It does not refuse calls to one, but answers them as the oldest living
/// version does, so that behaviour changes without a sign. False for what is no version.
bool is_expired_graph_version(std::string_view text);

}  // namespace egarage::core
