#include "channels/email/smtp_connection.hpp"

#include <algorithm>
#include <new>
#include <stdexcept>

#include "channels/address_scope.hpp"
#include "channels/credential_echo.hpp"
#include "channels/email/smtp_classify.hpp"
#include "channels/record.hpp"
#include "channels/tls_failure.hpp"
#include "core/platform/process.hpp"

namespace egarage::channels::email {

namespace {

using State = Standing::State;

/// What we call ourselves in EHLO (RFC 5321 §4.1.4): libcurl takes it from the URL's path.
std::string own_name() {
  const std::string name = core::platform::host_name();
  const bool is_name = !name.empty() && name.size() <= 255 && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
  });
  return is_name ? name : "localhost";
}

/// Empty when the host is not a host name or an address.
std::optional<std::string> make_url(const core::EmailAccount& account) {
  const std::unique_ptr<CURLU, decltype(&curl_url_cleanup)> url(curl_url(), &curl_url_cleanup);
  if (!url) throw std::bad_alloc();
  const std::string host = account.host.find(':') == std::string::npos ? account.host : "[" + account.host + "]";
  const char* scheme = account.tls == core::TlsMode::implicit ? "smtps" : "smtp";
  for (const auto& [part, text] : {std::pair{CURLUPART_SCHEME, std::string(scheme)},
                                   {CURLUPART_HOST, host},
                                   {CURLUPART_PORT, std::to_string(account.port)},
                                   {CURLUPART_PATH, "/" + own_name()}}) {
    if (curl_url_set(url.get(), part, text.c_str(), 0) != CURLUE_OK) return std::nullopt;
  }
  char* text = nullptr;
  if (curl_url_get(url.get(), CURLUPART_URL, &text, 0) != CURLUE_OK) return std::nullopt;
  const std::unique_ptr<char, decltype(&curl_free)> owner(text, &curl_free);
  return text;
}

const char* login_options(core::SmtpAuthentication authentication) {
  switch (authentication) {
    case core::SmtpAuthentication::plain:
      return "AUTH=PLAIN";
    case core::SmtpAuthentication::login:
      return "AUTH=LOGIN";
    case core::SmtpAuthentication::xoauth2:
      return "AUTH=XOAUTH2";
    case core::SmtpAuthentication::automatic:
      break;
  }
  return "AUTH=PLAIN;AUTH=LOGIN";
}

Standing standing(State state, Phase phase, std::string_view why) { return {state, record(phase, why), {}}; }

}  // namespace

SmtpConnection::SmtpConnection(Network& network, const core::EmailAccount& account, const core::Secret& password,
                               Reach reach, std::chrono::seconds timeout)
    : network_(network.implementation()),
      easy_(curl_easy_init()),
      login_(account.tls, !account.user.empty()),
      tls_(account.tls),
      with_user_(!account.user.empty()) {
  if (!easy_) throw std::bad_alloc();
  if (tls_ == core::TlsMode::none && with_user_) {
    state_ = State::failed;
    failure_ = standing(Standing::State::blocked, Phase::connect,
                        "the account has a user but tls = \"none\": the password would travel in clear");
    return;
  }
  const auto url = make_url(account);
  if (!url) {
    state_ = State::failed;
    failure_ = standing(Standing::State::blocked, Phase::connect, "\"" + account.host + "\" is not a host name");
    return;
  }
  set(CURLOPT_URL, url->c_str());
  configure(account, password, timeout);
  if (reach == Reach::loopback_only || (tls_ == core::TlsMode::none && !account.allow_plaintext)) {
    set(CURLOPT_OPENSOCKETFUNCTION, &SmtpConnection::open_socket);
    set(CURLOPT_OPENSOCKETDATA, this);
  }
  network_.add(easy_.get(), *this);
}

SmtpConnection::~SmtpConnection() {
  // libcurl closes a CONNECT_ONLY connection at once when it leaves its multi handle, without a QUIT of its own.
  network_.take_out(easy_.get());
}

