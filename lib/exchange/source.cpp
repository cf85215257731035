#include "exchange/source.hpp"

#include "exchange/record.hpp"

namespace egarage::exchange {

Source::Source(std::istream& input) : input_(&input) {
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (has(byte_order_mark.size() - 1) && text().starts_with(byte_order_mark)) skip(byte_order_mark.size());
}

bool Source::read_on() {
  constexpr std::size_t chunk = 256 * 1024;
  buffer_.erase(0, begin_);
  begin_ = 0;
  const auto before = buffer_.size();
  buffer_.resize(before + chunk);
  input_->read(buffer_.data() + before, chunk);
  buffer_.resize(before + static_cast<std::size_t>(input_->gcount()));
  return buffer_.size() > before;
}

bool Source::has(std::size_t ahead) {
  while (begin_ + ahead >= buffer_.size()) {
    if (!read_on()) return false;
  }
  return true;
}

void Source::skip_line() {
  while (has(0)) {
    const auto end = text().find('\n');
    if (end != std::string_view::npos) return skip(end + 1);
    skip(text().size());
  }
}

std::optional<char> Source::first_visible() {
  for (std::size_t ahead = 0; ahead < longest_record && has(ahead); ++ahead) {
    if (std::string_view{" \t\r\n"}.find(at(ahead)) == std::string_view::npos) return at(ahead);
  }
  return std::nullopt;
}

}  // namespace egarage::exchange
