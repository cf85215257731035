#include "support/catch.hpp"
#include "support/http_account.hpp"

using namespace egarage;
using namespace egarage::channels;
using namespace egarage::test;

namespace {

std::unique_ptr<PlainProvider> provider_at(const HttpPeer& peer, const std::string& scheme = "http") {
  return std::make_unique<PlainProvider>(url_of(peer, scheme));
}

struct Row {
  std::vector<std::string> peer;
  std::string summary, state, phase;
  std::size_t requests;
};

}  // namespace

TEST_CASE("whatever the HTTP server does, each message has its outcome and the account its standing") {
  // Three messages. What may have arrived is uncertain, one at a time; after three the account rests.
  const Row rows[] = {
      {{}, "3 accepted", "ok", "", 3},
      {{"--mode", "chunked"}, "3 accepted", "ok", "", 3},
      {{"--mode", "continue-first"}, "3 accepted", "ok", "", 3},
      {{"--mode", "connection-close"}, "3 accepted", "ok", "", 3},
      {{"--mode", "in-pieces"}, "3 accepted", "ok", "", 3},
      {{"--mode", "until-close"}, "3 accepted", "ok", "", 3},
      {{"--status", "201"}, "3 accepted", "ok", "", 3},

      {{"--mode", "refuse-accept"}, "1 returned", "paused", "connect", 0},
      {{"--mode", "empty-reply"}, "3 uncertain", "paused", "answer", 3},
      {{"--mode", "reset-after-request"}, "3 uncertain", "paused", "answer", 3},
      {{"--mode", "close-on-accept"}, "3 uncertain", "paused", "answer", 0},  // over http octets have left by then
      {{"--mode", "half-answer"}, "3 uncertain", "paused", "answer", 3},
      {{"--mode", "truncated-body"}, "3 uncertain", "paused", "answer", 3},
      {{"--mode", "garbage"}, "3 uncertain", "paused", "answer", 3},
      {{"--mode", "http-0.9"}, "3 uncertain", "paused", "answer", 3},
      {{"--mode", "huge-body"}, "3 uncertain", "paused", "answer", 3},
      {{"--mode", "huge-header"}, "3 uncertain", "paused", "answer", 3},
      {{"--mode", "slow-loris"}, "3 uncertain", "paused", "answer", 3},
      {{"--mode", "silent"}, "3 uncertain", "paused", "answer", 3},
      {{"--mode", "html"}, "3 uncertain", "paused", "answer", 3},
      {{"--mode", "empty-body"}, "3 uncertain", "paused", "answer", 3},
      {{"--mode", "deep-json"}, "3 uncertain", "paused", "answer", 3},
      {{"--status", "500", "--answer", "{}"}, "3 uncertain", "paused", "answer", 3},
      {{"--status", "502", "--answer", "<html>"}, "3 uncertain", "paused", "answer", 3},
      {{"--status", "503", "--answer", ""}, "3 deferred", "paused", "answer", 3},
      {{"--status", "504", "--answer", ""}, "3 uncertain", "paused", "answer", 3},

      {{"--status", "400", "--answer", "{}"}, "3 rejected:message", "ok", "", 3},
      {{"--status", "401", "--answer", "{}"}, "1 returned", "blocked", "answer", 1},
      {{"--status", "429", "--answer", "{}"}, "1 returned", "paused", "answer", 1},
      {{"--status", "417", "--answer", "{}"}, "3 uncertain", "paused", "answer", 3},
      {{"--mode", "redirect-301"}, "1 returned", "blocked", "answer", 1},
      {{"--mode", "redirect-307"}, "1 returned", "blocked", "answer", 1},
      {{"--status", "304", "--answer", ""}, "1 returned", "blocked", "answer", 1},
  };
  for (const auto& row : rows) {
    CAPTURE(row.peer);
    const HttpPeer peer(row.peer);
    const auto run = send_over_http(provider_at(peer), 3);
    CHECK(run.summary() == row.summary);
    CHECK(run.state() == row.state);
    CHECK(run.phase() == row.phase);
    CHECK(peer.requests() == row.requests);
    CHECK(peer.log().find("/elsewhere") == std::string::npos);
    CHECK((run.state() == "ok" || !run.standing.reply->text.empty() || run.standing.reply->code != 0));
  }
}

TEST_CASE("a redirect to another host brings nothing there") {
  const HttpPeer elsewhere({});
  const HttpPeer peer({"--mode", "redirect-307", "--location", url_of(elsewhere) + "/messages"});
  CHECK(send_over_http(provider_at(peer), 3).state() == "blocked");
  CHECK(elsewhere.connections() == 0);
}

