#include "core/email_address.hpp"

#include "support/catch.hpp"

using namespace egarage::core;
using namespace std::string_literals;

TEST_CASE("addresses that real mailboxes have are taken, their domain in lower case") {
  struct Row {
    std::string text, address;
  };
  for (const auto& row :
       {Row{"ana@example.cl", "ana@example.cl"}, Row{"  ana@example.cl\t", "ana@example.cl"},
        Row{"Ana.Soto+taller@Example.CL", "Ana.Soto+taller@example.cl"},
        Row{"o'higgins@example.com", "o'higgins@example.com"},
        Row{"!#$%&'*+-/=?^_`{|}~@example.com", "!#$%&'*+-/=?^_`{|}~@example.com"}, Row{"1@a.bc", "1@a.bc"},
        Row{std::string(64, 'a') + "@example.com", std::string(64, 'a') + "@example.com"},
        Row{"a@xn--uoa-6mab.example", "a@xn--uoa-6mab.example"}, Row{"a@3com.example", "a@3com.example"}}) {
    INFO(row.text);
    const auto address = EmailAddress::parse(row.text);
    REQUIRE(address.has_value());
    CHECK(address->str() == row.address);
    CHECK(EmailAddress::explain_refusal(row.text).empty());
  }
}

TEST_CASE("a domain with accented letters becomes the form that DNS knows") {
  struct Row {
    std::string text, domain;
  };
  for (const auto& row :
       {Row{"a@müller.example", "xn--mller-kva.example"}, Row{"a@MÜLLER.example", "xn--mller-kva.example"},
        Row{"a@ñandú.cl", "xn--and-6ma2c.cl"}, Row{"a@bücher.example", "xn--bcher-kva.example"},
        Row{"a@señal.müller.example", "xn--seal-hqa.xn--mller-kva.example"},
        Row{"a@áéíóúñü.cl", "xn--1caqmqj6bp.cl"}}) {
    INFO(row.text);
    const auto address = EmailAddress::parse(row.text);
    REQUIRE(address.has_value());
    CHECK(address->domain() == row.domain);
    CHECK(address->local_part() == "a");
  }
}

TEST_CASE("what is not an address is refused with the reason") {
  struct Row {
    std::string text, reason;
  };
  for (const auto& row : {Row{"", "is empty"},
                          Row{" \t ", "is empty"},
                          Row{"ana", "has no \"@\""},
                          Row{"ana@b@example.cl", "has more than one \"@\""},
                          Row{"@example.cl", "has nothing before the \"@\""},
                          Row{"ana@", "has nothing after the \"@\""},
                          Row{"añá@example.cl", "has a non-ASCII local part"},
                          Row{std::string(65, 'a') + "@example.cl", "more than 64"},
                          Row{"\"ana soto\"@example.cl", "has a quoted local part"},
                          Row{"ana soto@example.cl", "has a character before"},
                          Row{"ana<x>@example.cl", "has a character before"},
                          Row{"a\r\nRCPT TO:<b@example.cl", "has a character before"},
                          Row{"ana@example.cl\r\nBcc: b", "has a character after"},
                          Row{"ana@example.cl> SIZE=1", "has a character after"},
                          Row{"a\0b@example.cl"s, "has a character before"},
                          Row{"ana@exa\0mple.cl"s, "has a character after"},
                          Row{".ana@example.cl", "misplaced dot before"},
                          Row{"ana.@example.cl", "misplaced dot before"},
                          Row{"a..b@example.cl", "misplaced dot before"},
                          Row{"ana@[127.0.0.1]", "address literal"},
                          Row{"ana@.example.cl", "misplaced dot in its domain"},
                          Row{"ana@example..cl", "misplaced dot in its domain"},
                          Row{"ana@example.cl.", "misplaced dot in its domain"},
                          Row{"ana@localhost", "without a dot"},
                          Row{"ana@-example.cl", "misplaced hyphen"},
                          Row{"ana@example-.cl", "misplaced hyphen"},
                          Row{"ana@exam_ple.cl", "has a character after"},
                          Row{"ana@127.0.0.1", "has a number where"},
                          Row{"ana@" + std::string(64, 'a') + ".cl", "more than 63"},
                          Row{"ana@\xE9xample.cl", "xn--"},
                          Row{"ana@\u0435xample.cl", "xn--"},  // a Cyrillic letter that looks like "e"
                          Row{"ana@東京.example", "xn--"},
                          Row{"ana@exa\u00D7mple.cl", "xn--"},
                          Row{"ana@" + std::string(62, 'a') + '.' + std::string(62, 'b') + '.' + std::string(62, 'c') +
                                  '.' + std::string(62, 'd') + ".cl",
                              "has more than 254 characters"},
                          Row{std::string(100'000, 'a') + "@example.cl", "has more than 254 characters"}}) {
    INFO(row.text.substr(0, 100));
    CHECK_FALSE(EmailAddress::parse(row.text).has_value());
    CHECK(EmailAddress::explain_refusal(row.text).find(row.reason) != std::string::npos);
  }
}

TEST_CASE("a mailbox is read with and without a name") {
  struct Row {
    std::string text, name, address;
  };
  for (const auto& row :
       {Row{"ana@example.cl", "", "ana@example.cl"}, Row{"<ana@example.cl>", "", "ana@example.cl"},
        Row{" Taller Ñuñoa <avisos@Example.cl> ", "Taller Ñuñoa", "avisos@example.cl"},
        Row{"\"Soto, Ana\" <ana@example.cl>", "Soto, Ana", "ana@example.cl"},
        Row{R"("Ana \"la jefa\" \\ Soto"<ana@example.cl>)", R"(Ana "la jefa" \ Soto)", "ana@example.cl"},
        Row{"\"<x>\" <ana@example.cl>", "<x>", "ana@example.cl"}, Row{"\"\" <ana@example.cl>", "", "ana@example.cl"}}) {
    INFO(row.text);
    const auto mailbox = parse_mailbox(row.text);
    REQUIRE(mailbox.has_value());
    CHECK(mailbox->name == row.name);
    CHECK(mailbox->address.str() == row.address);
  }
}

TEST_CASE("a text that is not exactly one mailbox is refused") {
  for (const auto* text :
       {"", "<>", ">", "Ana", "Ana ana@example.cl", "Ana <ana>", "Ana <ana@example.cl", "Ana ana@example.cl>",
        "<a@example.cl> <b@example.cl>", "a@example.cl, b@example.cl", "Ana \"x <ana@example.cl>",
        "\"a\"b\" <ana@example.cl>", "\"a\\\" <ana@example.cl>", "\" <ana@example.cl>"}) {
    INFO(text);
    CHECK_FALSE(parse_mailbox(text).has_value());
  }
}

TEST_CASE("a masked address shows the first letter and the domain") {
  CHECK(mask_address("ana.soto@example.cl") == "a…@example.cl");
  CHECK(mask_address("a@example.cl") == "a…@example.cl");
  CHECK(mask_address("no address") == "…");
  CHECK(mask_address("") == "…");
}
