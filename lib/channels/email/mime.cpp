#include "channels/email/mime.hpp"

#include <fmt/format.h>

#include <array>
#include <iterator>

#include "channels/email/header_encoding.hpp"
#include "channels/email/list_unsubscribe.hpp"
#include "channels/email/message_id.hpp"
#include "channels/email/quoted_printable.hpp"
#include "core/utf8.hpp"

namespace egarage::channels::email {

namespace {

/// RFC 5322 §3.3, e.g. `Sun, 22 Nov 2026 12:04:05 -0300`. A zone of that form has whole minutes; the instant stays
/// exact.
std::string format_date_header(core::Instant instant, std::chrono::seconds utc_offset) {
  constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto offset = std::chrono::duration_cast<std::chrono::minutes>(utc_offset);
  const auto wall_clock = instant + offset;
  const auto day = std::chrono::floor<std::chrono::days>(wall_clock);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss time{wall_clock - day};
  const auto distance = std::chrono::abs(offset).count();
  return fmt::format("{}, {} {} {:04} {:02}:{:02}:{:02} {}{:02}{:02}", days[std::chrono::weekday{day}.c_encoding()],
                     static_cast<unsigned>(date.day()), months[static_cast<unsigned>(date.month()) - 1],
                     static_cast<int>(date.year()), time.hours().count(), time.minutes().count(),
                     time.seconds().count(), offset.count() < 0 ? '-' : '+', distance / 60, distance % 60);
}

void append_recipient(std::string& out, const Message& message) {
  const auto address = core::EmailAddress::parse(message.recipient);
  if (!address) return append_field(out, "To", "undisclosed-recipients:;");
  append_mailbox_field(out, "To", message.recipient_name, address->str());
}

void append_headers(std::string& out, const Message& message, const core::EmailAccount& account,
                    std::string_view message_id) {
  append_field(out, "Date", format_date_header(message.created_at, message.utc_offset));
  append_mailbox_field(out, "From", account.from.name, account.from.address.str());
  append_recipient(out, message);
  if (account.reply_to) {
    append_mailbox_field(out, "Reply-To", account.reply_to->name, account.reply_to->address.str());
  }
  append_text_field(out, "Subject", message.subject);
  append_field(out, "Message-ID", fmt::format("<{}>", message_id));
  append_field(out, "Auto-Submitted", "auto-generated");  // RFC 3834 §5: keeps vacation replies away
  if (message.event_class == core::EventClass::promotional) append_list_unsubscribe(out, account);
  append_field(out, "MIME-Version", "1.0");
}

/// The content headers, the empty line and the text: a part of a multipart, or the rest of a message without parts.
void append_content(std::string& out, std::string_view type, std::string_view text) {
  append_field(out, "Content-Type", type);
  append_field(out, "Content-Transfer-Encoding", "quoted-printable");
  out += "\r\n";
  if (core::is_valid_utf8(text)) {
    append_quoted_printable(out, text);
  } else {
    append_quoted_printable(out, core::valid_utf8(text));
  }
}

constexpr std::string_view plain_text = "text/plain; charset=utf-8", html_text = "text/html; charset=utf-8";

}  // namespace

std::string build_mime(const Message& message, const core::EmailAccount& account) {
  std::string out;
  // Headers, and a quarter more than the texts: what Spanish prose and HTML attributes cost in quoted-printable.
  out.reserve(2048 + (message.text.size() + message.html.size()) * 5 / 4);
  const auto message_id = clean_message_id(message.id);
  append_headers(out, message, account, message_id);
  if (message.html.empty()) {
    append_content(out, plain_text, message.text);
    return out;
  }
  // "=_" cannot occur in quoted-printable, so no part can contain the boundary.
  const auto boundary = "=_" + fingerprint(message_id);
  append_field(out, "Content-Type", fmt::format("multipart/alternative; boundary=\"{}\"", boundary));
  fmt::format_to(std::back_inserter(out), "\r\n--{}\r\n", boundary);
  append_content(out, plain_text, message.text);
  // The CRLF before a boundary belongs to it (RFC 2046 §5.1.1); the one that ends the text does not.
  fmt::format_to(std::back_inserter(out), "\r\n--{}\r\n", boundary);
  append_content(out, html_text, message.html);
  fmt::format_to(std::back_inserter(out), "\r\n--{}--\r\n", boundary);
  return out;
}

}  // namespace egarage::channels::email
