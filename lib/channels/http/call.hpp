#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string_view>
#include <variant>

#include "channels/http/answer_reader.hpp"
#include "channels/http/connection.hpp"
#include "channels/http/request_text.hpp"

namespace egarage::channels::http {

/// What the calls of one account have in common.
struct CallResources {
  TlsSessions sessions;
  std::array<char, 16 * 1024> received;  ///< room for octets just received; one TLS record at most
};

/// One request at a time, over and over, on a connection that is kept while the server allows it. libcurl opens and
/// secures the connection; the exchange is ours, and of every request exactly one copy is written.
class Call final : private Transfer {
 public:
  /// All must outlive the call.
  Call(Network& network, CallResources& resources, const Options& options);
  Call(const Call&) = delete;
  Call& operator=(const Call&) = delete;

  /// Begins a request; only while none is under way. A failure when it must not be made.
  std::optional<Failure> begin(Request request, SteadyTime now);
  /// Does what can be done without waiting.
  void drive(SteadyTime now);
  /// What to wait for before drive() is worth calling again.
  void add_waits(WaitList& waits) const;
  bool is_running() const { return running_; }
  /// What came of the request; once, when it is no longer running.
  std::variant<Answer, Failure> take_result();

  /// Whether a connection of an earlier request is there to be used again.
  bool keeps_connection() const { return connection_ != nullptr; }
  /// The request of the last begin(), and where it went.
  const Request& request() const { return request_; }
  const Target& target() const { return target_; }

 private:
  std::optional<Failure> write(Request request);
  bool can_reuse_connection(SteadyTime now);
  void connect();
  void finished(CURLcode result) override;
  void send();
  void receive();
  void hear(AnswerReader::Progress progress);
  void conclude(std::variant<Answer, Failure> result);
  Answer answer();
  void lose(std::string_view what);
  bool sent_all() const { return sent_ == text_.octets().size(); }

  Network& network_;
  CallResources& resources_;
  const Options& options_;
  std::unique_ptr<Connection> connection_;
  Request request_;
  Target target_;
  RequestText text_;
  AnswerReader reader_;
  bool is_new_ = true;  ///< nothing of a request has been written yet
  bool running_ = false;
  bool begun_ = false;        ///< octets of the request may have left
  bool reconnected_ = false;  ///< its connection has ended before anything could be sent
  std::size_t sent_ = 0;      ///< octets of the request that have certainly been handed over
  SteadyTime since_{};        ///< the request's begin
  SteadyTime idle_since_{};   ///< of the kept connection
  std::variant<Answer, Failure> result_;
};

}  // namespace egarage::channels::http
