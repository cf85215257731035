#include "channels/email/mime.hpp"

#include <algorithm>
#include <set>

#include "core/utf8.hpp"
#include "support/catch.hpp"
#include "support/example_account.hpp"

using namespace egarage;
using namespace egarage::channels;
using egarage::channels::email::build_mime;
using namespace std::string_literals;

namespace {

core::EmailAccount account() { return test::example_account(); }

Message message() {
  Message message;
  message.id = "n-1.abc@example.cl";
  message.created_at = *core::parse_instant("2026-11-22T15:04:05Z");
  message.utc_offset = std::chrono::hours{-3};
  message.recipient_name = "Ana Soto";
  message.recipient = "ana@example.com";
  message.subject = "Su auto está listo";
  message.text = "Hola Ana,\nsu auto está listo.\n";
  message.html = "<p>Hola <b>Ana</b></p>\n";
  return message;
}

std::string head_of(const std::string& mime) { return mime.substr(0, mime.find("\r\n\r\n") + 2); }

/// The names of the header fields, which is what an injection would change.
std::multiset<std::string> fields_of(const std::string& mime) {
  std::multiset<std::string> names;
  const auto head = head_of(mime);
  for (std::size_t start = 0; start < head.size(); start = head.find("\r\n", start) + 2) {
    if (head[start] != ' ' && head[start] != '\t') names.insert(head.substr(start, head.find(':', start) - start));
  }
  return names;
}

const std::multiset<std::string> usual_fields{"Date",       "From",           "To",           "Subject",
                                              "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type"};

/// What every message promises, whatever is in it.
void check_lines(const std::string& mime) {
  std::size_t start = 0;
  while (start < mime.size()) {
    const auto end = mime.find("\r\n", start);
    REQUIRE(end != std::string::npos);
    const auto line = mime.substr(start, end - start);
    CHECK(line.size() <= 998);
    CHECK(line.find_first_of("\r\n\0"s) == std::string::npos);
    CHECK_FALSE(line.starts_with("."));
    CHECK(std::all_of(line.begin(), line.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; }));
    start = end + 2;
  }
}

bool contains(const std::string& text, std::string_view piece) { return text.find(piece) != std::string::npos; }

}  // namespace

TEST_CASE("a message is written octet by octet as expected") {
  CHECK(build_mime(message(), account()) ==
        "Date: Sun, 22 Nov 2026 12:04:05 -0300\r\n"
        "From: Taller Sur <avisos@example.cl>\r\n"
        "To: Ana Soto <ana@example.com>\r\n"
        "Subject: =?UTF-8?Q?Su_auto_est=C3=A1_listo?=\r\n"
        "Message-ID: <n-1.abc@example.cl>\r\n"
        "Auto-Submitted: auto-generated\r\n"
        "MIME-Version: 1.0\r\n"
        "Content-Type: multipart/alternative; boundary=\"=_fe27a7f6bfe93bd4\"\r\n"
        "\r\n"
        "--=_fe27a7f6bfe93bd4\r\n"
        "Content-Type: text/plain; charset=utf-8\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\n"
        "\r\n"
        "Hola Ana,\r\n"
        "su auto est=C3=A1 listo.\r\n"
        "\r\n"
        "--=_fe27a7f6bfe93bd4\r\n"
        "Content-Type: text/html; charset=utf-8\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\n"
        "\r\n"
        "<p>Hola <b>Ana</b></p>\r\n"
        "\r\n"
        "--=_fe27a7f6bfe93bd4--\r\n");
}

TEST_CASE("the same message gives the same octets, another one another boundary") {
  const auto first = build_mime(message(), account());
  CHECK(build_mime(message(), account()) == first);
  auto other = message();
  other.id = "n-2.abc@example.cl";
  const auto boundary = [](const std::string& mime) { return mime.substr(mime.find("boundary="), 30); };
  CHECK(boundary(build_mime(other, account())) != boundary(first));
}

TEST_CASE("without HTML there is one part") {
  auto plain = message();
  plain.html.clear();
  const auto mime = build_mime(plain, account());
  CHECK(
      mime.ends_with("Content-Type: text/plain; charset=utf-8\r\n"
                     "Content-Transfer-Encoding: quoted-printable\r\n"
                     "\r\n"
                     "Hola Ana,\r\nsu auto est=C3=A1 listo.\r\n"));
  CHECK_FALSE(contains(mime, "multipart"));
}

TEST_CASE("the date is the sender's wall clock with its distance from UTC") {
  struct Row {
    const char* instant;
    int offset;
    std::string date;
  };
  for (const auto& row : {Row{"2026-11-22T15:04:05Z", -3 * 3600, "Sun, 22 Nov 2026 12:04:05 -0300"},
                          Row{"2026-01-01T02:00:00Z", -4 * 3600, "Wed, 31 Dec 2025 22:00:00 -0400"},
                          Row{"2026-02-28T23:30:00Z", 5 * 3600 + 1800, "Sun, 1 Mar 2026 05:00:00 +0530"},
                          Row{"2026-06-05T00:00:00Z", 0, "Fri, 5 Jun 2026 00:00:00 +0000"},
                          Row{"1970-01-01T00:00:00Z", -1800, "Wed, 31 Dec 1969 23:30:00 -0030"},
                          Row{"2026-11-22T15:04:05Z", -16966, "Sun, 22 Nov 2026 10:22:05 -0442"}}) {
    auto dated = message();
    dated.created_at = *core::parse_instant(row.instant);
    dated.utc_offset = std::chrono::seconds{row.offset};
    CHECK(build_mime(dated, account()).starts_with("Date: " + row.date + "\r\n"));
  }
}

