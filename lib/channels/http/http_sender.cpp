#include "channels/http/http_sender.hpp"

#include <algorithm>
#include <cassert>
#include <iterator>
#include <utility>

#include "channels/http/call.hpp"
#include "channels/http/message_search.hpp"
#include "channels/http/secret_echo.hpp"

namespace egarage::channels::http {

namespace {

/// A further connection pays its TLS handshake when it can carry about so many messages.
constexpr std::size_t messages_per_connection = 4;
/// So many requests in a row that never left, and the account rests (reliability: a dead destination).
constexpr int most_failures = 3;
/// So many requests in a row without a clear answer, and the account rests: each may leave a message that nobody knows
/// the fate of, and a provider that fails three times fails the next time as well.
constexpr int most_unclear = 3;

/// A place for one request at a time, with a connection of its own.
struct Line {
  Line(Network& network, CallResources& resources, const Options& options) : call(network, resources, options) {}

  bool is_free() const { return std::holds_alternative<std::monostate>(errand); }

  Call call;
  std::variant<std::monostate, Message, MessageSearch> errand;
};

/// A request's time begins when it is submitted, between two calls of drive().
using Clock = std::chrono::steady_clock;

class HttpSender final : public Sender {
 public:
  HttpSender(Network& network, std::unique_ptr<Provider> provider, Options options)
      : network_(network),
        provider_(std::move(provider)),
        options_(std::move(options)),
        can_look_up_(provider_->lookup_request({}).has_value()) {}
  HttpSender(const HttpSender&) = delete;
  HttpSender& operator=(const HttpSender&) = delete;

  void expect(std::size_t waiting) override { waiting_ = waiting; }

  std::size_t room() const override {
    if (verdict_.state != Standing::State::ok) return 0;
    const std::size_t limit = wanted_lines();
    return limit > busy_ ? limit - busy_ : 0;
  }

  void submit(Message message) override {
    if (waiting_ > 0) --waiting_;
    auto request = provider_->request(message);
    if (auto* outcome = std::get_if<Outcome>(&request)) {
      early_.push_back({message.token, std::move(*outcome)});
      return;
    }
    Line& line = free_line();
    if (auto refused = line.call.begin(std::move(std::get<Request>(request)), Clock::now())) {
      note_failure(*refused);
      early_.push_back({message.token, Returned{std::move(refused->reply)}});
      return;
    }
    occupy(line, std::move(message));
  }

  bool can_look_up() const override { return can_look_up_; }

  void look_up(Lookup lookup) override {
    auto request = provider_->lookup_request(lookup);
    MessageSearch search{std::move(lookup)};
    if (!request) {
      found_.push_back(search.unanswered({Phase::lookup, 0, {}, "the provider cannot be asked for this message"}));
      return;
    }
    Line& line = free_line();
    if (auto refused = line.call.begin(std::move(*request), Clock::now())) {
      note_failure(*refused);
      found_.push_back(search.unanswered(std::move(refused->reply)));
      return;
    }
    occupy(line, std::move(search));
  }

  std::vector<LookupResult> take_lookups() override { return std::exchange(found_, {}); }

  void drive(SteadyTime now, std::vector<Result>& results) override {
    std::move(early_.begin(), early_.end(), std::back_inserter(results));
    early_.clear();
    for (const auto& line : lines_) {
      if (line->is_free()) continue;
      line->call.drive(now);
      if (!line->call.is_running()) answered(*line, now, results);
    }
    rest(now);
  }

  void add_waits(WaitList& waits) const override {
    if (!early_.empty() || !found_.empty()) waits.wake_by(SteadyTime::min());
    for (const auto& line : lines_) {
      if (line->is_free()) continue;
      line->call.add_waits(waits);
      if (!line->call.is_running()) waits.wake_by(SteadyTime::min());
    }
    if (idle_since_ && !lines_.empty() && waiting_ == 0) waits.wake_by(*idle_since_ + options_.timeouts.idle);
  }

  std::size_t in_flight() const override { return busy_ + early_.size() + found_.size(); }

  /// Turns only when every message has its exact outcome: an answer that is due is waited for.
  Standing standing() const override { return in_flight() == 0 ? verdict_ : Standing{}; }

 private:
  /// A revoked token must cost one request, not one per connection, and so must a provider that has begun to fail.
  std::size_t wanted_lines() const {
    if (!proven_) return 1;
    const std::size_t work = waiting_ + busy_;
    const std::size_t paying = (work + messages_per_connection - 1) / messages_per_connection;
    return std::min(std::max({paying, lines_.size(), std::size_t{1}}), std::max<std::size_t>(options_.connections, 1));
  }

