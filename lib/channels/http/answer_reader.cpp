#include "channels/http/answer_reader.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/beast/core/error.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <cstdint>
#include <optional>
#include <utility>

namespace egarage::channels::http {

namespace {

namespace beast = boost::beast;

constexpr std::uint32_t largest_header = 64 * 1024;
constexpr std::uint64_t largest_body = 1 << 20;
/// With interim answers, chunks of one octet and their extensions: Beast bounds none of these.
constexpr std::uint64_t most_octets = 8 * largest_body;

}  // namespace

struct AnswerReader::State {
  using Parser = beast::http::response_parser<beast::http::string_body>;

  void begin_answer() {
    parser.emplace();
    parser->eager(true);
    parser->header_limit(largest_header);
    parser->body_limit(largest_body);
    parser->skip(method == Method::head);
  }

  /// 101 is none: nobody asked for another protocol.
  bool is_interim() const {
    const auto status = parser->get().result_int();
    return status / 100 == 1 && status != 101;
  }

  Method method = Method::post;
  std::optional<Parser> parser;
  std::string unread;        ///< octets that mean nothing before more of them have come
  std::uint64_t octets = 0;  ///< taken since begin()
  bool has_surplus = false;  ///< octets have followed the answer
};

AnswerReader::AnswerReader() : state_(std::make_unique<State>()) {}
AnswerReader::~AnswerReader() = default;
AnswerReader::AnswerReader(AnswerReader&&) noexcept = default;

void AnswerReader::begin(Method method) {
  state_->method = method;
  state_->unread.clear();
  state_->octets = 0;
  state_->has_surplus = false;
  state_->begin_answer();
}

AnswerReader::Progress AnswerReader::take(std::string_view octets) {
  auto& state = *state_;
  state.octets += octets.size();
  const bool continues = !state.unread.empty();
  if (continues) state.unread += octets;
  std::string_view input = continues ? std::string_view(state.unread) : octets;
  while (!input.empty()) {
    beast::error_code error;
    input.remove_prefix(state.parser->put(boost::asio::const_buffer(input.data(), input.size()), error));
    if (error == beast::http::error::need_more) break;
    if (error == beast::http::error::header_limit) return Progress::header_too_long;
    if (error == beast::http::error::body_limit) return Progress::body_too_long;
    if (error) return Progress::not_http;
    if (!state.parser->is_done()) continue;
    if (!state.is_interim()) {
      state.has_surplus = !input.empty();
      return Progress::complete;
    }
    state.begin_answer();
  }
  if (state.octets > most_octets) return Progress::body_too_long;
  if (continues) {
    state.unread.erase(0, state.unread.size() - input.size());
  } else {
    state.unread = input;
  }
  return Progress::incomplete;
}

AnswerReader::Progress AnswerReader::end() {
  auto& state = *state_;
  if (!has_begun() || !state.unread.empty()) return Progress::incomplete;
  beast::error_code error;
  state.parser->put_eof(error);
  return !error && state.parser->is_done() ? Progress::complete : Progress::incomplete;
}

bool AnswerReader::has_begun() const { return state_->parser->got_some() || !state_->unread.empty(); }

int AnswerReader::status() const { return static_cast<int>(state_->parser->get().result_int()); }

std::optional<std::string> AnswerReader::header(std::string_view name) const {
  const auto& fields = state_->parser->get();
  const auto field = fields.find(beast::string_view(name.data(), name.size()));
  if (field == fields.end()) return std::nullopt;
  return std::string(field->value().data(), field->value().size());
}

std::string AnswerReader::take_body() { return std::exchange(state_->parser->get().body(), {}); }

bool AnswerReader::keeps_connection() const {
  return state_->parser->keep_alive() && !state_->has_surplus && status() != 101;
}

}  // namespace egarage::channels::http