TEST_CASE("replies go where the account says") {
  auto with_reply = account();
  with_reply.reply_to = core::parse_mailbox("Recepción <hola@example.cl>");
  CHECK(contains(build_mime(message(), with_reply), "\r\nReply-To: =?UTF-8?Q?Recepci=C3=B3n?= <hola@example.cl>\r\n"));
  CHECK_FALSE(contains(build_mime(message(), account()), "Reply-To"));
}

TEST_CASE("promotional messages say how to stop them, others do not") {
  auto promotion = message();
  promotion.event_class = core::EventClass::promotional;
  auto sender = account();
  CHECK(contains(build_mime(promotion, sender), "\r\nList-Unsubscribe: <mailto:avisos@example.cl?subject=BAJA>\r\n"));
  CHECK_FALSE(contains(build_mime(promotion, sender), "List-Unsubscribe-Post"));

  sender.reply_to = core::parse_mailbox("a&b%c@example.cl");
  CHECK(contains(build_mime(promotion, sender), "List-Unsubscribe: <mailto:a%26b%25c@example.cl?subject=BAJA>\r\n"));

  sender.unsubscribe = "mailto:baja@example.cl?subject=No%20m%C3%A1s";
  CHECK(
      contains(build_mime(promotion, sender), "List-Unsubscribe: <mailto:baja@example.cl?subject=No%20m%C3%A1s>\r\n"));
  CHECK_FALSE(contains(build_mime(promotion, sender), "List-Unsubscribe-Post"));

  sender.unsubscribe = "https://example.cl/baja?t=1&x=y";
  CHECK(contains(build_mime(promotion, sender),
                 "List-Unsubscribe: <https://example.cl/baja?t=1&x=y>\r\n"
                 "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"));

  for (const auto event_class : {core::EventClass::transactional, core::EventClass::collection}) {
    auto other = message();
    other.event_class = event_class;
    CHECK_FALSE(contains(build_mime(other, sender), "List-Unsubscribe"));
  }
}

TEST_CASE("an unsubscribe address that cannot stand in a header does no harm") {
  auto promotion = message();
  promotion.event_class = core::EventClass::promotional;
  auto sender = account();
  sender.unsubscribe = "https://example.cl/>\r\nBcc: <x@example.com";
  CHECK(contains(build_mime(promotion, sender),
                 "List-Unsubscribe: <https://example.cl/%3E%0D%0ABcc:%20%3Cx@example.com>\r\n"));
  for (const auto& useless :
       {"http://example.cl/baja"s, "javascript:x"s, "https://example.cl/" + std::string(2000, 'x')}) {
    sender.unsubscribe = useless;
    const auto mime = build_mime(promotion, sender);
    CHECK(contains(mime, "List-Unsubscribe: <mailto:avisos@example.cl?subject=BAJA>\r\n"));
    CHECK_FALSE(contains(mime, "List-Unsubscribe-Post"));
  }
}

TEST_CASE("no value can add a header field or a line end") {
  const std::vector<std::string> attacks{"x\r\nBcc: victim@example.com",
                                         "x\nBcc: victim@example.com",
                                         "x\rBcc: victim@example.com",
                                         "x\r\n\r\n<h1>body</h1>",
                                         "x\0\r\n\0y"s,
                                         "x\u2028Bcc: y",
                                         "=?utf-8?Q?a=0D=0ABcc:_b?=",
                                         "\n.\r\nMAIL FROM:<x@example.com>\r\n.\r\n",
                                         "\r.\r",
                                         "\xFF\xFE\xC0\xAF\xED\xA0\x80",
                                         std::string(100'000, 'x'),
                                         "--=_fe27a7f6bfe93bd4--",
                                         ""};
  for (const auto& attack : attacks) {
    INFO(attack.substr(0, 60));
    auto hostile = message();
    auto sender = account();
    hostile.id = hostile.recipient_name = hostile.subject = hostile.text = attack;
    hostile.html = "<p>" + attack;
    sender.from.name = attack;
    sender.reply_to = core::Mailbox{attack, sender.from.address};
    auto expected = usual_fields;
    expected.insert("Reply-To");
    const auto mime = build_mime(hostile, sender);
    CHECK(fields_of(mime) == expected);
    check_lines(mime);
    const auto boundary = mime.substr(mime.find("boundary=\"") + 10, 18);
    std::size_t count = 0;
    for (auto at = mime.find("--" + boundary); at != std::string::npos; at = mime.find("--" + boundary, at + 1))
      ++count;
    CHECK(count == 3);
  }
}

TEST_CASE("a recipient that is no address never reaches a header") {
  auto hostile = message();
  for (const auto* recipient : {"", "ana", "ana@example.cl\r\nBcc: x@example.com", "a@example.cl, b@example.cl"}) {
    hostile.recipient = recipient;
    const auto mime = build_mime(hostile, account());
    CHECK(contains(mime, "\r\nTo: undisclosed-recipients:;\r\n"));
    CHECK(fields_of(mime) == usual_fields);
  }
}

TEST_CASE("a Message-ID keeps only what RFC 5322 allows there") {
  auto hostile = message();
  hostile.id = "a b<c>\r\n\"d\"@é.cl";
  CHECK(contains(build_mime(hostile, account()), "\r\nMessage-ID: <abcd@.cl>\r\n"));
}

TEST_CASE("broken UTF-8 in the body is replaced, everything else arrives") {
  auto broken = message();
  broken.text = "caf\xE9 \0 👩‍🔧"s;
  const auto mime = build_mime(broken, account());
  CHECK(contains(mime, "\r\ncaf=EF=BF=BD =EF=BF=BD =F0=9F=91=A9=E2=80=8D=F0=9F=94=A7\r\n"));
}
