#include "channels/whatsapp/cloud_classify.hpp"

#include <fmt/format.h>

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

/// What a success says of its first message. Read as it comes: most answers are one, and a tree of values is slow.
class SuccessReader : public nlohmann::json_sax<json> {
 public:
  std::string id, status;

  bool null() override { return count(); }
  bool boolean(bool) override { return count(); }
  bool number_integer(number_integer_t) override { return count(); }
  bool number_unsigned(number_unsigned_t) override { return count(); }
  bool number_float(number_float_t, const string_t&) override { return count(); }
  bool binary(binary_t&) override { return count(); }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override { return false; }

  bool key(string_t& name) override {
    if (depth_ == 1) in_messages_ = name == "messages";
    if (depth_ == 3) field_ = std::move(name);
    // Named twice, it is left to the other reader.
    return depth_ != 1 || !in_messages_ || !std::exchange(seen_, true);
  }
  bool start_object(std::size_t) override {
    if (depth_ == 1) in_messages_ = false;  // it is no list
    is_message_ = is_message_ || (in_messages_ && depth_ == 2 && elements_ == 0);
    count();
    return ++depth_ > 0;
  }
  bool start_array(std::size_t) override {
    if (depth_ == 1) elements_ = 0;
    count();
    return ++depth_ > 1;  // an answer that is a list has no messages
  }
  bool end_object() override { return leave(); }
  bool end_array() override { return leave(); }
  bool string(string_t& text) override {
    if (depth_ == 3 && is_message_ && field_ == "id") id = std::move(text);
    if (depth_ == 3 && is_message_ && field_ == "message_status") status = std::move(text);
    return count();
  }

 private:
  bool count() {
    elements_ += depth_ == 2 ? 1 : 0;
    return true;
  }
  bool leave() {
    if (--depth_ == 2) is_message_ = false;
    return true;
  }

  int depth_ = 0;
  std::size_t elements_ = 0;  ///< of the list under way
  bool in_messages_ = false, is_message_ = false, seen_ = false;
  std::string field_;
};

/// The first of `messages`; null when there is none.
const json& first_message(const json& body) {
  static const json none;
  const auto& messages = member(body, "messages");
  return messages.is_array() && !messages.empty() ? messages.front() : none;
}

}  // namespace

http::Verdict classify_cloud(const Message& message, const http::Answer& answer, const http::Discretion& discretion) {
  const bool success = answer.status >= 200 && answer.status < 300;
  if (SuccessReader reader; success && json::sax_parse(answer.body, &reader) && discretion.takes_as_id(reader.id)) {
    return http::make_verdict(Ruling::accept, discretion.reply(answer.status, reader.status), {}, std::move(reader.id));
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
