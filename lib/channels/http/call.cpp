#include "channels/http/call.hpp"

#include <utility>

#include "channels/http/header_lines.hpp"
#include "channels/http/retry_after.hpp"
#include "channels/record.hpp"

namespace egarage::channels::http {

namespace {

/// Handed over at once; a TLS record at most, so that it is known how much has left when a connection stalls.
constexpr std::size_t largest_piece = 16 * 1024;

Failure refusal(std::string_view why) {
  return {Failure::Taken::certainly_not, Standing::State::blocked, record(Phase::request, why)};
}

/// Not followed: nobody knows what the request would mean elsewhere, and the login would travel with it.
Failure redirected(int status) {
  return {Failure::Taken::certainly_not,
          Standing::State::blocked,
          {Phase::answer, status, {}, "the server redirects to another address: the account's URL is wrong"}};
}

}  // namespace

Call::Call(Network& network, CallResources& resources, const Options& options)
    : network_(network), resources_(resources), options_(options) {}

std::optional<Failure> Call::begin(Request request, SteadyTime now) {
  if (auto refused = write(std::move(request))) return refused;
  running_ = true;
  begun_ = false;
  reconnected_ = false;
  sent_ = 0;
  since_ = now;
  reader_.begin(request_.method);
  if (can_reuse_connection(now)) {
    send();
  } else {
    connect();
  }
  return std::nullopt;
}

std::optional<Failure> Call::write(Request request) {
  const bool new_url = is_new_ || request.url != request_.url;
  const bool new_head = new_url || request.method != request_.method || !same_headers(request, request_);
  request_ = std::move(request);
  is_new_ = true;  // until all of it is written
  if (new_url) {
    auto target = check_target(request_.url, options_.reach);
    if (const auto* why_not = std::get_if<std::string>(&target)) return refusal(*why_not);
    target_ = std::move(std::get<Target>(target));
  }
  if (new_head && !text_.write_head(request_, target_)) {
    return refusal("the request has a header that it may not have, or with a character that no header may hold");
  }
  text_.write_body(request_);
  is_new_ = false;
  return std::nullopt;
}

/// Nothing is due on a kept connection: octets, like its end, mean that the server will not take another request there.
bool Call::can_reuse_connection(SteadyTime now) {
  // After so long the server may be closing it just now.
  if (!connection_ || now - idle_since_ > options_.timeouts.idle || !connection_->leads_to(target_)) return false;
  return connection_->stream().receive(resources_.received).status == Stream::Status::would_block;
}

void Call::connect() {
  connection_.reset();  // closed before another one is opened
  connection_ =
      std::make_unique<Connection>(network_, resources_.sessions, options_, target_, static_cast<Transfer&>(*this));
}

void Call::finished(CURLcode result) {
  auto failure = connection_->finish(result);
  if (!failure) return send();
  // While libcurl begins another connection it clears away those that have ended or hold octets already, also one that
  // it has not handed over yet: nothing was sent there.
  if (result == CURLE_OK && !std::exchange(reconnected_, true)) return connect();
  connection_.reset();
  conclude(std::move(*failure));
}

void Call::drive(SteadyTime now) {
  if (!running_ || !connection_->is_open()) return;  // libcurl keeps the time while it connects
  if (network_.implementation().is_ready(connection_->socket())) {
    receive();
    if (running_ && !sent_all()) send();
  }
  if (running_ && now >= since_ + options_.timeouts.whole) lose("there was no complete answer in time");
  if (!running_) idle_since_ = now;
}

void Call::add_waits(WaitList& waits) const {
  if (!running_ || !connection_->is_open()) return;
  waits.sockets.push_back({connection_->socket(), true, !sent_all()});
  waits.wake_by(since_ + options_.timeouts.whole);
}

void Call::send() {
  while (!sent_all()) {
    // OpenSSL may have sent a part of what it calls blocked.
    const bool first = !std::exchange(begun_, true);
    const auto sent = connection_->stream().send(text_.octets().substr(sent_, largest_piece));
    sent_ += sent.octets;
    if (sent.status == Stream::Status::would_block) return;
    if (sent.status == Stream::Status::done) continue;
    begun_ = !(first && sent.status == Stream::Status::absent);
    return lose("the connection broke");
  }
}

/// Until there is nothing more: the socket does not show what TLS has decrypted already.
void Call::receive() {
  while (running_) {
    const auto received = connection_->stream().receive(resources_.received);
    switch (received.status) {
      case Stream::Status::would_block:
        return;
      case Stream::Status::done:
        hear(reader_.take({resources_.received.data(), received.octets}));
        break;
      case Stream::Status::closed: {
        const auto progress = reader_.end();
        if (progress != AnswerReader::Progress::incomplete) return hear(progress);
        return lose(reader_.has_begun() ? "the answer ended too early" : "the connection ended without an answer");
      }
      case Stream::Status::broken:
      case Stream::Status::absent:
        return lose("the connection broke");
    }
  }
}

void Call::hear(AnswerReader::Progress progress) {
  switch (progress) {
    case AnswerReader::Progress::incomplete:
      return;
    case AnswerReader::Progress::not_http:
      return lose("the answer is not HTTP");
    case AnswerReader::Progress::header_too_long:
      return lose("the header of the answer is longer than 64 KiB");
    case AnswerReader::Progress::body_too_long:
      return lose("the answer is longer than 1 MiB");
    case AnswerReader::Progress::complete:
      break;
  }
  const int status = reader_.status();
  // An answer that came before all of the request was sent is one, but what is still unsent would be read as the next.
  if (!reader_.keeps_connection() || !sent_all()) connection_.reset();
  if (status >= 300 && status < 400) return conclude(redirected(status));
  conclude(answer());
}

void Call::conclude(std::variant<Answer, Failure> result) {
  result_ = std::move(result);
  running_ = false;
}

std::variant<Answer, Failure> Call::take_result() { return std::move(result_); }

Answer Call::answer() {
  Answer answer{reader_.status(), reader_.take_body(), std::nullopt};
  if (answer.status < 400) return answer;
  if (const auto wish = reader_.header("Retry-After")) {
    // A date is on the server's clock, and so is the Date that most servers send beside it.
    const auto date = reader_.header("Date");
    const auto server_time = date ? read_http_date(*date) : std::nullopt;
    const auto own_time = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    answer.retry_after = read_retry_after(*wish, server_time.value_or(own_time));
  }
  return answer;
}

/// No words of libcurl's or the server's: they may repeat what was sent, and that may be a secret.
void Call::lose(std::string_view what) {
  connection_.reset();
  const Phase phase = sent_all() ? Phase::answer : Phase::request;
  if (begun_) return conclude(Failure{Failure::Taken::perhaps, Standing::State::ok, record(phase, what)});
  conclude(Failure{Failure::Taken::certainly_not, Standing::State::paused, record(Phase::connect, what)});
}

}  // namespace egarage::channels::http