template <typename Value>
void SmtpConnection::set(CURLoption option, Value value) {
  const CURLcode result = curl_easy_setopt(easy_.get(), option, value);
  if (result == CURLE_OUT_OF_MEMORY) throw std::bad_alloc();
  if (result != CURLE_OK)
    throw std::logic_error(std::string("libcurl refuses an option: ") + curl_easy_strerror(result));
}

void SmtpConnection::configure(const core::EmailAccount& account, const core::Secret& password,
                               std::chrono::seconds timeout) {
  const auto seconds = static_cast<long>(timeout.count());
  set(CURLOPT_CONNECT_ONLY, 1L);
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  set(CURLOPT_PROXY, "");
  set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  set(CURLOPT_FRESH_CONNECT, 1L);
  set(CURLOPT_TCP_NODELAY, 1L);
  set(CURLOPT_CONNECTTIMEOUT, seconds);
  set(CURLOPT_TIMEOUT, seconds);
  set(CURLOPT_SERVER_RESPONSE_TIMEOUT, seconds);
  set(CURLOPT_ERRORBUFFER, error_);
  set(CURLOPT_HEADERFUNCTION, &SmtpConnection::hear);
  set(CURLOPT_HEADERDATA, this);
  set(CURLOPT_WRITEFUNCTION, &SmtpConnection::discard);
  set(CURLOPT_USE_SSL, static_cast<long>(tls_ == core::TlsMode::none ? CURLUSESSL_NONE : CURLUSESSL_ALL));
  set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  set(CURLOPT_SSL_VERIFYPEER, 1L);
  set(CURLOPT_SSL_VERIFYHOST, 2L);
  if (!account.ca_file.empty()) {
    set(CURLOPT_CAINFO, account.ca_file.c_str());
    set(CURLOPT_CAPATH, static_cast<const char*>(nullptr));
  }
  if (!with_user_) return;
  set(CURLOPT_USERNAME, account.user.c_str());
  set(CURLOPT_LOGIN_OPTIONS, login_options(account.authentication));
  const bool token = account.authentication == core::SmtpAuthentication::xoauth2;
  set(token ? CURLOPT_XOAUTH2_BEARER : CURLOPT_PASSWORD, password.reveal().c_str());
  secrets_ = forms_on_the_wire(account.user, password);
  // AUTH LOGIN is a draft that never knew an initial response; some servers refuse it there.
  if (account.authentication != core::SmtpAuthentication::login) set(CURLOPT_SASL_IR, 1L);
}

std::size_t SmtpConnection::hear(char* data, std::size_t size, std::size_t count, void* self) {
  auto& connection = *static_cast<SmtpConnection*>(self);
  const bool sensible = connection.login_.hear(std::string_view(data, size * count));
  // libcurl says QUIT after a refusal and waits for the answer with everything else standing still.
  if (connection.login_.hopeless()) curl_easy_setopt(connection.easy_.get(), CURLOPT_SERVER_RESPONSE_TIMEOUT, 1L);
  return sensible ? size * count : 0;
}

std::size_t SmtpConnection::discard(char*, std::size_t size, std::size_t count, void*) noexcept { return size * count; }

curl_socket_t SmtpConnection::open_socket(void* self, curlsocktype, curl_sockaddr* address) {
  if (scope_of(*address) == AddressScope::loopback)
    return ::socket(address->family, address->socktype, address->protocol);
  static_cast<SmtpConnection*>(self)->refused_address_ = true;
  return CURL_SOCKET_BAD;
}

void SmtpConnection::finished(CURLcode result) {
  curl_socket_t active = CURL_SOCKET_BAD;
  if (result == CURLE_OK) curl_easy_getinfo(easy_.get(), CURLINFO_ACTIVESOCKET, &active);
  const bool usable = active != CURL_SOCKET_BAD && (login_.logged_in() || !with_user_);
  state_ = usable ? State::established : State::failed;
  socket_ = static_cast<std::intptr_t>(active);
  if (!usable) failure_ = explain(result);
}

