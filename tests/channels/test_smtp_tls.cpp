#include "channels/email/smtp_sender.hpp"
#include "support/catch.hpp"
#include "support/certificate.hpp"
#include "support/sender_run.hpp"
#include "support/smtp_peer.hpp"

using namespace egarage;
using namespace egarage::channels;
using namespace egarage::channels::email;
using test::Certificate;
using test::good_certificate;
using test::SenderRun;
using test::SmtpPeer;

namespace {

core::EmailAccount account_at(std::uint16_t port, const Certificate& trusted, core::TlsMode tls) {
  const auto from = core::parse_mailbox("Taller Sur <avisos@taller.example>");
  return {"smtp", *from, {}, {}, "127.0.0.1", port, tls, false, trusted.file, {}, "ana", {}};
}

SenderRun run(const core::EmailAccount& account, std::size_t count, const char* password = "secreto",
              const std::string& text = "Hola\n") {
  std::vector<Message> messages(count);
  for (auto& message : messages) {
    message.id = "m@taller.example";
    message.recipient = "r@example.cl";
    message.text = text;
  }
  SmtpOptions options;
  options.timeouts.connect = std::chrono::seconds(5);
  Network network;
  const auto sender = make_smtp_sender(network, account, core::Secret(password), options);
  return test::run_sender(network, *sender, std::move(messages));
}

}  // namespace

TEST_CASE("the login happens under TLS, with the mechanism the account asks for") {
  using enum core::SmtpAuthentication;
  struct Row {
    const char* tls;
    core::TlsMode mode;
    core::SmtpAuthentication authentication;
    const char *offered, *used;
  };
  const Row rows[] = {
      {"starttls", core::TlsMode::starttls, automatic, "PLAIN LOGIN XOAUTH2", "PLAIN"},
      {"starttls", core::TlsMode::starttls, automatic, "XOAUTH2 LOGIN", "LOGIN"},
      {"starttls", core::TlsMode::starttls, login, "PLAIN LOGIN XOAUTH2", "LOGIN"},
      {"starttls", core::TlsMode::starttls, xoauth2, "PLAIN LOGIN XOAUTH2", "XOAUTH2"},
      {"implicit", core::TlsMode::implicit, automatic, "PLAIN LOGIN XOAUTH2", "PLAIN"},
      {"implicit", core::TlsMode::implicit, plain, "LOGIN PLAIN", "PLAIN"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.tls, row.offered, row.used);
    const SmtpPeer peer(
        test::with(good_certificate(), {"--tls", row.tls, "--auth", "ana:secreto", "--mechanisms", row.offered}));
    core::EmailAccount account = account_at(peer.port, good_certificate(), row.mode);
    account.authentication = row.authentication;
    const SenderRun done = run(account, 3);
    CHECK(done.summary() == "3 accepted");
    CHECK(done.state() == "ok");
    CHECK(peer.count(std::string("\"mechanism\": \"") + row.used + "\", \"good\": true, \"tls\": true") == 1);
    CHECK(peer.count("\"user\": \"ana\", \"to\"") == 3);
  }
}

TEST_CASE("many messages pass under TLS") {
  const SmtpPeer peer(test::with(good_certificate(), {"--tls", "starttls", "--auth", "ana:secreto"}));
  CHECK(run(account_at(peer.port, good_certificate(), core::TlsMode::starttls), 200).summary() == "200 accepted");
}

TEST_CASE("large messages pass under TLS, the next one's envelope right behind each") {
  const SmtpPeer peer(test::with(good_certificate(), {"--tls", "implicit", "--auth", "ana:secreto"}));
  std::string text;
  while (text.size() < 6'000'000) text += "Su vehículo está listo.\n";
  const auto account = account_at(peer.port, good_certificate(), core::TlsMode::implicit);
  CHECK(run(account, 3, "secreto", text).summary() == "3 accepted");
}