TEST_CASE("of every message at most one request leaves, although the connection ends under it") {
  struct Kind {
    const char* name;
    http::Method method;
    bool has_body;
  };
  for (const auto* mode : {"reuse-drop", "reuse-reset"}) {
    for (const auto* scheme : {"http", "https"}) {
      for (const Kind& kind : {Kind{"POST", http::Method::post, true},
                               {"POST", http::Method::post, false},
                               {"PUT", http::Method::put, true},
                               {"GET", http::Method::get, false}}) {
        CAPTURE(mode, scheme, kind.name, kind.has_body);
        const bool tls = scheme == std::string("https");
        const HttpPeer peer(tls ? with(good_certificate(), {"--tls", "--mode", mode})
                                : std::vector<std::string>{"--mode", mode});
        auto provider = provider_at(peer, scheme);
        provider->method = kind.method;
        provider->has_body = kind.has_body;
        provider->change = [n = 0](http::Request& request) mutable { request.url += "?n=" + std::to_string(n++); };
        auto options = local_options(1);
        options.ca_file = good_certificate().file;
        const auto run = send_over_http(std::move(provider), 4, options);
        CHECK(run.summary() == "2 accepted, 2 uncertain");
        CHECK(run.state() == "ok");
        CHECK(peer.requests() == 4);
        for (int n = 0; n < 4; ++n) CHECK(peer.count("?n=" + std::to_string(n) + "\"") == 1);
      }
    }
  }
}

TEST_CASE("an answer that nobody asked for is not taken for the next message's") {
  const HttpPeer peer({"--mode", "two-answers"});
  const auto run = send_over_http(provider_at(peer), 4, local_options(1));
  CHECK(run.summary() == "4 accepted");
  std::vector<std::string> ids;
  for (const auto& result : run.results) ids.push_back(std::get<Accepted>(result.outcome).provider_id);
  CHECK(ids == std::vector<std::string>{"P00001", "P00003", "P00005", "P00007"});
}

TEST_CASE("a request that stalls on its way is given up") {
  const HttpPeer peer({"--mode", "stalled-upload"});
  auto provider = provider_at(peer);
  provider->change = [](http::Request& request) { request.body.assign(30'000'000, 'x'); };
  const auto run = send_over_http(std::move(provider), 3);
  CHECK(run.summary() == "3 uncertain");
  CHECK(run.phase() == "request");
}

