#include "channels/email/smtp_sender.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <optional>
#include <utility>
#include <vector>

#include "channels/email/mime.hpp"
#include "channels/email/smtp_connection.hpp"
#include "channels/email/smtp_session.hpp"
#include "channels/record.hpp"
#include "channels/transfers.hpp"

namespace egarage::channels::email {

namespace {

/// A further connection pays its login when it can carry about so many messages.
constexpr std::size_t messages_per_connection = 4;
/// So many connections in a row that carried nothing, and the account rests (reliability: a dead destination).
constexpr int most_failures = 3;

/// One TLS record. TLS takes a piece whole or not at all; in small ones a slow line shows its progress.
constexpr std::size_t largest_piece = 16384;

/// A connection and what is said on it.
struct Link {
  std::unique_ptr<SmtpConnection> connection;
  std::optional<SmtpSession> session;  ///< from the login on
  SteadyTime since{};                  ///< of the last progress
  std::uint64_t progress = 0;
  std::size_t decided = 0;
  bool write_blocked = false;
  bool closed = false;
};

class SmtpSender final : public Sender {
 public:
  SmtpSender(Network& network, const core::EmailAccount& account, core::Secret password, SmtpOptions options)
      : network_(network),
        account_(account),
        password_(std::move(password)),
        options_(std::move(options)),
        limit_(std::max<std::size_t>(options_.connections, 1)) {}

  ~SmtpSender() override {
    for (Link& link : links_) part(link);
  }
  SmtpSender(const SmtpSender&) = delete;
  SmtpSender& operator=(const SmtpSender&) = delete;

  void expect(std::size_t waiting) override {
    waiting_ = waiting;
    open_connections();
  }

  std::size_t room() const override {
    if (verdict_.state != Standing::State::ok) return 0;
    return static_cast<std::size_t>(std::count_if(links_.begin(), links_.end(), has_room));
  }

  void submit(Message message) override {
    ++in_flight_;
    if (waiting_ > 0) --waiting_;
    const auto address = core::EmailAddress::parse(message.recipient);
    if (!address) {
      const std::string why = "the address " + core::EmailAddress::explain_refusal(message.recipient);
      early_.push_back({message.token, Rejected{record(Phase::recipient, why), Rejected::Reason::address}});
      return;
    }
    // Behind another message's dot only when no connection is idle.
    auto link =
        std::find_if(links_.begin(), links_.end(), [](const Link& l) { return has_room(l) && l.session->idle(); });
    if (link == links_.end()) link = std::find_if(links_.begin(), links_.end(), has_room);
    assert(link != links_.end());
    link->session->submit(message.token, address->str(), build_mime(message, account_), early_);
  }

  void drive(SteadyTime now, std::vector<Result>& results) override {
    const std::size_t before = results.size();
    results.insert(results.end(), std::make_move_iterator(early_.begin()), std::make_move_iterator(early_.end()));
    early_.clear();
    for (Link& link : links_) advance(link, now, results);
    if (verdict_.state != Standing::State::ok) stop(results);
    std::erase_if(links_, [](const Link& link) { return link.closed; });
    in_flight_ -= results.size() - before;
    open_connections();
  }

  void add_waits(WaitList& waits) const override {
    if (!early_.empty()) waits.wake_by(SteadyTime::min());
    for (const Link& link : links_) {
      if (!link.session) continue;  // libcurl's, and so the network's business
      waits.sockets.push_back({link.connection->socket(), true, link.write_blocked});
      if (!link.session->output().empty() && !link.write_blocked) waits.wake_by(SteadyTime::min());
      if (const auto deadline = deadline_of(link)) waits.wake_by(*deadline);
    }
  }

  std::size_t in_flight() const override { return in_flight_; }

  /// Turns only when every message has its exact outcome: a verdict that is due is waited for.
  Standing standing() const override { return in_flight_ == 0 ? verdict_ : Standing{}; }

 private:
  static bool has_room(const Link& link) { return link.session && link.session->has_room(); }

  void open_connections() {
    if (verdict_.state != Standing::State::ok) return;
    const std::size_t work = waiting_ + in_flight_;
    std::size_t wanted = (work + messages_per_connection - 1) / messages_per_connection;
    // A wrong password must cost one login attempt, not one per connection.
    wanted = std::min(wanted, proven_ ? limit_ : 1);
    while (links_.size() < wanted) {
      const Reach reach = options_.loopback_only ? Reach::loopback_only : Reach::anywhere;
      links_.push_back(
          {std::make_unique<SmtpConnection>(network_, account_, password_, reach, options_.timeouts.connect), {}});
    }
  }

  void advance(Link& link, SteadyTime now, std::vector<Result>& results) {
    if (!link.session && !establish(link, now)) return;
    SmtpSession& session = *link.session;
    bool alive = flush(link);
    if (!alive || network_.implementation().is_ready(link.connection->socket())) alive = read(link, results) && alive;
    if (!alive) session.end(SmtpSession::End::closed, "the server closed the connection", results);
    // Held back until the next drive where another message is to come, so that its envelope travels with this body.
    const bool more_to_come = waiting_ > 0 && session.has_room() && verdict_.state == Standing::State::ok;
    if (!more_to_come && !session.finished() && !flush(link)) {
      read(link, results);
      session.end(SmtpSession::End::closed, "the server closed the connection", results);
    }
    watch_the_clock(link, now, results);
    learn_from(link);
  }

