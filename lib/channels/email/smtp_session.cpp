#include "channels/email/smtp_session.hpp"

#include <charconv>
#include <utility>

#include "channels/record.hpp"

namespace egarage::channels::email {

namespace {

/// Room for the next envelope behind a body. TLS wants a write that would have blocked repeated from the same place in
/// memory, so the octets must not move while they wait.
constexpr std::size_t longest_envelope = 1024;

void append_number(std::string& text, std::uint64_t number) {
  char digits[20];
  const auto end = std::to_chars(std::begin(digits), std::end(digits), number).ptr;
  text.append(digits, end);
}

/// RFC 5321 §4.5.2. Our own messages have no line that begins with a dot, so the common case is one copy.
void append_dot_stuffed(std::string& out, std::string_view text) {
  if (text.starts_with('.')) out += '.';
  for (std::size_t at; (at = text.find("\n.")) != std::string_view::npos; text.remove_prefix(at + 1)) {
    out += text.substr(0, at + 1);
    out += '.';
  }
  out += text;
}

}  // namespace

SmtpSession::SmtpSession(const SmtpOffer& offer, std::string_view sender) : offer_(offer), sender_(sender) {
  expected_.reserve(8);
}

bool SmtpSession::has_room() const {
  if (finished_ || stopping_ || open_) return false;
  return offer_.pipelining || expected_.empty();
}

void SmtpSession::submit(std::uint64_t token, std::string_view recipient, std::string text,
                         std::vector<Result>& results) {
  const std::uint64_t size = text.size();
  if (offer_.maximum_size != 0 && size > offer_.maximum_size) {
    const std::string why = "the message has " + std::to_string(size) + " octets, the server takes at most " +
                            std::to_string(offer_.maximum_size);
    results.push_back({token, Rejected{record(Phase::mail, why), Rejected::Reason::message}});
    return;
  }
  ++progress_;
  open_.emplace(Transaction{token, std::string(recipient), std::move(text), size});
  if (std::exchange(transaction_left_open_, false)) {
    append("RSET\r\n");
    expect(Command::rset);
    if (!offer_.pipelining) return;
  }
  write_mail();
}

void SmtpSession::write_mail() {
  append("MAIL FROM:<");
  append(sender_);
  append(">");
  if (offer_.size) {
    append(" SIZE=");
    append_number(out_, open_->size);
  }
  append("\r\n");
  expect(Command::mail);
  if (offer_.pipelining) {
    write_rcpt();
    write_data();
  }
}

void SmtpSession::write_rcpt() {
  append("RCPT TO:<");
  append(open_->recipient);
  append(">\r\n");
  expect(Command::rcpt);
}

void SmtpSession::write_data() {
  append("DATA\r\n");
  expect(Command::data);
}

void SmtpSession::write_body() {
  append_dot_stuffed(out_, open_->text);
  append(open_->text.ends_with("\r\n") ? ".\r\n" : "\r\n.\r\n");
  out_.reserve(out_.size() + longest_envelope);
  sealed_ = std::move(open_);
  open_.reset();
  sealed_->text = {};
  sealed_->end = sent_total_ + output().size();
  expect(Command::verdict);
}

void SmtpSession::sent(std::size_t octets) {
  progress_ += octets;
  sent_total_ += octets;
  out_sent_ += octets;
  if (out_sent_ < out_.size()) return;
  out_.clear();
  out_sent_ = 0;
}

void SmtpSession::receive(std::string_view octets, std::vector<Result>& results) {
  while (!finished_ && !octets.empty()) {
    switch (parser_.parse(octets)) {
      case SmtpReplyParser::Result::incomplete:
        return;
      case SmtpReplyParser::Result::malformed:
        return end(End::closed, "the server's reply is not SMTP", results);
      case SmtpReplyParser::Result::complete:
        ++progress_;
        handle(parser_.reply(), results);
    }
  }
}

void SmtpSession::handle(const SmtpReply& reply, std::vector<Result>& results) {
  if (reply.code == 421) return on_closing(reply, results);
  if (expected_.empty()) return end(End::closed, "the server spoke out of turn", results);
  const Command command = expected_.front().command;
  switch (command) {
    case Command::verdict:
      return on_verdict(reply, results);
    case Command::lone_dot:
      // 250 would mean that it took an empty message for nobody; the refusal stands.
      expected_.erase(expected_.begin());
      open_.reset();
      return;
    case Command::data:
      if (open_->answered) return on_data_for_answered(reply);
      break;
    case Command::rset:
    case Command::mail:
    case Command::rcpt:
      break;
  }
  on_envelope(command, reply, results);
}

void SmtpSession::on_envelope(Command command, const SmtpReply& reply, std::vector<Result>& results) {
  const bool agreed = command == Command::data ? reply.code == 354 : reply.positive();
  if (!open_->answered && !agreed && (!reply.negative() || command == Command::rset)) {
    return end(End::closed, "the server's reply does not fit the command", results);
  }
  const Phase phase_of_command = phase();
  expected_.erase(expected_.begin());
  if (open_->answered) return;  // a refused message's remaining commands
  if (!agreed) return refuse(phase_of_command, reply, results);
  switch (command) {
    case Command::rset:
      if (!offer_.pipelining) write_mail();
      break;
    case Command::mail:
      open_->mail_answered = true;
      if (!offer_.pipelining) write_rcpt();
      break;
    case Command::rcpt:
      if (!offer_.pipelining) write_data();
      break;
    default:
      write_body();
  }
}

/// The message was refused while its DATA was on the wire already. A server that says 354 all the same gets a lone dot
/// and nothing of the message (RFC 2920 §3.1).
void SmtpSession::on_data_for_answered(const SmtpReply& reply) {
  expected_.erase(expected_.begin());
  if (!reply.intermediate()) {
    open_.reset();
    return;
  }
  transaction_left_open_ = false;  // end of data ends the transaction, whatever comes of it (RFC 5321 §4.1.1.4)
  append(".\r\n");
  expect(Command::lone_dot);
}

void SmtpSession::on_verdict(const SmtpReply& reply, std::vector<Result>& results) {
  if (reply.intermediate() || (reply.positive() && !dot_sent())) {
    return end(End::closed, "the server's reply does not fit the command", results);
  }
  const bool early = !dot_sent();
  expected_.erase(expected_.begin());
  if (reply.positive()) {
    settle(*sealed_, Accepted{record(Phase::end_of_data, reply), provider_id(reply.text)}, results);
    sealed_.reset();
    if (stopping_) finish({}, results);
    return;
  }
  const Verdict verdict = classify(Phase::end_of_data, reply);
  const Reply why = record(early ? Phase::body : Phase::end_of_data, reply);
  settle(*sealed_, make_outcome(verdict, why), results);
  sealed_.reset();
  apply(verdict, why, results);
  // What the server makes of the rest of a body that it refused half-way is anyone's guess.
  if (early || stopping_) finish(why, results);
}

/// 421 at any time: the server closes the connection (RFC 5321 §3.8).
void SmtpSession::on_closing(const SmtpReply& reply, std::vector<Result>& results) {
  const Reply why = record(phase(), reply);
  const bool in_body_or_later = sealed_.has_value();
  if (sealed_) settle(*sealed_, Deferred{why, {}}, results);
  sealed_.reset();
  // After a message or more it may only mean "enough for one connection"; a new one will tell.
  const bool throttled = in_body_or_later || (decided_ == 0 && !expected_.empty());
  if (throttled) standing_ = {Standing::State::paused, why, {}};
  finish(why, results);
}

void SmtpSession::refuse(Phase phase_of_command, const SmtpReply& reply, std::vector<Result>& results) {
  const Reply why = record(phase_of_command, reply);
  if (offer_.pipelining && complains_about_pipelining(reply)) return fail_pipelining(why, results);
  transaction_left_open_ = phase_of_command != Phase::mail;
  const Verdict verdict = classify(phase_of_command, reply);
  const bool nothing_carried = decided_ == 0;
  settle(*open_, make_outcome(verdict, why), results);
  if (verdict.scope == Verdict::Scope::connection) {
    if (nothing_carried) standing_ = {Standing::State::paused, why, verdict.retry_after};
    return finish(why, results);
  }
  if (expected_.empty()) open_.reset();
  apply(verdict, why, results);
}

void SmtpSession::settle(Transaction& transaction, Outcome outcome, std::vector<Result>& results) {
  const bool by_server = std::visit([](const auto& known) { return known.reply.code != 0; }, outcome);
  if (by_server && !std::holds_alternative<Returned>(outcome)) ++decided_;
  results.push_back({transaction.token, std::move(outcome)});
  transaction.answered = true;
}

void SmtpSession::return_open(Reply why, std::vector<Result>& results) {
  if (open_ && !open_->answered) settle(*open_, Returned{std::move(why)}, results);
}

void SmtpSession::apply(const Verdict& verdict, const Reply& reply, std::vector<Result>& results) {
  if (verdict.scope == Verdict::Scope::connection) return finish(reply, results);
  if (verdict.scope != Verdict::Scope::message && standing_.state == Standing::State::ok) {
    standing_ = make_standing(verdict, reply);
    stop(reply, results);
  }
}

void SmtpSession::finish(const Reply& why, std::vector<Result>& results) {
  return_open(why, results);
  open_.reset();
  expected_.clear();
  out_.clear();
  out_sent_ = 0;
  finished_ = true;
  end_reason_ = why;
}

void SmtpSession::fail_pipelining(const Reply& why, std::vector<Result>& results) {
  pipelining_failed_ = true;
  finish(why, results);
}

void SmtpSession::end(End how, std::string_view why, std::vector<Result>& results) {
  if (finished_) return;
  const Reply reply = record(phase(), why);
  if (sealed_) {
    settle(*sealed_, dot_sent() ? Outcome(Uncertain{reply}) : Outcome(Deferred{reply, {}}), results);
  } else if (open_ && !open_->answered && !expected_.empty()) {
    // A server that falls silent at a command which came behind another one has lost the rest of the group.
    if (how == End::timed_out && expected_.front().piped) return fail_pipelining(reply, results);
    // It had begun to talk about this message: an attempt, or a message that kills servers would be tried for ever.
    if (open_->mail_answered) settle(*open_, Deferred{reply, {}}, results);
  }
  sealed_.reset();
  finish(reply, results);
}

void SmtpSession::stop(const Reply& why, std::vector<Result>& results) {
  if (finished_) return;
  stopping_ = true;
  return_open(why, results);
  if (!sealed_) finish(why, results);
}

void SmtpSession::quit() {
  if (!finished_ && idle()) append("QUIT\r\n");
}

SmtpSession::Waiting SmtpSession::waiting() const {
  if (finished_) return Waiting::for_nothing;
  if (dot_sent()) return Waiting::for_verdict;
  return expected_.empty() ? Waiting::for_nothing : Waiting::for_reply;
}

Phase SmtpSession::phase() const {
  if (sealed_) return dot_sent() ? Phase::end_of_data : Phase::body;
  if (expected_.empty()) return Phase::mail;
  switch (expected_.front().command) {
    case Command::rcpt:
      return Phase::recipient;
    case Command::data:
      return Phase::data;
    case Command::lone_dot:
    case Command::verdict:
      return Phase::end_of_data;
    case Command::rset:
    case Command::mail:
      break;
  }
  return Phase::mail;
}

}  // namespace egarage::channels::email
