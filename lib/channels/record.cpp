#include "channels/record.hpp"

#include "core/utf8.hpp"

namespace egarage::channels {

std::string record_text(std::string_view text) {
  constexpr std::size_t longest_text = 500;
  return std::string(core::cut_utf8(core::one_line(core::valid_utf8(text)), longest_text));
}

Reply record(Phase phase, std::string_view what_happened) { return {phase, 0, {}, record_text(what_happened)}; }

}  // namespace egarage::channels
