#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "channels/channel.hpp"
#include "channels/email/smtp_classify.hpp"
#include "channels/email/smtp_offer.hpp"
#include "channels/email/smtp_reply.hpp"

namespace egarage::channels::email {

/// The mail transactions of one connection that has logged in (RFC 5321 §3.3), without the connection: it is given
/// octets and gives octets. Every message is answered exactly once, with the phase it had come to.
///
/// With PIPELINING (RFC 2920) the next message's MAIL, RCPT and DATA stand right behind the previous message's final
/// dot, so that two messages are under way at most: one whose verdict is due and one whose envelope is. Without it
/// there is one command at a time.
class SmtpSession {
 public:
  /// `sender` is the reverse-path, a valid address.
  SmtpSession(const SmtpOffer& offer, std::string_view sender);

  /// Whether submit() would put a message on the wire now.
  bool has_room() const;
  /// Nothing is under way.
  bool idle() const { return !sealed_ && !open_ && expected_.empty() && output().empty(); }
  /// `recipient` is a valid address, `text` the message with CRLF line ends. A message larger than the server takes is
  /// rejected at once.
  void submit(std::uint64_t token, std::string_view recipient, std::string text, std::vector<Result>& results);

  std::string_view output() const { return std::string_view(out_).substr(out_sent_); }
  void sent(std::size_t octets);
  void receive(std::string_view octets, std::vector<Result>& results);

  enum class End { closed, timed_out };
  /// The connection is over. Messages after their final dot are Uncertain, those in their body Deferred.
  void end(End how, std::string_view why, std::vector<Result>& results);
  /// The account is of no further use: messages not yet in their body are Returned, the others get their verdict, then
  /// the session is finished.
  void stop(const Reply& why, std::vector<Result>& results);
  /// Says goodbye; the reply is not worth waiting for.
  void quit();

  enum class Waiting { for_nothing, for_reply, for_verdict };
  Waiting waiting() const;
  /// Grows with every reply, every octet sent and every message: a deadline counts from its last change.
  std::uint64_t progress() const { return progress_; }
  /// Nothing more can be done here; everything is answered.
  bool finished() const { return finished_; }
  /// Once finished: what ended it.
  const Reply& end_reason() const { return end_reason_; }
  /// Other than `ok`: what a reply said about the whole account.
  const Standing& standing() const { return standing_; }
  /// The server announced PIPELINING and mishandles it.
  bool pipelining_failed() const { return pipelining_failed_; }
  /// Messages about which the server has decided, whichever way.
  std::size_t decided() const { return decided_; }

 private:
  struct Transaction {
    std::uint64_t token;
    std::string recipient;  ///< only while its RCPT is still to be written
    std::string text;
    std::uint64_t size;          ///< octets before dot-stuffing
    std::uint64_t end = 0;       ///< where in the stream of octets its final dot ends
    bool mail_answered = false;  ///< the server has begun to talk about it
    bool answered = false;       ///< its outcome is out; replies to its commands are still to come
  };
  enum class Command { rset, mail, rcpt, data, verdict, lone_dot };
  struct Expected {
    Command command;
    bool piped;  ///< written while earlier replies were due
  };

  void write_mail();
  void write_rcpt();
  void write_data();
  void write_body();
  void append(std::string_view octets) { out_ += octets; }
  void expect(Command command) { expected_.push_back({command, !expected_.empty()}); }

  void handle(const SmtpReply& reply, std::vector<Result>& results);
  void on_envelope(Command command, const SmtpReply& reply, std::vector<Result>& results);
  void on_data_for_answered(const SmtpReply& reply);
  void on_verdict(const SmtpReply& reply, std::vector<Result>& results);
  void on_closing(const SmtpReply& reply, std::vector<Result>& results);
  void refuse(Phase phase, const SmtpReply& reply, std::vector<Result>& results);
  void settle(Transaction& transaction, Outcome outcome, std::vector<Result>& results);
  void return_open(Reply why, std::vector<Result>& results);
  void apply(const Verdict& verdict, const Reply& reply, std::vector<Result>& results);
  void finish(const Reply& why, std::vector<Result>& results);
  void fail_pipelining(const Reply& why, std::vector<Result>& results);
  bool dot_sent() const { return sealed_ && sent_total_ >= sealed_->end; }
  Phase phase() const;

  SmtpOffer offer_;
  std::string sender_;
  SmtpReplyParser parser_;
  std::string out_;
  std::size_t out_sent_ = 0;            ///< octets of out_ that are gone
  std::uint64_t sent_total_ = 0;        ///< octets gone since the session began
  std::vector<Expected> expected_;      ///< replies due, in order; at most five
  std::optional<Transaction> sealed_;   ///< its final dot is written, the verdict is due
  std::optional<Transaction> open_;     ///< its envelope is under way
  bool transaction_left_open_ = false;  ///< the server still holds a refused transaction: RSET before the next MAIL
  bool stopping_ = false;
  bool finished_ = false;
  Reply end_reason_;
  bool pipelining_failed_ = false;
  Standing standing_;
  std::size_t decided_ = 0;
  std::uint64_t progress_ = 0;
};

}  // namespace egarage::channels::email