TEST_CASE("a large request reaches a slow reader whole") {
  for (const auto* scheme : {"http", "https"}) {
    CAPTURE(scheme);
    const HttpPeer peer(scheme == std::string("https") ? with(good_certificate(), {"--tls", "--mode", "slow-reader"})
                                                       : std::vector<std::string>{"--mode", "slow-reader"});
    auto provider = provider_at(peer, scheme);
    provider->change = [](http::Request& request) {
      request.body.clear();
      for (int n = 0; n < 150'000; ++n) request.body += std::to_string(n) + " ";
    };
    auto options = local_options(1);
    options.ca_file = good_certificate().file;
    options.timeouts.whole = std::chrono::seconds(15);
    CHECK(send_over_http(std::move(provider), 2, options).summary() == "2 accepted");
    CHECK(peer.connections() == 1);
    CHECK(peer.count("\"body\": \"0 1 2 3 ") == 2);
    CHECK(peer.count(" 149998 149999 \"") == 2);
  }
}

TEST_CASE("an answer that comes before the request is through counts, and its connection is not used again") {
  const HttpPeer peer({"--mode", "early-answer"});
  auto provider = provider_at(peer);
  provider->change = [](http::Request& request) { request.body.assign(30'000'000, 'x'); };
  const auto run = send_over_http(std::move(provider), 3);
  CHECK(run.summary() == "3 uncertain");
  CHECK(run.standing.reply->code == 413);
  CHECK(peer.connections() == 3);
  CHECK(peer.count("\"fact\": \"early\"") == 3);
}

TEST_CASE("one unclear answer is not a reason to rest, three in a row are") {
  const HttpPeer peer({"--mode", "empty-reply", "--times", "2"});
  const auto run = send_over_http(provider_at(peer), 6);
  CHECK(run.summary() == "4 accepted, 2 uncertain");
  CHECK(run.state() == "ok");
}

TEST_CASE("a provider that begins to fail is asked one at a time") {
  const HttpPeer peer({"--status", "500", "--answer", "", "--delay", "0.02"});
  const auto run = send_over_http(provider_at(peer), 100, local_options(16));
  CHECK(run.summary() == "3 uncertain");
  CHECK(run.state() == "paused");
  CHECK(peer.requests() == 3);
}

TEST_CASE("connections that fail in mid-run let the account rest after the third") {
  // The port is closed once the first message has been answered.
  auto peer = std::make_unique<HttpPeer>(std::vector<std::string>{"--mode", "connection-close"});
  Network network;
  const auto sender = make_http_sender(network, provider_at(*peer), local_options(1));
  CHECK(run_sender(network, *sender, short_messages(1)).summary() == "1 accepted");
  peer.reset();
  const auto run = run_sender(network, *sender, short_messages(9));
  CHECK(run.summary() == "3 returned");
  CHECK(run.state() == "paused");
  CHECK(run.phase() == "connect");
}

TEST_CASE("what the provider says about waiting is kept, within reason") {
  struct Wish {
    const char* header;
    std::optional<std::chrono::seconds> seconds;
  };
  using std::chrono::seconds;
  const Wish wishes[] = {
      {"Retry-After: 120", seconds(120)},
      {"Retry-After: 99999999999999999999999", std::chrono::hours(6)},
      {"Retry-After: soon", std::nullopt},
      {"X-Other: 1", std::nullopt},
  };
  for (const auto& wish : wishes) {
    CAPTURE(wish.header);
    const HttpPeer peer({"--status", "429", "--answer", "{}", "--header", wish.header});
    CHECK(send_over_http(provider_at(peer), 1).standing.retry_after == wish.seconds);
  }
  const HttpPeer peer({"--status", "429", "--answer", "{}", "--header", "Retry-After: Fri, 27 Nov 2026 10:05:00 GMT",
                       "--header", "Date: Fri, 27 Nov 2026 10:00:00 GMT"});
  CHECK(send_over_http(provider_at(peer), 1).standing.retry_after == seconds(300));
}

TEST_CASE("a server that cannot prove itself gets no request, and the account is blocked") {
  static const Certificate other("DNS:other.example");
  static const Certificate expired("IP:127.0.0.1", "-1");
  struct TlsRow {
    const Certificate* certificate;
    std::vector<std::string> peer;
    std::string trusted, state, phase;
  };
  const TlsRow rows[] = {
      {&good_certificate(), {"--tls"}, good_certificate().file, "ok", ""},
      {&other, {"--tls"}, other.file, "blocked", "tls"},
      {&expired, {"--tls"}, expired.file, "blocked", "tls"},
      {&good_certificate(), {"--tls"}, other.file, "blocked", "tls"},
      {&good_certificate(), {"--tls"}, "", "blocked", "tls"},
      {&good_certificate(), {"--tls"}, "/nonexistent/ca.pem", "blocked", "tls"},
      {&good_certificate(), {"--tls", "--mode", "tls-old"}, good_certificate().file, "blocked", "tls"},
      {&good_certificate(), {}, good_certificate().file, "paused", "connect"},
      {&good_certificate(), {"--tls", "--mode", "close-on-accept"}, good_certificate().file, "paused", "tls"},
      {&good_certificate(), {"--tls", "--mode", "accept-silent"}, good_certificate().file, "paused", "connect"},
      {&good_certificate(), {"--tls", "--mode", "refuse-accept"}, good_certificate().file, "paused", "connect"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.peer, row.trusted);
    const HttpPeer peer(with(*row.certificate, row.peer));
    auto options = local_options();
    options.ca_file = row.trusted;
    const auto run = send_over_http(provider_at(peer, "https"), 1, options);
    CAPTURE(run.standing.reply ? run.standing.reply->text : "");
    CHECK(run.summary() == (row.state == "ok" ? "1 accepted" : "1 returned"));
    CHECK(run.state() == row.state);
    CHECK(run.phase() == row.phase);
    CHECK(peer.requests() == (row.state == "ok" ? 1U : 0U));
  }
}

TEST_CASE("a login that the server repeats is not recorded") {
  const HttpPeer peer({"--mode", "echo-headers"});
  const auto secrets = [](http::Request& request) {
    request.headers.clear();
    request.secret_headers = {{"X-Api-Key", core::Secret{"canary-key-91c2"}}};
  };
  const auto basic = [](http::Request& request) {
    request.headers.clear();
    request.bearer = {};
    request.basic_user = "AC1";
    request.basic_password = core::Secret{"canary-password-55d0"};
  };
  for (const std::function<void(http::Request&)>& change :
       {std::function<void(http::Request&)>{}, {secrets}, {basic}}) {
    auto provider = provider_at(peer);
    provider->change = change;
    const auto run = send_over_http(std::move(provider), 1);
    REQUIRE(run.state() == "blocked");
    const auto& returned = std::get<Returned>(run.results.at(0).outcome).reply.text;
    for (const auto& text : {returned, run.standing.reply->text}) {
      CHECK(text == "(the reply repeats a secret and is not recorded)");
    }
  }
}

TEST_CASE("a header that would smuggle another one is not sent") {
  for (const auto& [name, value] : {std::pair{"X-A", "1\r\nX-B: 2"},
                                    {"X-A", "1\n"},
                                    {"X-A:", "1"},
                                    {"X A", "1"},
                                    {"", "1"},
                                    {"Host", "evil.example"},
                                    {"content-length", "3"},
                                    {"Transfer-Encoding", "chunked"},
                                    {"Expect", "100-continue"},
                                    {"X-A", "\x7f"}}) {
    CAPTURE(name, value);
    const HttpPeer peer({});
    auto provider = provider_at(peer);
    provider->change = [&](http::Request& request) { request.headers.emplace_back(name, value); };
    const auto run = send_over_http(std::move(provider), 1);
    CHECK(run.summary() == "1 returned");
    CHECK(run.state() == "blocked");
    CHECK(peer.connections() == 0);
  }
}
