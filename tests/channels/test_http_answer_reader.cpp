#include "channels/http/answer_reader.hpp"
#include "support/catch.hpp"

using namespace egarage::channels::http;
using Progress = AnswerReader::Progress;

namespace {

/// What a reader makes of the text when it gets `piece` octets at a time, and then the end when it still waits.
struct Reading {
  Reading(const std::string& text, std::size_t piece, Method method = Method::post) {
    reader.begin(method);
    for (std::size_t at = 0; at < text.size() && progress == Progress::incomplete; at += piece) {
      progress = reader.take(std::string_view(text).substr(at, piece));
    }
    if (progress == Progress::incomplete) progress = reader.end();
  }

  AnswerReader reader;
  Progress progress = Progress::incomplete;
};

struct Row {
  std::string text;
  int status;
  std::string body;
  bool keeps;
};

const std::size_t pieces[] = {1, 2, 3, 7, 20, 100'000};

}  // namespace

TEST_CASE("answers are read, however they are cut into pieces") {
  const Row rows[] = {
      {"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", 200, "{}", true},
      {"HTTP/1.1 201 \r\ncontent-length: 0\r\n\r\n", 201, "", true},
      {"HTTP/1.1 204 No Content\r\n\r\n", 204, "", true},
      {"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}", 200, "{}", false},
      {"HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\n{}", 200, "{}", false},
      {"HTTP/1.0 200 OK\r\nContent-Length: 2\r\nConnection: keep-alive\r\n\r\n{}", 200, "{}", true},
      {"HTTP/1.1 200 OK\r\n\r\n{\"a\":\r\n\r\n1}", 200, "{\"a\":\r\n\r\n1}", false},
      {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\nB;a=b\r\n\"id\":\"x\\n\"}\r\n0\r\n\r\n", 200,
       "{\"id\":\"x\\n\"}", true},
      {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nX-Trailer: 1\r\n\r\n", 200, "{}", true},
      {"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", 200, "{}", true},
      {"HTTP/1.1 102 P\r\nX: 1\r\n\r\nHTTP/1.1 103 E\r\n\r\nHTTP/1.1 404 N\r\nContent-Length: 0\r\n\r\n", 404, "",
       true},
      {"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n", 101, "", false},
  };
  for (const auto& row : rows) {
    for (const auto piece : pieces) {
      CAPTURE(row.text, piece);
      Reading reading(row.text, piece);
      REQUIRE(reading.progress == Progress::complete);
      CHECK(reading.reader.status() == row.status);
      CHECK(reading.reader.take_body() == row.body);
      CHECK(reading.reader.keeps_connection() == row.keeps);
    }
  }
}

TEST_CASE("one reader reads one answer after the other, and nothing stays of the first") {
  AnswerReader reader;
  for (const auto* text : {"HTTP/1.1 503 Busy\r\nRetry-After: 9\r\nContent-Length: 3\r\n\r\nabc",
                           "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"}) {
    reader.begin(Method::post);
    CHECK_FALSE(reader.has_begun());
    CHECK(reader.take("HT") == Progress::incomplete);
    CHECK(reader.has_begun());
    REQUIRE(reader.take(text + 2) == Progress::complete);
  }
  CHECK(reader.status() == 200);
  CHECK_FALSE(reader.header("Retry-After"));
  CHECK(reader.take_body().empty());
}

TEST_CASE("a header is found in either case") {
  Reading reading("HTTP/1.1 429 Slow\r\nRETRY-after:  120 \r\nContent-Length: 0\r\n\r\n", 5);
  CHECK(reading.reader.header("Retry-After") == "120");
  CHECK_FALSE(reading.reader.header("Date"));
}

TEST_CASE("an answer to HEAD ends with its header, whatever length it announces") {
  Reading reading("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n", 9, Method::head);
  CHECK(reading.progress == Progress::complete);
  CHECK(reading.reader.keeps_connection());
}

TEST_CASE("octets behind an answer end its connection") {
  for (const auto* text :
       {"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}HTTP/1.1 200 OK\r\n", "HTTP/1.1 204 No Content\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n\r\n"}) {
    CAPTURE(text);
    Reading reading(text, 100'000);
    CHECK(reading.progress == Progress::complete);
    CHECK_FALSE(reading.reader.keeps_connection());
  }
}

TEST_CASE("half an answer is none") {
  const std::string whole[] = {
      "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
      "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
  };
  for (const auto& text : whole) {
    for (std::size_t length = 0; length < text.size(); ++length) {
      for (const auto piece : pieces) {
        CAPTURE(text, length, piece);
        CHECK(Reading(text.substr(0, length), piece).progress == Progress::incomplete);
      }
    }
  }
}

TEST_CASE("what is not an answer, or larger than one may be, is refused before all of it is in memory") {
  const std::string header = "HTTP/1.1 200 OK\r\n";
  std::string long_header = header;
  while (long_header.size() < 100'000) long_header += "X-Filler: " + std::string(1000, 'x') + "\r\n";
  std::string chunks = header + "Transfer-Encoding: chunked\r\n\r\n";
  for (int n = 0; n < 40; ++n) chunks += "8000\r\n" + std::string(0x8000, 'x') + "\r\n";
  std::string interim;
  while (interim.size() < 9'000'000) interim += "HTTP/1.1 100 Continue\r\n\r\n";
  const std::pair<std::string, Progress> rows[] = {
      {"{\"id\": \"P1\"}", Progress::not_http},
      {"SSH-2.0-OpenSSH\r\n", Progress::not_http},
      {"HTTP/2 200 OK\r\n\r\n", Progress::not_http},
      {"HTTP/1.1 abc OK\r\n\r\n", Progress::not_http},
      {header + "no colon\r\n\r\n", Progress::not_http},
      {header + "Content-Length: -1\r\n\r\n", Progress::not_http},
      {header + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nxx", Progress::not_http},
      {header + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n", Progress::not_http},
      {header + "Transfer-Encoding: chunked\r\n\r\nxyz\r\n", Progress::not_http},
      {long_header, Progress::header_too_long},
      {header + "X: " + std::string(100'000, 'x'), Progress::header_too_long},
      {header + "Content-Length: 1048577\r\n\r\n", Progress::body_too_long},
      {header + "\r\n" + std::string(1'048'577, 'x'), Progress::body_too_long},
      {chunks, Progress::body_too_long},
      {header + "Transfer-Encoding: chunked\r\n\r\n1;" + std::string(9'000'000, 'x'), Progress::body_too_long},
      {interim, Progress::body_too_long},
  };
  for (const auto& [text, progress] : rows) {
    for (const std::size_t piece : {20, 16'384, 100'000'000}) {
      CAPTURE(text.substr(0, 100), piece);
      CHECK(Reading(text, piece).progress == progress);
    }
  }
  CHECK(Reading(header + "Content-Length: 1048576\r\n\r\n" + std::string(1'048'576, 'x'), 16'384).progress ==
        Progress::complete);
}

TEST_CASE("a header line near the limit is taken or refused, in either part of it") {
  std::size_t taken = 0;
  for (std::size_t size = 65'400; size < 65'600; ++size) {
    const std::string filler(size, 'x');
    for (const auto& line : {"X:" + filler, filler + ":x"}) {
      const auto progress =
          Reading("HTTP/1.1 200 OK\r\n" + line + "\r\nContent-Length: 0\r\n\r\n", 100'000'000).progress;
      CHECK((progress == Progress::complete || progress == Progress::header_too_long));
      taken += progress == Progress::complete ? 1 : 0;
    }
  }
  CHECK(taken > 0);
}