/// libcurl's result code is the last thing to ask: 55, 56, 8 and 67 each mean temporary and permanent refusals alike.
Standing SmtpConnection::explain(CURLcode result) const {
  using enum Standing::State;
  if (refused_address_) {
    return standing(blocked, Phase::connect,
                    tls_ == core::TlsMode::none ? "tls = \"none\" is for servers on this machine only"
                                                : "only servers on this machine may be contacted here");
  }
  const Reply last = without_credentials(login_.last());
  if (last.code >= 400) {
    const SmtpReply reply{last.code, last.enhanced, last.text};
    return make_standing(classify(last.phase, reply), last);
  }
  const Phase phase = phase_reached(result);
  std::string_view why = error_[0] != '\0' ? error_ : curl_easy_strerror(result);
  if (result == CURLE_WRITE_ERROR) why = "the server's reply is not SMTP";  // hear() gave up
  if (result == CURLE_OK) {
    return standing(blocked, Phase::login, "the account has a user, but the server offers no authentication");
  }
  if (is_tls_disagreement(result, why)) return standing(blocked, Phase::tls, why);
  switch (result) {
    case CURLE_USE_SSL_FAILED:
      return standing(blocked, Phase::tls, "the server offers no STARTTLS");
    case CURLE_LOGIN_DENIED:  // no mechanism in common, or a challenge where the verdict was due
      return standing(blocked, Phase::login, last.code == 334 ? "the server refused the token" : why);
    case CURLE_SSL_CONNECT_ERROR:
      return standing(paused, Phase::tls, why);
    case CURLE_WEIRD_SERVER_REPLY:
      // Octets behind the reply to STARTTLS would be taken for replies under TLS (CVE-2011-0411, CVE-2021-22947).
      if (last.phase == Phase::tls && last.code == 220) {
        return standing(blocked, Phase::tls, "the server sent data between STARTTLS and TLS");
      }
      break;
    default:
      break;
  }
  return standing(paused, phase, why);
}

Reply SmtpConnection::without_credentials(Reply reply) const {
  if (reply.phase == Phase::login && repeats_any(reply.text, secrets_)) {
    reply.text = "(the reply repeats the login and is not recorded)";
  }
  return reply;
}

Phase SmtpConnection::phase_reached(CURLcode result) const {
  if (login_.phase() != Phase::greeting) return login_.phase();
  curl_off_t connected = 0;
  curl_off_t secured = 0;
  curl_easy_getinfo(easy_.get(), CURLINFO_CONNECT_TIME_T, &connected);
  curl_easy_getinfo(easy_.get(), CURLINFO_APPCONNECT_TIME_T, &secured);
  if (connected == 0 || result == CURLE_COULDNT_CONNECT) return Phase::connect;
  return tls_ == core::TlsMode::implicit && secured == 0 ? Phase::tls : Phase::greeting;
}

SmtpConnection::Transferred SmtpConnection::receive(std::span<char> buffer) {
  std::size_t octets = 0;
  const CURLcode result = curl_easy_recv(easy_.get(), buffer.data(), buffer.size(), &octets);
  if (result == CURLE_AGAIN) return {Status::would_block, 0};
  if (result != CURLE_OK || octets == 0) return {Status::closed, 0};
  return {Status::done, octets};
}

SmtpConnection::Transferred SmtpConnection::send(std::string_view octets) {
  std::size_t taken = 0;
  const CURLcode result = curl_easy_send(easy_.get(), octets.data(), octets.size(), &taken);
  if (result == CURLE_AGAIN) return {Status::would_block, 0};
  return {result == CURLE_OK ? Status::done : Status::closed, taken};
}

}  // namespace egarage::channels::email
