#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "core/channel.hpp"
#include "core/company.hpp"
#include "core/event.hpp"
#include "core/language.hpp"

namespace egarage::content {

/// A message as it is stored: rendered once, at enqueue.
struct RenderedMessage {
  std::string subject;  ///< one line, plain text
  std::string body;     ///< Markdown (CommonMark, line breaks kept)
};

/// Longer messages are not rendered, octets: their data is broken, and mail servers would refuse them, too.
inline constexpr std::size_t longest_message = 1024 * 1024;

/// The texts of the product, parsed once.
class Catalogue {
 public:
  Catalogue();
  ~Catalogue();
  /// The message for that event in that language. Throws core::Error{configuration} with file, line and column when the
  /// template cannot be rendered.
  RenderedMessage render(core::Event event, core::Channel channel, core::Language language,
                         const core::Company& company, const nlohmann::json& context) const;

 private:
  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace egarage::content
