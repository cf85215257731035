#include "content/sms_text.hpp"

#include "content/markdown.hpp"
#include "content/text_writer.hpp"
#include "core/gsm7.hpp"

namespace egarage::content {

std::string sms_text(std::string_view markdown) {
  TextStyle style;
  style.between_blocks = 1;
  style.quote = style.rule = {};
  style.links = LinkStyle::address_only;
  return core::to_gsm7(write_text(parse_markdown(markdown), style));
}

}  // namespace egarage::content
