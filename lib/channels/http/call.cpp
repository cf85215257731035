#include "channels/http/call.hpp"

#include <new>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "channels/address_scope.hpp"
#include "channels/http/retry_after.hpp"
#include "channels/record.hpp"
#include "channels/tls_failure.hpp"

namespace egarage::channels::http {

namespace {

constexpr std::size_t largest_answer = 1 << 20;
/// libcurl allocates one for every request with TLS; by itself 64 KiB (CURLOPT_UPLOAD_BUFFERSIZE).
constexpr long smallest_upload_buffer = 16 * 1024;

Failure refusal(std::string_view why) {
  return {Failure::Taken::certainly_not, Standing::State::blocked, record(Phase::request, why)};
}

long milliseconds(std::chrono::seconds time) { return static_cast<long>(std::chrono::milliseconds(time).count()); }

}  // namespace

Call::Call(Network& network, const ConnectionPool& pool, const Options& options)
    : network_(network.implementation()), options_(options), easy_(curl_easy_init()) {
  if (!easy_) throw std::bad_alloc();
  configure(pool);
}

Call::~Call() {
  if (running_) network_.take_out(easy_.get());
}

template <typename Value>
void Call::set(CURLoption option, Value value) {
  const CURLcode result = curl_easy_setopt(easy_.get(), option, value);
  if (result == CURLE_OUT_OF_MEMORY) throw std::bad_alloc();
  if (result != CURLE_OK) {
    throw std::logic_error(std::string("libcurl refuses an option: ") + curl_easy_strerror(result));
  }
}

void Call::configure(const ConnectionPool& pool) {
  set(CURLOPT_SHARE, pool.handle());
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_PROTOCOLS_STR, "http,https");
  set(CURLOPT_FOLLOWLOCATION, 0L);
  set(CURLOPT_PROXY, "");
  set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  set(CURLOPT_HTTP09_ALLOWED, 0L);
  set(CURLOPT_TCP_NODELAY, 1L);
  set(CURLOPT_UPLOAD_BUFFERSIZE, smallest_upload_buffer);
  set(CURLOPT_USERAGENT, "egarage-notify");
  set(CURLOPT_CONNECTTIMEOUT_MS, milliseconds(options_.timeouts.connect));
  set(CURLOPT_TIMEOUT_MS, milliseconds(options_.timeouts.whole));
  // A kept connection is not used again once it was idle for so long: the server may be closing it just then.
  set(CURLOPT_MAXAGE_CONN, static_cast<long>(options_.timeouts.idle.count()));
  set(CURLOPT_ERRORBUFFER, error_);
  set(CURLOPT_WRITEFUNCTION, &Call::take_body);
  set(CURLOPT_WRITEDATA, this);
  set(CURLOPT_OPENSOCKETFUNCTION, &Call::open_socket);
  set(CURLOPT_OPENSOCKETDATA, this);
  set(CURLOPT_PREREQFUNCTION, &Call::before_request);
  set(CURLOPT_PREREQDATA, this);
  set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  set(CURLOPT_SSL_VERIFYPEER, 1L);
  set(CURLOPT_SSL_VERIFYHOST, 2L);
  if (options_.ca_file.empty()) return;
  set(CURLOPT_CAINFO, options_.ca_file.c_str());
  set(CURLOPT_CAPATH, static_cast<const char*>(nullptr));
}

std::optional<Failure> Call::begin(Request request) {
  const bool new_url = is_new_ || request.url != request_.url;
  const bool new_method = is_new_ || request.method != request_.method;
  const bool new_headers = is_new_ || !same_headers(request, request_);
  request_ = std::move(request);
  is_new_ = true;  // until all of it is set
  if (new_url) {
    auto target = check_target(request_.url, options_.reach);
    if (const auto* why_not = std::get_if<std::string>(&target)) return refusal(*why_not);
    target_ = std::move(std::get<Target>(target));
    set(CURLOPT_URL, request_.url.c_str());
  }
  if (new_headers) {
    auto headers = HeaderList::make(request_);
    if (!headers)
      return refusal("the request has a header that it may not have, or with a character that no header may hold");
    set(CURLOPT_HTTPHEADER, headers->get());
    headers_ = std::move(*headers);
  }
  if (new_method) set_method();
  if (has_body(request_.method)) {
    set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request_.body.size()));
    set(CURLOPT_POSTFIELDS, request_.body.data());
  }
  is_new_ = false;
  begun_ = false;
  refused_address_ = false;
  error_[0] = '\0';
  body_.clear();
  network_.add(easy_.get(), *this);
  running_ = true;
  return std::nullopt;
}

void Call::set_method() {
  set(CURLOPT_CUSTOMREQUEST, request_.method == Method::put ? "PUT" : static_cast<const char*>(nullptr));
  if (request_.method == Method::head) {
    set(CURLOPT_NOBODY, 1L);
    return;
  }
  set(CURLOPT_NOBODY, 0L);
  set(has_body(request_.method) ? CURLOPT_POST : CURLOPT_HTTPGET, 1L);
}

