#include "channels/http/target.hpp"

#include "channels/http/ask.hpp"
#include "support/catch.hpp"
#include "support/http_account.hpp"

using namespace egarage;
using namespace egarage::channels;
using namespace egarage::channels::http;
using namespace egarage::test;

namespace {

const Reach providers{{"graph.facebook.com", "api.twilio.com", "SMS.example.CL", "localhost", "[::1]"}, false};

std::string why_not(const std::string& url, const Reach& reach = providers) {
  const auto target = check_target(url, reach);
  const auto* why = std::get_if<std::string>(&target);
  return why != nullptr ? *why : "";
}

std::string replace_port(std::string url, std::uint16_t port) {
  if (const auto place = url.find("PORT"); place != std::string::npos) url.replace(place, 4, std::to_string(port));
  return url;
}

}  // namespace

TEST_CASE("the hosts of the account may be asked, over TLS or on this machine") {
  for (const auto* url : {
           "https://graph.facebook.com/v25.0/1/messages",
           "https://GRAPH.facebook.COM/",
           "HTTPS://api.twilio.com",
           "https://api.twilio.com:8443/x?y=z#f",
           "https://sms.example.cl/send?to=%2B569&text=a%20b@c",
           "http://localhost:8080/",
           "https://localhost/",
           "http://[::1]:9/x",
       }) {
    CAPTURE(url);
    CHECK(why_not(url).empty());
  }
}

TEST_CASE("what is asked of a server is the URL's path and query") {
  for (const auto& [url, resource] : {std::pair{"https://api.twilio.com", "/"},
                                      {"https://api.twilio.com/", "/"},
                                      {"https://api.twilio.com:8443?x=y", "/?x=y"},
                                      {"https://api.twilio.com/a/b.json?c=%20d&e=f+g#h", "/a/b.json?c=%20d&e=f+g"},
                                      {"https://api.twilio.com/a/../b/./c?d=../e", "/b/c?d=../e"},
                                      {"https://api.twilio.com/%2e%41", "/%2e%41"}}) {
    CAPTURE(url);
    const auto target = std::get<Target>(check_target(url, providers));
    CHECK(target.resource == resource);
    CHECK(same_server(target, std::get<Target>(check_target("https://API.twilio.com:443/x", providers))) ==
          (target.port == "443"));
  }
}

TEST_CASE("no other URL is asked, and nothing connects on its way to being refused") {
  const HttpPeer peer({});
  auto options = local_options();
  options.reach = {{"graph.facebook.com", "api.twilio.com", "localhost.example"}, true};
  Network network;
  const char* urls[] = {
      // other hosts, and other spellings of this machine
      "http://127.0.0.1:PORT/",
      "https://127.0.0.1:PORT/",
      "http://localhost:PORT/",
      "http://LOCALHOST:PORT/",
      "http://[::1]:PORT/",
      "http://2130706433:PORT/",
      "http://0x7f.1:PORT/",
      "http://0x7f000001:PORT/",
      "http://017700000001:PORT/",
      "http://127.1:PORT/",
      "http://127.0.0.1.:PORT/",
      "http://0:PORT/",
      "http://0.0.0.0:PORT/",
      "http://[::]:PORT/",
      "http://[::ffff:127.0.0.1]:PORT/",
      "http://[::ffff:7f00:1]:PORT/",
      "http://[0:0:0:0:0:0:0:1]:PORT/",
      "http://[::1%25lo]:PORT/",
      "http://169.254.169.254/latest/meta-data/",
      "https://169.254.169.254/",
      "https://metadata.google.internal/",
      "https://10.0.0.1/",
      "https://evil.example/",
      // names that look like an allowed one
      "https://graph.facebook.com.evil.example/",
      "https://graph.facebook.com./",
      "https://evilgraph.facebook.com/",
      "https://facebook.com/",
      "https://graph.facebook.com%2eevil.example/",
      "https://graph.facebook.com%00.evil.example/",
      "https://gr%61ph.facebook.com/",
      "https://graph\xE3\x80\x82"
      "facebook.com/",
      // a user before the host, and what readers of URLs disagree about
      "https://graph.facebook.com@127.0.0.1:PORT/",
      "https://user:password@graph.facebook.com/",
      "https://@graph.facebook.com/",
      "https://127.0.0.1:PORT\\@graph.facebook.com/",
      "https://graph.facebook.com\\@127.0.0.1:PORT/",
      "https://127.0.0.1:PORT#@graph.facebook.com/",
      "https:///127.0.0.1:PORT/",
      "https:graph.facebook.com/",
      "https:/graph.facebook.com/",
      "//graph.facebook.com/",
      "graph.facebook.com/",
      "https://graph.facebook.com:PORT:80/",
      "https://graph.facebook.com:99999/",
      "https://graph.facebook.com/ x",
      "https://graph.facebook.com/\r\nHost: evil.example",
      " https://graph.facebook.com/",
      // other protocols, and none
      "http://graph.facebook.com/",
      "file:///etc/passwd",
      "file://localhost/etc/passwd",
      "gopher://127.0.0.1:PORT/_x",
      "dict://127.0.0.1:PORT/x",
      "ftp://graph.facebook.com/",
      "smtp://127.0.0.1:PORT/",
      "javascript:alert(1)",
      "https://",
      "",
  };
  for (const auto* pattern : urls) {
    const auto url = replace_port(pattern, peer.port);
    CAPTURE(url);
    CHECK_FALSE(why_not(url, options.reach).empty());
    CHECK(why_not(url, options.reach).find("password") == std::string::npos);
    Request request;
    request.url = url;
    CHECK(std::holds_alternative<std::string>(ask(network, request, options)));
  }
  CHECK(peer.connections() == 0);
}