  /// Whether the connection can be spoken on.
  bool establish(Link& link, SteadyTime now) {
    switch (link.connection->state()) {
      case SmtpConnection::State::connecting:
        return false;
      case SmtpConnection::State::failed:
        link.closed = true;
        note_failed_connection(link.connection->failure());
        return false;
      case SmtpConnection::State::established:
        break;
    }
    SmtpOffer offer = link.connection->offer();
    offer.pipelining = offer.pipelining && options_.pipelining;
    link.session.emplace(offer, account_.from.address.str());
    link.since = now;
    proven_ = true;
    return true;
  }

  /// Sends what it can. False: the connection is gone.
  static bool flush(Link& link) {
    link.write_blocked = false;
    while (!link.session->output().empty()) {
      const auto sent = link.connection->stream().send(link.session->output().substr(0, largest_piece));
      link.session->sent(sent.octets);
      link.write_blocked = sent.status == Stream::Status::would_block;
      if (link.write_blocked) break;
      if (sent.status != Stream::Status::done) return false;
    }
    return true;
  }

  /// Reads what there is. False: the connection is gone.
  bool read(Link& link, std::vector<Result>& results) {
    for (;;) {
      const auto received = link.connection->stream().receive(buffer_);
      if (received.status == Stream::Status::would_block) return true;
      if (received.status != Stream::Status::done) return false;
      link.session->receive({buffer_.data(), received.octets}, results);
      if (link.session->finished()) return true;
      // Without TLS a short read has emptied the socket; under TLS only libcurl knows what is left in its buffers. But
      // once it is our turn to speak, the server has nothing more to say until it has heard us.
      const bool our_turn = !link.session->output().empty();
      if ((our_turn || account_.tls == core::TlsMode::none) && received.octets < buffer_.size()) return true;
    }
  }

  std::optional<SteadyTime> deadline_of(const Link& link) const {
    switch (link.session->waiting()) {
      case SmtpSession::Waiting::for_verdict:
        return link.since + options_.timeouts.end_of_data;
      case SmtpSession::Waiting::for_reply:
        return link.since + options_.timeouts.command;
      case SmtpSession::Waiting::for_nothing:
        break;
    }
    if (waiting_ > 0 || !link.session->idle()) return std::nullopt;
    return link.since + options_.timeouts.idle;
  }

  void watch_the_clock(Link& link, SteadyTime now, std::vector<Result>& results) {
    if (link.session->finished()) return;
    if (std::exchange(link.progress, link.session->progress()) != link.session->progress()) link.since = now;
    const auto deadline = deadline_of(link);
    if (!deadline || now < *deadline) return;
    if (link.session->idle()) return part(link);
    link.session->end(SmtpSession::End::timed_out, "the server did not answer in time", results);
  }

  void learn_from(Link& link) {
    const SmtpSession& session = *link.session;
    if (std::exchange(link.decided, session.decided()) != session.decided()) failures_ = 0;
    if (session.standing().state != Standing::State::ok) note(session.standing());
    if (!session.finished() || link.closed) return;
    link.closed = true;
    if (session.pipelining_failed()) {
      if (std::exchange(options_.pipelining, false)) options_.pipelining_failed();
    } else if (session.decided() == 0) {
      note_failure({Standing::State::paused, session.end_reason(), {}});
    }
  }

  void note_failed_connection(const Standing& why) {
    const auto established =
        std::count_if(links_.begin(), links_.end(), [](const Link& link) { return link.session && !link.closed; });
    if (why.state == Standing::State::paused && established > 0) {
      limit_ = static_cast<std::size_t>(established);  // so many it takes, and no more
      return;
    }
    const bool server_said_so = why.reply && why.reply->code != 0;
    if (why.state == Standing::State::blocked || server_said_so || !proven_) {
      note(why);
    } else {
      note_failure(why);
    }
  }

  void note_failure(const Standing& why) {
    if (++failures_ >= most_failures) note(why);
  }

  /// The first reason is the one that counts.
  void note(const Standing& why) {
    if (verdict_.state == Standing::State::ok) verdict_ = why;
  }

  void stop(std::vector<Result>& results) {
    for (Link& link : links_) {
      if (link.closed) continue;
      if (link.session) link.session->stop(*verdict_.reply, results);
      link.closed = !link.session || link.session->finished();
    }
  }

  /// Leaves politely where that costs nothing.
  static void part(Link& link) {
    if (link.closed) return;
    link.closed = true;
    if (!link.session) return;
    link.session->quit();
    if (!link.session->output().empty()) link.connection->stream().send(link.session->output());
  }

  Network& network_;
  core::EmailAccount account_;
  core::Secret password_;
  SmtpOptions options_;
  std::size_t limit_;  ///< connections; sinks to what the server takes
  std::vector<Link> links_;
  std::vector<Result> early_;  ///< decided without asking the server
  std::array<char, 16384> buffer_;
  std::size_t waiting_ = 0;
  std::size_t in_flight_ = 0;
  bool proven_ = false;  ///< a connection has logged in
  int failures_ = 0;     ///< connections in a row that carried nothing
  Standing verdict_;
};

}  // namespace

std::unique_ptr<Sender> make_smtp_sender(Network& network, const core::EmailAccount& account, core::Secret password,
                                         SmtpOptions options) {
  return std::make_unique<SmtpSender>(network, account, std::move(password), std::move(options));
}

}  // namespace egarage::channels::email
