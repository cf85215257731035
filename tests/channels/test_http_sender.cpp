#include "channels/http/http_sender.hpp"

#include "support/catch.hpp"
#include "support/http_account.hpp"

using namespace egarage;
using namespace egarage::channels;
using namespace egarage::test;

namespace {

std::unique_ptr<PlainProvider> provider_at(const std::string& base) { return std::make_unique<PlainProvider>(base); }

}  // namespace

TEST_CASE("messages arrive whole over HTTP, once each, over a few kept connections") {
  const HttpPeer peer({"--delay", "0.01"});
  const auto run = send_over_http(provider_at(url_of(peer)), 40);
  CHECK(run.summary() == "40 accepted");
  CHECK(run.state() == "ok");
  CHECK(peer.requests() == 40);
  CHECK(peer.connections() == 3);
  for (int i = 0; i < 40; ++i) CHECK(peer.count("+5691234" + std::to_string(1000 + i)) == 1);
  CHECK(peer.count("\"method\": \"POST\", \"path\": \"/messages\"") == 40);
  CHECK(peer.count("\"authorization\": \"Bearer canary-token-7f3a\"") == 40);
  CHECK(peer.count("\"content-type\": \"application/json\"") == 40);
  CHECK(peer.count("expect") == 0);
  CHECK(peer.count("accept-encoding") == 0);
}

TEST_CASE("messages arrive over TLS, and a further connection resumes the session of the first") {
  const HttpPeer peer(with(good_certificate(), {"--tls", "--delay", "0.01"}));
  auto options = local_options();
  options.ca_file = good_certificate().file;
  const auto run = send_over_http(provider_at(url_of(peer, "https")), 40, options);
  CHECK(run.summary() == "40 accepted");
  CHECK(peer.requests() == 40);
  CHECK(peer.connections() == 3);
  CHECK(peer.count("\"resumed\": true") >= 1);
}

TEST_CASE("a few messages over HTTP take one connection") {
  const HttpPeer peer({});
  CHECK(send_over_http(provider_at(url_of(peer)), 4).summary() == "4 accepted");
  CHECK(peer.connections() == 1);
}

TEST_CASE("large messages pass over HTTP") {
  const HttpPeer peer({});
  auto provider = provider_at(url_of(peer));
  provider->change = [](http::Request& request) { request.body = "{\"x\":\"" + std::string(3'000'000, 'x') + "\"}"; };
  CHECK(send_over_http(std::move(provider), 2).summary() == "2 accepted");
  CHECK(peer.count("\"content-length\": \"3000008\"") == 2);
}

TEST_CASE("every method goes out as it is, whatever the one before was") {
  const HttpPeer peer({});
  auto provider = provider_at(url_of(peer));
  provider->change = [n = 0](http::Request& request) mutable {
    static constexpr http::Method methods[] = {http::Method::post, http::Method::get, http::Method::put};
    request.method = methods[n % 3];
    request.url += "?n=" + std::to_string(n);
    if (n == 4) request.body = "";
    if (n == 6) request.headers = {{"X-Empty", ""}, {"X-Colon", "a: b"}};
    if (n == 7) {
      request.bearer = {};
      request.basic_user = "AC1";
      request.basic_password = core::Secret{"pw"};
      request.secret_headers = {{"X-Key", core::Secret{"k"}}};
    }
    ++n;
  };
  CHECK(send_over_http(std::move(provider), 9, local_options(1)).summary() == "9 accepted");
  CHECK(peer.connections() == 1);
  for (const auto* one :
       {"POST\", \"path\": \"/messages?n=0", "GET\", \"path\": \"/messages?n=1", "PUT\", \"path\": \"/messages?n=2",
        "POST\", \"path\": \"/messages?n=3", "GET\", \"path\": \"/messages?n=4", "PUT\", \"path\": \"/messages?n=5"}) {
    CAPTURE(one);
    CHECK(peer.count(one) == 1);
  }
  CHECK(peer.count("\"x-empty\": \"\"") == 1);
  CHECK(peer.count("\"x-colon\": \"a: b\"") == 1);
  CHECK(peer.count("\"authorization\": \"Basic QUMxOnB3\"") == 1);
  CHECK(peer.count("\"x-key\": \"k\"") == 1);
  CHECK(peer.count("\"authorization\": \"Bearer canary-token-7f3a\"") == 8);
  CHECK(peer.count("\"content-type\": \"application/json\"") == 8);  // where there is none, libcurl adds none
}

TEST_CASE("an outcome that needs no request costs none") {
  const HttpPeer peer({});
  Network network;
  const auto sender = make_http_sender(network, provider_at(url_of(peer)), local_options());
  auto messages = short_messages(3);
  messages[1].text.clear();
  CHECK(run_sender(network, *sender, messages).summary() == "2 accepted, 1 rejected:message");
  CHECK(peer.requests() == 2);
  CHECK(sender->in_flight() == 0);
}

