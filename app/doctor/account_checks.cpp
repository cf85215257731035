#include "app/doctor/account_checks.hpp"

#include <fmt/format.h>

#include "channels/email/smtp_probe.hpp"
#include "channels/http/ask.hpp"
#include "core/graph_version.hpp"
#include "core/platform/files.hpp"
#include "core/utf8.hpp"

namespace egarage::app {

namespace {

using channels::Phase;

/// What the phase that failed says about the account, in the words of the table.
struct Stage {
  std::string_view check;
  std::string_view advice;
};

Stage stage_of(Phase phase) {
  switch (phase) {
    case Phase::tls:
      return {"TLS", "Correct tls and port; for a private authority set ca_file."};
    case Phase::login:
      return {"login", "Correct user and password; Gmail and Microsoft want an app password or auth = \"xoauth2\"."};
    case Phase::greeting:
    case Phase::hello:
      return {"greeting", "The server refuses this machine: ask its operator, or use another host."};
    default:
      return {"connection", "Correct host and port, and see that DNS and the firewall let this machine through."};
  }
}

std::string one_line(const channels::Reply& reply) {
  return core::one_line(reply.code == 0 ? reply.text : fmt::format("{} {}", reply.code, reply.text));
}

void check_smtp(const core::EmailAccount& account, const core::Secret& password, const std::string& subject,
                const AccountSurroundings& surroundings, Findings& findings) {
  const auto trouble = channels::email::probe_smtp(surroundings.network, account, password, {});
  if (!trouble) {
    const auto how = account.user.empty() ? "connection, TLS" : "connection, TLS, login";
    findings.push_back({subject, account.tls == core::TlsMode::none ? "connection" : how, Health::ok,
                        fmt::format("{}:{}", account.host, account.port), ""});
    return;
  }
  const auto reply = trouble->reply.value_or(channels::Reply{});
  const auto stage = stage_of(reply.phase);
  const auto health = trouble->state == channels::Standing::State::blocked ? Health::failed : Health::warning;
  findings.push_back({subject, std::string(stage.check), health,
                      fmt::format("{}:{}: {}", account.host, account.port, one_line(reply)),
                      std::string(stage.advice)});
}

void check_http(const channels::http::Provider& provider, const core::Account& account, const std::string& subject,
                const AccountSurroundings& surroundings, Findings& findings) {
  for (const auto& check : provider.checks()) {
    const auto answer =
        channels::http::ask(surroundings.network, check.request, http_options(account, surroundings, 1));
    if (const auto* why = std::get_if<std::string>(&answer)) {
      findings.push_back({subject, check.what, Health::failed, *why,
                          "See that DNS and the firewall let this machine reach the provider."});
      return;  // what follows would fail in the same way
    }
    const auto complaint = provider.judge_check(check, std::get<channels::http::Answer>(answer));
    if (complaint.empty()) {
      findings.push_back({subject, check.what, Health::ok, "", ""});
    } else {
      findings.push_back({subject, check.what, Health::failed, core::one_line(complaint),
                          "Correct the account in the configuration and run setup, or put it right at the provider."});
    }
  }
}

void check_outbox(const std::filesystem::path& outbox, const std::string& subject, Findings& findings) {
  const auto probe = outbox / ".doctor";
  try {
    std::filesystem::create_directories(outbox);
    core::platform::write_file_durably(probe, "");
    std::filesystem::remove(probe);
    findings.push_back({subject, "outbox", Health::ok, outbox.string(), ""});
  } catch (const std::system_error& error) {
    findings.push_back({subject, "outbox", Health::failed,
                        fmt::format("{}: {}", outbox.string(), error.code().message()),
                        "Give this user the right to write there, or name another [channels.file] directory."});
  }
}

}  // namespace

void check_account(const core::Account& account, const std::string& owner, const AccountSurroundings& surroundings,
                   Findings& findings) {
  const auto subject = fmt::format("{}/{}", owner, core::to_string(core::channel_of(account)));
  if (core::transport_of(account) == "file") return check_outbox(surroundings.outbox, subject, findings);

  auto opened = surroundings.secrets.open(core::password_of(account));
  if (const auto* unavailable = std::get_if<config::SecretKeeper::Unavailable>(&opened)) {
    findings.push_back({subject, "secret", Health::failed, unavailable->sentence,
                        "Set the variable or the file where cron sees it, or write the secret anew and run setup."});
    return;
  }
  auto& secret = std::get<core::Secret>(opened);
  if (const auto* email = std::get_if<core::EmailAccount>(&account)) {
    return check_smtp(*email, secret, subject, surroundings, findings);
  }
  if (const auto* whatsapp = std::get_if<core::WhatsappAccount>(&account);
      whatsapp != nullptr && core::is_expired_graph_version(whatsapp->api_version)) {
    findings.push_back({subject, "API version", Health::warning,
                        fmt::format("Meta no longer serves {}", whatsapp->api_version),
                        "Set api_version = \"v25.0\"."});
  }
  if (const auto provider = make_provider(account, std::move(secret))) {
    check_http(*provider, account, subject, surroundings, findings);
  }
}

void check_standing(const store::AccountHealth& health, core::Channel channel, const std::string& owner,
                    core::Instant now, Findings& findings) {
  if (!health.rests_at(now)) return;
  findings.push_back({fmt::format("{}/{}", owner, core::to_string(channel)), "past runs", Health::warning,
                      fmt::format("{} until {}: {}", core::name_of(store::account_state_names, health.state),
                                  core::format_instant(*health.retry_at), core::one_line(health.reason)),
                      "Once the cause is gone, run setup after a change, or wait for the next try."});
}

}  // namespace egarage::app