TEST_CASE("a refused login costs one attempt and no message") {
  for (const auto& [mode, state] :
       {std::pair{"normal", "blocked"}, {"auth-535", "blocked"}, {"auth-454", "paused"}, {"no-auth", "blocked"}}) {
    for (const char* mechanism : {"PLAIN", "LOGIN", "XOAUTH2"}) {
      CAPTURE(mode, mechanism);
      const SmtpPeer peer(test::with(good_certificate(), {"--tls", "starttls", "--auth", "ana:secreto", "--mode", mode,
                                                          "--mechanisms", mechanism}));
      core::EmailAccount account = account_at(peer.port, good_certificate(), core::TlsMode::starttls);
      if (mechanism == std::string("XOAUTH2")) account.authentication = core::SmtpAuthentication::xoauth2;
      const SenderRun done = run(account, 20, "falso");
      CHECK(done.summary().empty());
      CHECK(done.state() == state);
      CHECK(done.phase() == "login");
      CHECK(done.unsent == 20);
      CHECK(peer.count("\"line\": \"AUTH") <= 1);
      CHECK(peer.count("MAIL FROM") == 0);
      CHECK(done.standing.reply->text.find("falso") == std::string::npos);
    }
  }
}

TEST_CASE("a server that refuses the login and ignores QUIT holds nothing up for long") {
  for (const char* mode : {"auth-535", "no-starttls", "no-auth"}) {
    CAPTURE(mode);
    const SmtpPeer peer(test::with(good_certificate(),
                                   {"--tls", "starttls", "--auth", "ana:secreto", "--mode", mode, "--ignore-quit"}));
    const auto before = std::chrono::steady_clock::now();
    CHECK(run(account_at(peer.port, good_certificate(), core::TlsMode::starttls), 1).state() == "blocked");
    CHECK(std::chrono::steady_clock::now() - before < std::chrono::seconds(4));  // 120 s is libcurl's own idea
  }
}

TEST_CASE("a password that stops working in mid-run blocks the account and spares the messages") {
  const SmtpPeer peer(
      test::with(good_certificate(), {"--tls", "starttls", "--auth", "ana:secreto", "--mode", "auth-535-mid-run"}));
  const SenderRun done = run(account_at(peer.port, good_certificate(), core::TlsMode::starttls), 3);
  CHECK(done.state() == "blocked");
  CHECK(done.phase() == "login");
  CHECK(done.summary() == "1 accepted, 1 returned");
}

TEST_CASE("no password goes to a server that cannot prove itself or has no TLS") {
  static const Certificate other("DNS:other.example");
  static const Certificate expired("IP:127.0.0.1", "-1");
  struct Row {
    const Certificate* certificate;
    std::vector<std::string> arguments;
    core::TlsMode mode;
    const char *state, *phase;
  };
  using enum core::TlsMode;
  const Row rows[] = {
      {&other, {"--tls", "starttls"}, starttls, "blocked", "tls"},
      {&other, {"--tls", "implicit"}, implicit, "blocked", "tls"},
      {&expired, {"--tls", "starttls"}, starttls, "blocked", "tls"},
      {&good_certificate(), {"--tls", "starttls", "--mode", "no-starttls"}, starttls, "blocked", "tls"},
      {&good_certificate(), {"--tls", "starttls", "--mode", "injected-before-tls"}, starttls, "blocked", "tls"},
      {&good_certificate(), {"--tls", "starttls", "--mode", "tls-old"}, starttls, "blocked", "tls"},
      {&good_certificate(), {}, implicit, "blocked", "tls"},
      {&good_certificate(), {"--mode", "close-on-accept"}, implicit, "paused", "tls"},
      {&good_certificate(), {"--tls", "starttls", "--mode", "banner-421"}, starttls, "paused", "greeting"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.arguments);
    auto arguments = test::with(*row.certificate, row.arguments);
    arguments.insert(arguments.end(), {"--auth", "ana:secreto"});
    const SmtpPeer peer(arguments);
    const SenderRun done = run(account_at(peer.port, *row.certificate, row.mode), 2);
    CAPTURE(done.standing.reply ? done.standing.reply->text : "");
    CHECK(done.state() == row.state);
    CHECK(done.phase() == row.phase);
    CHECK(done.unsent == 2);
    CHECK(peer.count("AUTH") == 0);
  }
}

TEST_CASE("a certificate from an unknown authority is not trusted") {
  static const Certificate unrelated("IP:127.0.0.1");
  const SmtpPeer peer(test::with(good_certificate(), {"--tls", "starttls", "--auth", "ana:secreto"}));
  for (const char* trust : {unrelated.file.c_str(), "", "/nonexistent/ca.pem"}) {
    CAPTURE(trust);
    core::EmailAccount account = account_at(peer.port, unrelated, core::TlsMode::starttls);
    account.ca_file = trust;
    const SenderRun done = run(account, 1);
    CHECK(done.state() == "blocked");
    CHECK(done.phase() == "tls");
  }
  CHECK(peer.count("AUTH") == 0);
}
