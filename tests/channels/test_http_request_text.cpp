#include "channels/http/request_text.hpp"
#include "support/catch.hpp"

using namespace egarage;
using namespace egarage::channels::http;

namespace {

std::string text_of(RequestText& text, const Request& request, const Target& target) {
  REQUIRE(text.write_head(request, target));
  text.write_body(request);
  return std::string(text.octets());
}

}  // namespace

TEST_CASE("a request is written as RFC 9112 has it") {
  RequestText text;
  Request request;
  request.headers = {{"Content-Type", "application/json"}, {"X-Empty", ""}};
  request.bearer = core::Secret{"token"};
  request.body = "{\"a\":1}";
  CHECK(text_of(text, request, {"https", "graph.facebook.com", "443", "/v25.0/1/messages", false}) ==
        "POST /v25.0/1/messages HTTP/1.1\r\nHost: graph.facebook.com\r\nContent-Type: application/json\r\nX-Empty: \r\n"
        "Authorization: Bearer token\r\nUser-Agent: egarage-notify\r\nAccept: */*\r\nContent-Length: 7\r\n\r\n"
        "{\"a\":1}");
}

TEST_CASE("the next request leaves nothing of the one before") {
  RequestText text;
  Request request;
  const Target target{"http", "[::1]", "8080", "/?x=y", true};
  request.body = std::string(200'000, 'x');
  const std::string head = "/?x=y HTTP/1.1\r\nHost: [::1]:8080\r\nUser-Agent: egarage-notify\r\nAccept: */*\r\n";
  CHECK(text_of(text, request, target) == "POST " + head + "Content-Length: 200000\r\n\r\n" + request.body);
  for (const auto* body : {"short", "a little longer", ""}) {
    request.body = body;
    text.write_body(request);
    CHECK(text.octets() ==
          "POST " + head + "Content-Length: " + std::to_string(request.body.size()) + "\r\n\r\n" + body);
  }
  request.body = "not sent";
  request.method = Method::get;
  CHECK(text_of(text, request, target) == "GET " + head + "\r\n");
  request.method = Method::head;
  CHECK(text_of(text, request, target) == "HEAD " + head + "\r\n");
  request.method = Method::put;
  CHECK(text_of(text, request, target) == "PUT " + head + "Content-Length: 8\r\n\r\nnot sent");
}

TEST_CASE("what a request says of itself stands in place of what the engine would say") {
  RequestText text;
  Request request;
  request.method = Method::get;
  request.headers = {{"accept", "application/json"}, {"USER-AGENT", "workshop"}};
  CHECK(text_of(text, request, {"http", "localhost", "80", "/", true}) ==
        "GET / HTTP/1.1\r\nHost: localhost\r\naccept: application/json\r\nUSER-AGENT: workshop\r\n\r\n");
}

TEST_CASE("a request with a header that may not be sent is not written") {
  RequestText text;
  Request request;
  request.headers = {{"X-A", "1\r\nX-B: 2"}};
  CHECK_FALSE(text.write_head(request, {"http", "localhost", "80", "/", true}));
  CHECK(text.octets().empty());
}
