#include "channels/whatsapp/cloud_classify.hpp"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "channels/http/json_answer.hpp"
#include "channels/whatsapp/cloud_codes.hpp"
#include "core/utf8.hpp"

namespace egarage::channels::whatsapp {

namespace {

using http::member;
using http::number_at;
using http::Ruling;
using http::text_at;
using nlohmann::json;

/// `error_data` is an object with `details`, or a plain text.
std::string details_of(const json& error) {
  const auto& data = member(error, "error_data");
  return data.is_string() ? data.get<std::string>() : text_at(data, "details");
}

std::string words_of(const json& error) {
  std::string words = text_at(error, "message");
  for (const auto& more : {text_at(error, "error_user_title"), text_at(error, "error_user_msg"), details_of(error)}) {
    if (more.empty() || words.find(more) != std::string::npos) continue;
    if (!words.empty()) words += "; ";
    words += more;
  }
  return words;
}

/// The trace comes last and is never what gets cut.
std::string with_trace(const std::string& words, const json& error) {
  constexpr std::size_t longest_words = 400, longest_trace = 64;
  const auto clean = core::one_line(core::valid_utf8(words));
  const auto trace = core::one_line(core::valid_utf8(text_at(error, "fbtrace_id")));
  if (trace.empty()) return clean;
  return fmt::format("{} (fbtrace_id {})", core::cut_utf8(clean, longest_words), core::cut_utf8(trace, longest_trace));
}

GraphError graph_error(const json& error, int code) {
  const auto& transient = member(error, "is_transient");
  return {.code = code,
          .subcode = number_at(error, "error_subcode").value_or(0),
          .is_transient = transient.is_boolean() && transient.get<bool>(),
          .words = words_of(error)};
}

/// What a success says of its first message.
struct Success {
  std::string id, status;
};

/// Empty when the answer has another shape, or names its messages twice. Most answers are read here, which is several
/// times as fast as a tree of nlohmann's.
std::optional<Success> read_success(std::string_view answer) {
  thread_local simdjson::dom::parser parser;
  simdjson::dom::object body;
  if (parser.parse(answer.data(), answer.size()).get(body) != simdjson::SUCCESS) return std::nullopt;
  const auto is_messages = [](const auto& member) { return member.key == "messages"; };
  if (std::count_if(body.begin(), body.end(), is_messages) != 1) return std::nullopt;
  const auto message = body["messages"].at(0);
  std::string_view id, status;
  if (message["id"].get(id) != simdjson::SUCCESS) return std::nullopt;
  if (message["message_status"].get(status) != simdjson::SUCCESS) status = {};
  return Success{std::string{id}, std::string{status}};
}

/// The first of `messages`; null when there is none.
const json& first_message(const json& body) {
  static const json none;
  const auto& messages = member(body, "messages");
  return messages.is_array() && !messages.empty() ? messages.front() : none;
}

}  // namespace

http::Verdict classify_cloud(const Message& message, const http::Answer& answer, const http::Discretion& discretion) {
  const bool success = answer.status >= 200 && answer.status < 300;
  if (auto said = success ? read_success(answer.body) : std::nullopt; said && discretion.takes_as_id(said->id)) {
    return http::make_verdict(Ruling::accept, discretion.reply(answer.status, said->status), {}, std::move(said->id));
  }
  const auto body = http::parse_object(answer.body);
  auto id = text_at(first_message(body), "id");
  if (discretion.takes_as_id(id) && (success || answer.status >= 500)) {
    return http::make_verdict(Ruling::accept,
                              discretion.reply(answer.status, text_at(first_message(body), "message_status")), {},
                              std::move(id));
  }
  const auto& error = member(body, "error");
  if (const auto code = number_at(error, "code")) {
    auto [ruling, wait] = ruling_of_error(graph_error(error, *code), answer.status);
    // An approved template needs no open window: sending it once more would end the same way.
    if (ruling == Ruling::window_closed && message.whatsapp) ruling = Ruling::reject;
    return http::make_verdict(ruling, discretion.reply(*code, with_trace(words_of(error), error)),
                              http::wait_after(wait, answer));
  }
  if (success) {
    return http::make_verdict(Ruling::uncertain, discretion.reply(answer.status, "the answer names no message"));
  }
  return http::make_verdict(
      http::ruling_of_status(answer.status),
      discretion.reply(answer.status,
                       with_trace(fmt::format("HTTP status {} {}", answer.status, words_of(error)), error)),
      http::wait_after({}, answer));
}

std::string words_of_error(const http::Answer& answer, const http::Discretion& discretion) {
  const auto body = http::parse_object(answer.body);
  const auto& error = member(body, "error");
  const auto code = number_at(error, "code");
  if (!code) return {};
  return fmt::format("{} {}", *code, discretion.words(with_trace(words_of(error), error)));
}

}  // namespace egarage::channels::whatsapp