TEST_CASE("a token that is refused costs one request, and the messages nothing") {
  const HttpPeer peer({"--status", "401", "--answer", "{\"error\":1}", "--delay", "0.05"});
  const auto run = send_over_http(provider_at(url_of(peer)), 50, local_options(16));
  CHECK(run.summary() == "1 returned");
  CHECK(run.state() == "blocked");
  CHECK(run.unsent == 49);
  CHECK(peer.requests() == 1);
}

TEST_CASE("when the account stops, what is in flight still gets its exact outcome") {
  const TemporaryDirectory folder;
  // The refusal comes at once, the others' answers later.
  std::ofstream(folder / "handler.py") << "import time\n"
                                          "def answer(request):\n"
                                          "    if '1005' in request['body']: return 429, {'Retry-After': '7'}, ''\n"
                                          "    time.sleep(0.2)\n"
                                          "    return 201, {}, {'id': request['body'][-7:]}\n";
  const HttpPeer peer({"--handler", folder / "handler.py"});
  const auto run = send_over_http(provider_at(url_of(peer)), 40, local_options(8));
  CHECK(run.state() == "paused");
  CHECK(run.standing.retry_after == std::chrono::seconds(7));
  CHECK(run.results.size() == peer.requests());
  CHECK(run.summary() == std::to_string(peer.requests() - 1) + " accepted, 1 returned");
  CHECK(run.unsent == 40 - peer.requests());
}

TEST_CASE("without work for a while all connections are closed, and opened again for the next message") {
  const HttpPeer peer({});
  Network network;
  const auto sender = make_http_sender(network, provider_at(url_of(peer)), local_options());
  CHECK(run_sender(network, *sender, short_messages(1)).summary() == "1 accepted");
  std::vector<Result> results;
  const auto now = std::chrono::steady_clock::now();
  WaitList waits;
  sender->add_waits(waits);
  CHECK(waits.wake_at > now);
  CHECK(waits.wake_at < now + std::chrono::seconds(31));
  sender->drive(now + std::chrono::seconds(31), results);
  while (peer.count("closed") == 0) network.wait({}, std::chrono::milliseconds(1));
  CHECK(run_sender(network, *sender, short_messages(1)).summary() == "1 accepted");
  CHECK(peer.connections() == 2);
}

TEST_CASE("with nothing to do there is nothing to wake for") {
  const HttpPeer peer({"--delay", "0.3"});
  Network network;
  const auto sender = make_http_sender(network, provider_at(url_of(peer)), local_options());
  sender->expect(1);
  sender->submit(short_messages(1)[0]);
  std::vector<Result> results;
  int turns = 0;
  for (; results.empty() && turns < 1000; ++turns) {
    WaitList waits;
    sender->add_waits(waits);
    network.wait(waits, std::chrono::milliseconds(200));
    sender->drive(std::chrono::steady_clock::now(), results);
  }
  CHECK(results.size() == 1);
  CHECK(turns < 20);
}

TEST_CASE("a kept connection that the server has closed meanwhile is not used for the next message") {
  const HttpPeer peer({"--mode", "idle-close"});
  Network network;
  const auto sender = make_http_sender(network, provider_at(url_of(peer)), local_options());
  for (std::size_t n = 1; n <= 5; ++n) {
    CHECK(run_sender(network, *sender, short_messages(1)).summary() == "1 accepted");
    while (peer.count("\"fact\": \"closed\"") < n) network.wait({}, std::chrono::milliseconds(1));
  }
  CHECK(peer.connections() == 5);
  CHECK(peer.requests() == 5);
}

TEST_CASE("a kept connection on which something arrives unasked is not used for the next message") {
  for (const auto* scheme : {"http", "https"}) {
    CAPTURE(scheme);
    const HttpPeer peer(scheme == std::string("https")
                            ? with(good_certificate(), {"--tls", "--mode", "talks-while-idle"})
                            : std::vector<std::string>{"--mode", "talks-while-idle"});
    auto options = local_options(1);
    options.ca_file = good_certificate().file;
    Network network;
    const auto sender = make_http_sender(network, provider_at(url_of(peer, scheme)), options);
    for (std::size_t n = 1; n <= 3; ++n) {
      const auto run = run_sender(network, *sender, short_messages(1));
      REQUIRE(run.summary() == "1 accepted");
      CHECK(std::get<Accepted>(run.results[0].outcome).provider_id == "P0000" + std::to_string(n));
      while (peer.count("\"fact\": \"unasked\"") < n) network.wait({}, std::chrono::milliseconds(1));
    }
    CHECK(peer.requests() == 3);
    CHECK(peer.connections() == 3);
  }
}

TEST_CASE("a connection that the server ends with its answer is followed by another one") {
  const HttpPeer peer({"--mode", "connection-close", "--times", "2"});
  CHECK(send_over_http(provider_at(url_of(peer)), 5, local_options(1)).summary() == "5 accepted");
  CHECK(peer.requests() == 5);
  CHECK(peer.connections() == 3);
}

