#pragma once

#include <curl/curl.h>

#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "channels/http/connection_pool.hpp"
#include "channels/http/header_list.hpp"
#include "channels/http/http_sender.hpp"
#include "channels/http/target.hpp"
#include "channels/transfers.hpp"

namespace egarage::channels::http {

/// Why a request has no answer that a provider could judge.
struct Failure {
  enum class Taken {
    certainly_not,
    perhaps,  ///< octets of the request may have reached the server
  } taken{};
  Standing::State account{};  ///< what it says about the account; `ok`: nothing
  Reply reply;
};

/// One request at a time, over and over, on the connections of a pool. Of every request at most one copy leaves.
class Call final : private Transfer {
 public:
  /// All must outlive the call.
  Call(Network& network, const ConnectionPool& pool, const Options& options);
  ~Call() override;
  Call(const Call&) = delete;
  Call& operator=(const Call&) = delete;

  /// Begins a request; only while none is under way. A failure when it must not be made.
  std::optional<Failure> begin(Request request);
  bool is_running() const { return running_; }
  /// What came of the request; once, when it is no longer running.
  std::variant<Answer, Failure> take_result();

  /// The request of the last begin(), and where it went.
  const Request& request() const { return request_; }
  const Target& target() const { return target_; }

 private:
  struct Close {
    void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
  };

  template <typename Value>
  void set(CURLoption option, Value value);
  void configure(const ConnectionPool& pool);
  void set_method();
  void finished(CURLcode result) override;
  Answer answer(int status);
  Failure redirected(int status) const;
  Failure explain(CURLcode result) const;
  Failure lost(CURLcode result) const;
  std::optional<std::string> header(const char* name) const;

  static std::size_t take_body(char* data, std::size_t size, std::size_t count, void* self);
  static curl_socket_t open_socket(void* self, curlsocktype purpose, curl_sockaddr* address);
  static int before_request(void* self, char*, char*, int, int) noexcept;

  Network::Implementation& network_;
  const Options& options_;
  std::unique_ptr<CURL, Close> easy_;
  Request request_;
  Target target_;
  HeaderList headers_;
  bool is_new_ = true;  ///< nothing of a request has been set yet
  bool running_ = false;
  bool begun_ = false;  ///< octets of the request may have left
  bool refused_address_ = false;
  std::string body_;  ///< of the answer
  std::variant<Answer, Failure> result_;
  char error_[CURL_ERROR_SIZE] = {};
};

}  // namespace egarage::channels::http
