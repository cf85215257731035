#include "channels/email/smtp_connection.hpp"

#include <algorithm>
#include <new>

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
      login_(account.tls, !account.user.empty()),
      tls_(account.tls),
      with_user_(!account.user.empty()) {
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
  stream_.set(CURLOPT_URL, url->c_str());
  configure(account, password, timeout);
  if (reach == Reach::loopback_only || (tls_ == core::TlsMode::none && !account.allow_plaintext)) {
    stream_.set(CURLOPT_OPENSOCKETFUNCTION, &SmtpConnection::open_socket);
    stream_.set(CURLOPT_OPENSOCKETDATA, this);
  }
  network_.add(stream_.handle(), *this);
}

SmtpConnection::~SmtpConnection() {
  // libcurl closes a CONNECT_ONLY connection at once when it leaves its multi handle, without a QUIT of its own.
  network_.take_out(stream_.handle());
}

void SmtpConnection::configure(const core::EmailAccount& account, const core::Secret& password,
                               std::chrono::seconds timeout) {
  const auto seconds = static_cast<long>(timeout.count());
  stream_.set(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  stream_.set(CURLOPT_CONNECTTIMEOUT, seconds);
  stream_.set(CURLOPT_TIMEOUT, seconds);
  stream_.set(CURLOPT_SERVER_RESPONSE_TIMEOUT, seconds);
  stream_.set(CURLOPT_HEADERFUNCTION, &SmtpConnection::hear);
  stream_.set(CURLOPT_HEADERDATA, this);
  stream_.set(CURLOPT_WRITEFUNCTION, &SmtpConnection::discard);
  stream_.set(CURLOPT_USE_SSL, static_cast<long>(tls_ == core::TlsMode::none ? CURLUSESSL_NONE : CURLUSESSL_ALL));
  stream_.trust_only(account.ca_file);
  if (!with_user_) return;
  stream_.set(CURLOPT_USERNAME, account.user.c_str());
  stream_.set(CURLOPT_LOGIN_OPTIONS, login_options(account.authentication));
  const bool token = account.authentication == core::SmtpAuthentication::xoauth2;
  stream_.set(token ? CURLOPT_XOAUTH2_BEARER : CURLOPT_PASSWORD, password.reveal().c_str());
  secrets_ = forms_on_the_wire(account.user, password);
  // AUTH LOGIN is a draft that never knew an initial response; some servers refuse it there.
  if (account.authentication != core::SmtpAuthentication::login) stream_.set(CURLOPT_SASL_IR, 1L);
}

std::size_t SmtpConnection::hear(char* data, std::size_t size, std::size_t count, void* self) {
  auto& connection = *static_cast<SmtpConnection*>(self);
  const bool sensible = connection.login_.hear(std::string_view(data, size * count));
  // libcurl says QUIT after a refusal and waits for the answer with everything else standing still.
  if (connection.login_.hopeless()) curl_easy_setopt(connection.stream_.handle(), CURLOPT_SERVER_RESPONSE_TIMEOUT, 1L);
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
  if (result == CURLE_OK) socket_ = stream_.socket();
  const bool usable = socket_ >= 0 && (login_.logged_in() || !with_user_);
  state_ = usable ? State::established : State::failed;
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
  std::string_view why = stream_.words(result);
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
  curl_easy_getinfo(stream_.handle(), CURLINFO_CONNECT_TIME_T, &connected);
  curl_easy_getinfo(stream_.handle(), CURLINFO_APPCONNECT_TIME_T, &secured);
  if (connected == 0 || result == CURLE_COULDNT_CONNECT) return Phase::connect;
  return tls_ == core::TlsMode::implicit && secured == 0 ? Phase::tls : Phase::greeting;
}

}  // namespace egarage::channels::email
