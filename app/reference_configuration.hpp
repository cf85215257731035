#pragma once

#include <string>
#include <string_view>

namespace egarage::app {

/// examples/egarage-notify.toml, as it was when the program was built.
std::string_view reference_configuration();

/// What setup asks, or was told on the command line. Empty answers leave the reference's line as it is.
struct Answers {
  std::string store;
  std::string platform_name;
  std::string from;  ///< `Name <user@host>`
  std::string host;  ///< empty: messages become files
  std::string user;  ///< empty: no login
};

/// The reference with the answers filled in, still with all its comments.
std::string configuration_with(const Answers& answers);

}  // namespace egarage::app
