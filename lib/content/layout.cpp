#include "content/layout.hpp"

#include <utility>

namespace egarage::content {
namespace {

/// A slot's place in the rendered layout: its digit between two control characters that no brand's text contains
/// (core::one_line removed them) and that no escaping touches.
constexpr char mark = '\x01';
constexpr std::array<std::pair<Slot, const char*>, 3> slot_variables{
    {{Slot::subject, "asunto"}, {Slot::summary, "resumen"}, {Slot::body, "cuerpo"}}};

char digit(Slot slot) { return static_cast<char>('0' + static_cast<int>(slot)); }

}  // namespace

Frame Frame::render(const tmpl::Template& layout, nlohmann::json context, const tmpl::RenderOptions& options) {
  for (const auto& [slot, variable] : slot_variables) context[variable] = std::string{mark, digit(slot), mark};
  const auto text = layout.render(context, options);
  Frame frame;
  std::size_t start = 0;
  for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, start)) {
    frame.pieces_.push_back({text.substr(start, at - start), static_cast<Slot>(text.at(at + 1) - '0')});
    start = at + 3;
  }
  frame.end_ = text.substr(start);
  return frame;
}

std::string Frame::fill(const SlotTexts& texts) const {
  std::size_t size = end_.size();
  for (const auto& piece : pieces_) size += piece.fixed.size() + texts[static_cast<std::size_t>(piece.then)].size();
  std::string result;
  result.reserve(size);
  for (const auto& piece : pieces_) {
    result += piece.fixed;
    result += texts[static_cast<std::size_t>(piece.then)];
  }
  result += end_;
  return result;
}

}  // namespace egarage::content