TEST_CASE("a connection that was idle for long is not used again, although others are at work") {
  const HttpPeer peer({});
  Network network;
  auto options = local_options(1);
  options.timeouts.idle = std::chrono::seconds(0);
  const auto sender = make_http_sender(network, provider_at(url_of(peer)), options);
  CHECK(run_sender(network, *sender, short_messages(3)).summary() == "3 accepted");
  CHECK(peer.connections() == 3);
}

TEST_CASE("two accounts at one provider share no connection") {
  const HttpPeer peer({});
  Network network;
  const auto one = make_http_sender(network, provider_at(url_of(peer)), local_options());
  const auto other = make_http_sender(network, provider_at(url_of(peer)), local_options());
  CHECK(run_sender(network, *one, short_messages(2)).summary() == "2 accepted");
  CHECK(run_sender(network, *other, short_messages(2)).summary() == "2 accepted");
  CHECK(peer.connections() == 2);
}

TEST_CASE("a sender may end with requests under way") {
  const HttpPeer peer({"--mode", "silent"});
  Network network;
  {
    const auto sender = make_http_sender(network, provider_at(url_of(peer)), local_options());
    sender->submit(short_messages(1)[0]);
    while (peer.requests() == 0) network.wait({}, std::chrono::milliseconds(1));
  }
  network.wait({}, std::chrono::milliseconds(1));
}

TEST_CASE("an earlier message is found through all pages of the list") {
  const TemporaryDirectory folder;
  struct Row {
    std::string rules;
    LookupResult::Answer answer;
    std::string id;
    std::size_t matches;
  };
  using enum LookupResult::Answer;
  const Row rows[] = {
      {R"([{"path": "to=", "answer": {"ids": ["b"], "next": "HERE?2"}}, {"path": "2", "answer": {"ids": ["a"]}}])",
       found, "a", 2},
      {R"([{"answer": {"ids": []}}])", absent, "", 0},
      {R"([{"answer": {"ids": ["x"], "next": "http://localhost:1/page"}}])", unanswered, "", 0},
      {R"([{"answer": {"ids": ["x"], "next": "http://127.0.0.1:1/page"}}])", unanswered, "", 0},
      {R"([{"answer": {"ids": ["x"], "next": "file:///etc/passwd"}}])", unanswered, "", 0},
      {R"([{"answer": {"ids": [], "next": "HERE?again"}}])", unanswered, "", 0},
      {R"([{"answer": "no json"}])", unanswered, "", 0},
      {R"([{"status": 500, "answer": {"ids": ["x"]}}])", unanswered, "", 0},
      {R"([{"status": 301, "headers": {"Location": "/page"}}])", unanswered, "", 0},
  };
  for (const auto& row : rows) {
    CAPTURE(row.rules);
    // The peer's port is only known once it runs: the handler fills it in.
    std::ofstream(folder / "rules.json") << row.rules;
    std::ofstream(folder / "handler.py")
        << "import json, re\n"
           "rules = json.load(open('"
        << (folder / "rules.json")
        << "'))\n"
           "def answer(request):\n"
           "    here = 'http://' + request['headers']['host'] + '/page'\n"
           "    for rule in rules:\n"
           "        if re.search(rule.get('path', ''), request['path']):\n"
           "            text = rule.get('answer', '')\n"
           "            text = text if isinstance(text, str) else json.dumps(text).replace('HERE', here)\n"
           "            return rule.get('status', 200), rule.get('headers', {}), text\n";
    const HttpPeer peer({"--handler", folder / "handler.py"});
    Network network;
    const auto sender = make_http_sender(network, provider_at(url_of(peer)), local_options());
    REQUIRE(sender->can_look_up());
    Lookup lookup;
    lookup.token = 9;
    lookup.message.recipient = "5691";
    sender->look_up(lookup);
    CHECK(sender->in_flight() == 1);
    std::vector<LookupResult> answers;
    std::vector<Result> results;
    for (int turn = 0; answers.empty() && turn < 1000; ++turn) {
      WaitList waits;
      sender->add_waits(waits);
      network.wait(waits, std::chrono::milliseconds(100));
      sender->drive(std::chrono::steady_clock::now(), results);
      answers = sender->take_lookups();
    }
    REQUIRE(answers.size() == 1);
    CHECK(answers[0].token == 9);
    CHECK(answers[0].answer == row.answer);
    CHECK(answers[0].provider_id == row.id);
    CHECK(answers[0].matches == row.matches);
    CHECK(answers[0].reply.phase == Phase::lookup);
    CHECK(sender->in_flight() == 0);
    CHECK(peer.requests() <= 20);
    CHECK(peer.count("Bearer canary") == peer.requests());
  }
}