TEST_CASE("a name that leads to this machine or the neighbourhood is refused after it is resolved") {
  const HttpPeer peer({});
  Network network;
  auto options = local_options();
  Request request;
  // 127.0.0.1 under a name that is no name of this machine: what a rebound DNS entry looks like. "ip6-localhost" is in
  // the hosts file of most systems; where it is not, the name does not resolve, which refuses it as well.
  for (const auto* host : {"ip6-localhost", "ip6-loopback"}) {
    CAPTURE(host);
    options.reach.hosts = {host};
    request.url = std::string("https://") + host + ":" + std::to_string(peer.port) + "/";
    CHECK(std::holds_alternative<std::string>(ask(network, request, options)));
  }
  for (const auto* host : {"0.0.0.0", "10.255.255.1", "169.254.169.254", "[::ffff:127.0.0.1]", "[fe80::1]", "[fc00::1]",
                           "224.0.0.1", "100.64.0.1", "192.168.0.1", "172.16.0.1"}) {
    CAPTURE(host);
    options.reach.hosts = {host};
    request.url = std::string("https://") + host + ":" + std::to_string(peer.port) + "/";
    const auto answer = ask(network, request, options);
    REQUIRE(std::holds_alternative<std::string>(answer));
    CHECK(std::get<std::string>(answer).find("leads to an address") != std::string::npos);
  }
  CHECK(peer.connections() == 0);
}

TEST_CASE("the operator may allow private addresses, though never without TLS") {
  const HttpPeer peer(with(good_certificate(), {"--tls"}));
  Network network;
  auto options = local_options();
  options.ca_file = good_certificate().file;
  options.reach = {{"0.0.0.0"}, true};  // Linux takes it for this machine
  Request request;
  request.url = "https://0.0.0.0:" + std::to_string(peer.port) + "/";
  std::get<std::string>(ask(network, request, options));  // the certificate is for 127.0.0.1
  CHECK(peer.connections() == 1);
  request.url = "http://0.0.0.0:" + std::to_string(peer.port) + "/";
  std::get<std::string>(ask(network, request, options));
  CHECK(peer.connections() == 1);
}

TEST_CASE("a question is answered, or the reason is a sentence") {
  const HttpPeer peer({"--status", "404", "--answer", "{}", "--header", "Retry-After: 9"});
  Network network;
  Request request;
  request.method = Method::get;
  request.url = url_of(peer) + "/v25.0/1?fields=a";
  const auto answer = std::get<Answer>(ask(network, request, local_options()));
  CHECK(answer.status == 404);
  CHECK(answer.body == "{}");
  CHECK(answer.retry_after == std::chrono::seconds(9));
  const HttpPeer silent({"--mode", "silent"});
  request.url = url_of(silent);
  CHECK(std::get<std::string>(ask(network, request, local_options())) == "there was no complete answer in time");
}
