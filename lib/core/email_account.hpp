#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/email_address.hpp"
#include "core/enum_names.hpp"
#include "core/pace.hpp"
#include "core/secret.hpp"

namespace egarage::core {

enum class TlsMode {
  starttls,  ///< plain connection, upgraded before anything else; refused if the server cannot
  implicit,  ///< TLS from the first byte (port 465)
  none,      ///< no TLS: only to loopback, or where the operator sets allow_plaintext; never with a password
};
inline constexpr EnumNames<TlsMode, 3> tls_mode_names{
    {{TlsMode::starttls, "starttls"}, {TlsMode::implicit, "implicit"}, {TlsMode::none, "none"}}};

/// How the password is presented. `automatic` takes the strongest of PLAIN and LOGIN that the server offers; `xoauth2`
/// treats the password as an OAuth 2 access token.
enum class SmtpAuthentication { automatic, plain, login, xoauth2 };
inline constexpr EnumNames<SmtpAuthentication, 4> smtp_authentication_names{{{SmtpAuthentication::automatic, "auto"},
                                                                             {SmtpAuthentication::plain, "plain"},
                                                                             {SmtpAuthentication::login, "login"},
                                                                             {SmtpAuthentication::xoauth2, "xoauth2"}}};

/// An account that e-mail goes out from: a company's own, or the platform's.
struct EmailAccount {
  std::string transport = "smtp";  ///< a name of the transport table: `smtp`, `file`
  Mailbox from;
  std::optional<Mailbox> reply_to;
  /// `mailto:…` or `https://…` for List-Unsubscribe of promotional messages; empty means a mailto to reply_to or from.
  std::string unsubscribe;
  std::string host;
  std::uint16_t port = 587;
  TlsMode tls = TlsMode::starttls;
  bool allow_plaintext = false;
  std::string ca_file;  ///< PEM file of the authorities to trust; empty means the system's
  SmtpAuthentication authentication = SmtpAuthentication::automatic;
  std::string user;  ///< empty means no authentication
  SecretReference password;
  Pace pace{};

  bool operator==(const EmailAccount&) const = default;
};

}  // namespace egarage::core
