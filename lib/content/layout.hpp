#pragma once

#include <array>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "template/template.hpp"

namespace egarage::content {

/// What differs from one message to the next within the same frame.
enum class Slot { subject, summary, body };
using SlotTexts = std::array<std::string_view, 3>;  ///< indexed by Slot

/// A layout that was rendered once for a company, with slots left open where the message goes in; filling them is plain
/// concatenation, which matters because every message of a run passes here.
class Frame {
 public:
  /// Renders `layout` with `context` plus the slots' variables `asunto`, `resumen` and `cuerpo`. Throws TemplateError.
  static Frame render(const tmpl::Template& layout, nlohmann::json context, const tmpl::RenderOptions& options);

  /// The texts go in as they are: what needs escaping has been escaped.
  std::string fill(const SlotTexts& texts) const;

 private:
  struct Piece {
    std::string fixed;
    Slot then;
  };
  std::vector<Piece> pieces_;
  std::string end_;
};

}  // namespace egarage::content
