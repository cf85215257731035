#include "content/sms_text.hpp"

#include "content/markdown.hpp"
#include "content/text_writer.hpp"
#include "core/gsm7.hpp"

namespace egarage::content {

std::string sms_text(std::string_view markdown, core::SmsAlphabet alphabet) {
  TextStyle style;
  style.between_blocks = 1;
  style.quote = style.rule = {};
  style.links = LinkStyle::address_only;
  auto text = write_text(parse_markdown(markdown), style);
  return alphabet == core::SmsAlphabet::transliterate ? core::to_gsm7(text) : text;
}

}  // namespace egarage::content