  /// One with a connection where there is one.
  Line& free_line() {
    Line* without = nullptr;
    for (const auto& line : lines_) {
      if (!line->is_free()) continue;
      if (line->call.keeps_connection()) return *line;
      if (without == nullptr) without = line.get();
    }
    if (without != nullptr) return *without;
    assert(lines_.size() < std::max<std::size_t>(options_.connections, 1));
    return *lines_.emplace_back(std::make_unique<Line>(network_, resources_, options_));
  }

  template <typename Errand>
  void occupy(Line& line, Errand errand) {
    line.errand = std::move(errand);
    ++busy_;
    idle_since_.reset();
  }

  void release(Line& line) {
    line.errand = std::monostate{};
    --busy_;
  }

  void answered(Line& line, SteadyTime now, std::vector<Result>& results) {
    auto result = line.call.take_result();
    auto* failure = std::get_if<Failure>(&result);
    if (failure != nullptr) note_failure(*failure);
    if (auto* message = std::get_if<Message>(&line.errand)) {
      const auto token = message->token;
      results.push_back({token, failure != nullptr ? outcome_of(std::move(*failure))
                                                   : judge(line.call, *message, std::get<Answer>(result))});
    } else {
      if (failure == nullptr && std::get<Answer>(result).status == 200) proven_ = true;
      auto& search = std::get<MessageSearch>(line.errand);
      auto next = failure != nullptr ? search.unanswered(std::move(failure->reply))
                                     : search.read(*provider_, line.call, std::get<Answer>(result), options_.reach);
      if (auto* request = std::get_if<Request>(&next)) {
        auto refused = line.call.begin(std::move(*request), now);
        if (!refused) return;
        next = search.unanswered(std::move(refused->reply));
      }
      found_.push_back(std::move(std::get<LookupResult>(next)));
    }
    release(line);
  }

  Outcome judge(const Call& call, const Message& message, const Answer& answer) {
    auto verdict = provider_->judge(message, answer);
    forget_secrets(verdict, call.request());
    failures_ = 0;
    const bool unclear = answer.status >= 500 || std::holds_alternative<Uncertain>(verdict.outcome);
    const auto& reply = std::visit([](const auto& outcome) -> const Reply& { return outcome.reply; }, verdict.outcome);
    if (verdict.standing.state != Standing::State::ok) {
      if (!verdict.standing.reply) verdict.standing.reply = reply;
      note(std::move(verdict.standing));
    } else if (unclear) {
      note_unclear(reply, answer.retry_after);
    } else {
      unclear_ = 0;
      proven_ = true;
    }
    return std::move(verdict.outcome);
  }

  static Outcome outcome_of(Failure failure) {
    if (failure.taken == Failure::Taken::perhaps) return Uncertain{std::move(failure.reply)};
    return Returned{std::move(failure.reply)};
  }

  void note_failure(const Failure& failure) {
    if (failure.taken == Failure::Taken::perhaps) return note_unclear(failure.reply, {});
    // Before the account has proved to work, one failure says as much as three.
    const bool hopeless = failure.account == Standing::State::blocked || !proven_;
    if (hopeless || ++failures_ >= most_failures) note({failure.account, failure.reply, {}});
  }

  void note_unclear(const Reply& reply, std::optional<std::chrono::seconds> retry_after) {
    proven_ = false;
    if (++unclear_ >= most_unclear) note({Standing::State::paused, reply, retry_after});
  }

  /// The first reason is the one that counts.
  void note(Standing why) {
    if (verdict_.state == Standing::State::ok) verdict_ = std::move(why);
  }

  /// Closes all connections when there has been nothing to do for a while.
  void rest(SteadyTime now) {
    if (busy_ > 0 || lines_.empty()) return;
    if (!idle_since_) idle_since_ = now;
    if (waiting_ > 0 || now < *idle_since_ + options_.timeouts.idle) return;
    lines_.clear();
  }

  Network& network_;
  std::unique_ptr<Provider> provider_;
  Options options_;
  bool can_look_up_;
  CallResources resources_;  ///< outlives the lines
  std::vector<std::unique_ptr<Line>> lines_;
  std::vector<Result> early_;        ///< decided without asking the server
  std::vector<LookupResult> found_;  ///< not taken yet
  std::size_t waiting_ = 0;
  std::size_t busy_ = 0;  ///< lines with an errand
  bool proven_ = false;   ///< the last answer was a clear one
  int failures_ = 0;      ///< requests in a row that never left
  int unclear_ = 0;       ///< requests in a row without a clear answer
  std::optional<SteadyTime> idle_since_;
  Standing verdict_;
};

}  // namespace

std::unique_ptr<Sender> make_http_sender(Network& network, std::unique_ptr<Provider> provider, Options options) {
  return std::make_unique<HttpSender>(network, std::move(provider), std::move(options));
}

}  // namespace egarage::channels::http
