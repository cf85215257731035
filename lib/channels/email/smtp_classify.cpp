#include "channels/email/smtp_classify.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace egarage::channels::email {

namespace {

using enum Verdict::Message;
using Scope = Verdict::Scope;

enum class Where { anywhere, set_up, mail, recipient, transaction };

/// Patterns are alternatives separated by `|`; an empty pattern fits everything.
struct Row {
  Where where;
  int first_code, last_code;
  std::string_view statuses;  ///< `none` fits a reply without status
  std::string_view words;     ///< in the text, whatever the case
  Verdict verdict;
};

constexpr std::chrono::hours a_day{24};

constexpr Row rows[] = {
    // --- Opening the connection: the account's matter (RFC 5321 §3.1, §4.2.3; RFC 4954 §6).
    // 454 at AUTH is a temporary failure, 421 and 432 (Microsoft: too many connections) are throttling: never a wrong
    // password. A 554 greeting refuses this client (RFC 5321 §3.1); 535, 534 and 530 refuse the credentials; Microsoft
    // says 550 5.7.30 where basic authentication is off.
    {Where::set_up, 400, 499, "", "", {returned, Scope::paused, {}}},
    {Where::set_up, 500, 599, "", "", {returned, Scope::blocked, {}}},

    // --- Limits of the connection and of the account, in any phase of the transaction.
    // RFC 5321 §3.8: 421 closes the connection. (How many messages it had carried decides what that means:
    // SmtpSession.)
    {Where::anywhere, 421, 421, "", "", {deferred, Scope::connection, {}}},
    // Per-connection message limits, as Exim (smtp_accept_max_per_connection) and others word them.
    {Where::transaction, 450, 452, "", "too many messages|message limit", {returned, Scope::connection, {}}},
    // Microsoft 365: 432 4.3.2 concurrent connections limit exceeded.
    {Where::transaction, 432, 432, "", "", {returned, Scope::paused, {}}},
    // Gmail: 550 5.4.5 Daily user sending limit (formerly quota) exceeded. support.google.com/a/answer/3726730
    {Where::transaction, 500, 599, "5.4.5", "daily|quota|limit", {returned, Scope::paused, a_day}},
    // Microsoft 365: SubmissionQuotaExceeded; 5.1.90 daily recipient limit; 5.1.8 bad outbound sender (restricted
    // user).
    {Where::transaction, 400, 599, "", "submissionquotaexceeded", {returned, Scope::paused, a_day}},
    {Where::transaction, 500, 599, "5.1.90", "", {returned, Scope::paused, a_day}},
    {Where::transaction, 500, 599, "5.1.8", "outbound sender", {returned, Scope::paused, a_day}},
    // RFC 4954 §6 and RFC 3207 §4: 530 asks for a login or for TLS.
    {Where::transaction, 530, 530, "", "", {returned, Scope::blocked, {}}},

    // --- MAIL: the sender's matter, except for what the command says about this message.
    // RFC 1870 §6.1 and §6.2: 552 (5.3.4) too big; RFC 5321 §4.1.1.11: 555 parameters.
    {Where::mail, 552, 552, "", "", {rejected_message, Scope::message, {}}},
    {Where::mail, 555, 555, "", "", {rejected_message, Scope::message, {}}},
    {Where::mail, 500, 599, "5.3.4|5.2.3", "", {rejected_message, Scope::message, {}}},
    // 5.1.0, 5.1.7, 5.7.x, 553: this sender may not send (RFC 5321 §4.2.3, RFC 3463 §3.2).
    {Where::mail, 500, 599, "", "", {returned, Scope::blocked, {}}},
    // The same, told only at RCPT (Postfix smtpd_delay_reject): RFC 3463 §3.2, X.1.7 and X.1.8 are about the sender.
    {Where::transaction, 500, 599, "5.1.7|5.1.8", "", {returned, Scope::blocked, {}}},

    // --- The mailbox is full: soft, however hard the code (RFC 3463 §3.3, X.2.2; RFC 5321 §4.2.3, 552 at RCPT).
    {Where::transaction, 500, 599, "5.2.2", "", {deferred, Scope::message, {}}},
    {Where::recipient, 552, 552, "none", "", {deferred, Scope::message, {}}},

    // --- RCPT: the address does not exist (RFC 3463 §3.2, §3.3 X.2.1, §3.5 X.4.4; 5.1.10 RFC 7505).
    {Where::recipient,
     500,
     599,
     "5.1.1|5.1.2|5.1.3|5.1.6|5.1.10|5.2.1|5.4.4",
     "",
     {rejected_address, Scope::message, {}}},
    // Without a status 550 may also be policy (RFC 5321 §4.2.3), which is never held against the address.
    {Where::recipient,
     550,
     553,
     "none",
     "spam|policy|block|black|reputation|relay|denied|spf|dkim|dmarc|authenticat",
     {rejected_message, Scope::message, {}}},
    {Where::recipient, 550, 551, "none", "", {rejected_address, Scope::message, {}}},
    {Where::recipient, 553, 553, "none", "", {rejected_address, Scope::message, {}}},

    // --- Everything else: 4xx later, 5xx this message for good. That covers policy (5.7.x: Gmail 5.7.26,
    // Outlook 5.7.515,
    // Yahoo 5.7.9), size (5.3.4, 5.2.3) and content (5.6.x), none of which suppresses the address (RFC 3463 §3.4 to
    // §3.8).
    {Where::transaction, 400, 499, "", "", {deferred, Scope::message, {}}},
    {Where::transaction, 500, 599, "", "", {rejected_message, Scope::message, {}}},
};

bool fits(Where where, Phase phase) {
  const bool in_transaction = phase == Phase::mail || phase == Phase::recipient || phase == Phase::data ||
                              phase == Phase::body || phase == Phase::end_of_data;
  switch (where) {
    case Where::set_up:
      return !in_transaction;
    case Where::mail:
      return phase == Phase::mail;
    case Where::recipient:
      return phase == Phase::recipient;
    case Where::transaction:
      return in_transaction;
    case Where::anywhere:
      break;
  }
  return true;
}

/// Whether `test` holds for one of the alternatives; always for an empty pattern.
template <typename Test>
bool any_of(std::string_view pattern, Test test) {
  if (pattern.empty()) return true;
  for (;;) {
    const std::size_t end = pattern.find('|');
    if (test(pattern.substr(0, end))) return true;
    if (end == std::string_view::npos) return false;
    pattern.remove_prefix(end + 1);
  }
}

bool contains_word(std::string_view text, std::string_view lower_case_word) {
  const auto same = [](char in_text, char wanted) {
    return (in_text >= 'A' && in_text <= 'Z' ? static_cast<char>(in_text - 'A' + 'a') : in_text) == wanted;
  };
  return std::search(text.begin(), text.end(), lower_case_word.begin(), lower_case_word.end(), same) != text.end();
}

bool fits(const Row& row, Phase phase, const SmtpReply& reply) {
  return fits(row.where, phase) && reply.code >= row.first_code && reply.code <= row.last_code &&
         any_of(row.statuses,
                [&](std::string_view status) {
                  return status == "none" ? reply.enhanced.empty() : reply.enhanced == status;
                }) &&
         any_of(row.words, [&](std::string_view word) { return contains_word(reply.text, word); });
}

}  // namespace

Verdict classify(Phase phase, const SmtpReply& reply) {
  for (const Row& row : rows) {
    if (fits(row, phase, reply)) return row.verdict;
  }
  return {deferred, Scope::message, {}};
}

Outcome make_outcome(const Verdict& verdict, Reply reply) {
  switch (verdict.message) {
    case rejected_message:
      return Rejected{std::move(reply), Rejected::Reason::message};
    case rejected_address:
      return Rejected{std::move(reply), Rejected::Reason::address};
    case returned:
      return Returned{std::move(reply)};
    case deferred:
      break;
  }
  return Deferred{std::move(reply), verdict.retry_after};
}

Standing make_standing(const Verdict& verdict, const Reply& reply) {
  switch (verdict.scope) {
    case Scope::paused:
      return {Standing::State::paused, reply, verdict.retry_after};
    case Scope::blocked:
      return {Standing::State::blocked, reply, verdict.retry_after};
    case Scope::message:
    case Scope::connection:
      break;
  }
  return {};
}

bool complains_about_pipelining(const SmtpReply& reply) {
  return reply.code == 503 ||
         (reply.negative() && (contains_word(reply.text, "pipelin") || contains_word(reply.text, "synchroni")));
}

}  // namespace egarage::channels::email
