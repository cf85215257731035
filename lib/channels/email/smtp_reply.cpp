#include "channels/email/smtp_reply.hpp"

#include <algorithm>

#include "channels/record.hpp"

namespace egarage::channels::email {

namespace {

constexpr std::size_t longest_text = 500;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// The code of a reply line, 0 if it has none. RFC 5321 §4.2 restricts the second digit to 0…5; real servers say 571.
int code_of(std::string_view line) {
  if (line.size() < 3 || line[0] < '2' || line[0] > '5' || !is_digit(line[1]) || !is_digit(line[2])) return 0;
  return (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
}

std::size_t count_digits(std::string_view text, std::size_t from) {
  std::size_t count = 0;
  while (from + count < text.size() && is_digit(text[from + count])) ++count;
  return count;
}

}  // namespace

std::string_view leading_status(std::string_view text) {
  if (text.size() < 5 || (text[0] != '2' && text[0] != '4' && text[0] != '5')) return {};
  std::size_t at = 1;
  for (int part = 0; part < 2; ++part) {
    if (at >= text.size() || text[at] != '.') return {};
    const std::size_t digits = count_digits(text, at + 1);
    if (digits < 1 || digits > 3) return {};
    at += 1 + digits;
  }
  if (at < text.size() && text[at] != ' ' && text[at] != '\t') return {};
  return text.substr(0, at);
}

SmtpReplyParser::Result SmtpReplyParser::parse(std::string_view& octets) {
  while (!octets.empty()) {
    const std::size_t end = octets.find('\n');
    const std::string_view piece = octets.substr(0, end);
    if (partial_.size() + piece.size() > longest_line) return Result::malformed;
    if (end == std::string_view::npos) {
      partial_ += piece;
      octets = {};
      return Result::incomplete;
    }
    octets.remove_prefix(end + 1);
    Result result;
    if (partial_.empty()) {
      result = take_line(piece);
    } else {
      partial_ += piece;
      result = take_line(partial_);
      partial_.clear();
    }
    if (result != Result::incomplete) return result;
  }
  return Result::incomplete;
}

SmtpReplyParser::Result SmtpReplyParser::take_line(std::string_view line) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  const int code = code_of(line);
  const bool last = line.size() == 3 || (line.size() > 3 && line[3] == ' ');
  if (code == 0 || !(last || line[3] == '-') || line.find('\0') != std::string_view::npos) return Result::malformed;
  if (lines_ == 0) {
    text_.clear();
    status_.clear();
    octets_ = 0;
  } else if (code != reply_.code) {
    return Result::malformed;  // RFC 5321 §4.2.1: all lines of a reply have the same code
  }
  octets_ += line.size();
  if (++lines_ > most_lines || octets_ > longest_reply) return Result::malformed;
  reply_.code = code;
  keep(line.substr(std::min<std::size_t>(line.size(), 4)));
  if (!last) return Result::incomplete;
  lines_ = 0;
  reply_.enhanced = status_;
  reply_.text = text_;
  return Result::complete;
}

void SmtpReplyParser::keep(std::string_view text) {
  const std::string_view status = leading_status(text);
  if (lines_ == 1) status_ = status;
  // Servers repeat the status on every line; once is enough.
  if (!status.empty() && status == status_) text.remove_prefix(std::min(text.size(), status.size() + 1));
  if (text_.size() >= longest_text) return;
  if (!text_.empty()) text_ += ' ';
  text_ += text.substr(0, longest_text);
}

Reply record(Phase phase, const SmtpReply& reply) {
  return {phase, reply.code, std::string(reply.enhanced), record_text(reply.text)};
}

std::string provider_id(std::string_view text) {
  for (const std::string_view mark : {"queued as ", "id="}) {
    const std::size_t at = text.find(mark);
    if (at == std::string_view::npos) continue;
    const std::string_view rest = text.substr(at + mark.size());
    return record_text(rest.substr(0, rest.find_first_of(" \t")));
  }
  return {};
}

}  // namespace egarage::channels::email