/// libcurl calls this before each request that it sends, and a second time only when a kept connection ended without an
/// answer and it is about to send the same again on another one. The server may have taken the first.
int Call::before_request(void* self, char*, char*, int, int) noexcept {
  auto& call = *static_cast<Call*>(self);
  return std::exchange(call.begun_, true) ? CURL_PREREQFUNC_ABORT : CURL_PREREQFUNC_OK;
}

std::size_t Call::take_body(char* data, std::size_t size, std::size_t count, void* self) {
  auto& body = static_cast<Call*>(self)->body_;
  if (body.size() + size * count > largest_answer) return 0;
  body.append(data, size * count);
  return size * count;
}

curl_socket_t Call::open_socket(void* self, curlsocktype, curl_sockaddr* address) {
  auto& call = *static_cast<Call*>(self);
  const auto scope = scope_of(*address);
  const bool in_clear = call.target_.scheme == "http";
  const bool allowed = (scope == AddressScope::everywhere && !in_clear) ||
                       (scope == AddressScope::loopback && call.target_.loopback) ||
                       (scope != AddressScope::nowhere && !in_clear && call.options_.reach.private_addresses);
  if (allowed) return ::socket(address->family, address->socktype, address->protocol);
  call.refused_address_ = true;
  return CURL_SOCKET_BAD;
}

void Call::finished(CURLcode result) {
  network_.take_out(easy_.get());
  running_ = false;
  long status = 0;
  if (result == CURLE_OK) curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &status);
  if (result != CURLE_OK) {
    result_ = explain(result);
  } else if (status >= 300 && status < 400) {
    result_ = redirected(static_cast<int>(status));
  } else {
    result_ = answer(static_cast<int>(status));
  }
}

std::variant<Answer, Failure> Call::take_result() { return std::move(result_); }

std::optional<std::string> Call::header(const char* name) const {
  curl_header* found = nullptr;
  if (curl_easy_header(easy_.get(), name, 0, CURLH_HEADER, -1, &found) != CURLHE_OK) return std::nullopt;
  return found->value;
}

Answer Call::answer(int status) {
  Answer answer{status, std::move(body_), std::nullopt};
  if (status < 400) return answer;
  if (const auto wish = header("Retry-After")) {
    // A date is on the server's clock, and so is the Date that most servers send beside it.
    const auto date = header("Date");
    const auto server_time = date ? read_http_date(*date) : std::nullopt;
    const auto own_time = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    answer.retry_after = read_retry_after(*wish, server_time.value_or(own_time));
  }
  return answer;
}

/// Not followed: nobody knows what the request would mean elsewhere, and the login would travel with it.
Failure Call::redirected(int status) const {
  return {Failure::Taken::certainly_not,
          Standing::State::blocked,
          {Phase::answer, status, {}, "the server redirects to another address: the account's URL is wrong"}};
}

Failure Call::explain(CURLcode result) const {
  using enum Standing::State;
  using Taken = Failure::Taken;
  if (begun_) return lost(result);
  if (refused_address_) {
    return {Taken::certainly_not, blocked,
            record(Phase::connect, "\"" + target_.host + "\" leads to an address that this account may not speak to")};
  }
  const std::string_view why = error_[0] != '\0' ? error_ : curl_easy_strerror(result);
  if (is_tls_disagreement(result, why)) return {Taken::certainly_not, blocked, record(Phase::tls, why)};
  const bool in_handshake = result == CURLE_SSL_CONNECT_ERROR;
  return {Taken::certainly_not, paused, record(in_handshake ? Phase::tls : Phase::connect, why)};
}

/// libcurl's own words are left out here: they may repeat what the server sent, and that may repeat a secret.
Failure Call::lost(CURLcode result) const {
  curl_off_t sent = 0;
  curl_easy_getinfo(easy_.get(), CURLINFO_SIZE_UPLOAD_T, &sent);
  const bool complete = result == CURLE_ABORTED_BY_CALLBACK || static_cast<std::size_t>(sent) >= request_.body.size();
  const auto what = [result]() -> std::string_view {
    switch (result) {
      case CURLE_ABORTED_BY_CALLBACK:  // before_request()
      case CURLE_GOT_NOTHING:
        return "the connection ended without an answer";
      case CURLE_OPERATION_TIMEDOUT:
        return "there was no complete answer in time";
      case CURLE_SEND_ERROR:
      case CURLE_RECV_ERROR:
        return "the connection broke";
      case CURLE_PARTIAL_FILE:
        return "the answer ended too early";
      case CURLE_WRITE_ERROR:
        return "the answer is longer than 1 MiB";
      case CURLE_UNSUPPORTED_PROTOCOL:
        return "the answer is not HTTP";
      default:
        return curl_easy_strerror(result);
    }
  };
  return {Failure::Taken::perhaps, Standing::State::ok, record(complete ? Phase::answer : Phase::request, what())};
}

}  // namespace egarage::channels::http
