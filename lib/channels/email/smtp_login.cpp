#include "channels/email/smtp_login.hpp"

#include <charconv>
#include <string>

namespace egarage::channels::email {

namespace {

/// More than any set-up has; an endless reply ends here.
constexpr std::size_t most_lines = 300;

std::string upper_case(std::string_view text) {
  std::string upper(text);
  for (char& c : upper) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return upper;
}

}  // namespace

SmtpLogin::SmtpLogin(core::TlsMode tls, bool with_user)
    : tls_(tls), with_user_(with_user), secured_(tls != core::TlsMode::starttls) {}

bool SmtpLogin::hear(std::string_view line) {
  if (hopeless_) return true;  // the answer to libcurl's QUIT changes nothing
  if (++lines_ > most_lines || !line.ends_with('\n')) {
    hopeless_ = true;
    return false;
  }
  if (phase_ == Phase::hello) note_capability(line);
  std::string_view rest = line;
  switch (parser_.parse(rest)) {
    case SmtpReplyParser::Result::incomplete:
      return true;
    case SmtpReplyParser::Result::malformed:
      hopeless_ = true;
      return false;
    case SmtpReplyParser::Result::complete:
      break;
  }
  advance(parser_.reply());
  return true;
}

void SmtpLogin::note_capability(std::string_view line) {
  if (!line.starts_with("250") || line.size() < 5) return;
  std::string keyword = upper_case(line.substr(4));
  while (!keyword.empty() && (keyword.back() == '\n' || keyword.back() == '\r')) keyword.pop_back();
  const std::string_view name = std::string_view(keyword).substr(0, keyword.find_first_of(" ="));
  if (name == "STARTTLS") offer_.starttls = true;
  if (name == "AUTH") offer_.authentication = true;  // `AUTH=` is how servers before RFC 2554 wrote it
  if (name == "PIPELINING") offer_.pipelining = true;
  if (name != "SIZE") return;
  offer_.size = true;
  if (keyword.size() > 5) std::from_chars(keyword.data() + 5, keyword.data() + keyword.size(), offer_.maximum_size);
}

void SmtpLogin::advance(const SmtpReply& reply) {
  last_ = record(phase_, reply);
  if (reply.negative()) {
    // A server that knows no EHLO is greeted again with HELO, unless the account needs what only EHLO can offer.
    hopeless_ = phase_ != Phase::hello || with_user_ || !secured_;
    return;
  }
  switch (phase_) {
    case Phase::greeting:
      phase_ = Phase::hello;
      break;
    case Phase::hello:
      if (secured_) {
        phase_ = Phase::login;
        hopeless_ = with_user_ && !offer_.authentication;
      } else {
        phase_ = Phase::tls;
        hopeless_ = !offer_.starttls;
      }
      break;
    case Phase::tls:
      // RFC 3207 §4.2: what was learnt before TLS is to be forgotten.
      secured_ = true;
      offer_ = {};
      phase_ = Phase::hello;
      break;
    default:
      logged_in_ = reply.code == 235;
  }
}

}  // namespace egarage::channels::email
