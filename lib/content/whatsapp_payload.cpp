#include "content/whatsapp_payload.hpp"

#include <simdjson.h>

#include <algorithm>
#include <nlohmann/json.hpp>

namespace egarage::content {

namespace {

using nlohmann::json;

namespace dom = simdjson::dom;

bool read(dom::element value, std::string& place) {
  std::string_view text;
  if (value.get(text) != simdjson::SUCCESS) return false;
  place = text;
  return true;
}

template <typename Enum, std::size_t Count>
bool read(dom::element value, Enum& place, const core::EnumNames<Enum, Count>& names) {
  std::string_view text;
  if (value.get(text) != simdjson::SUCCESS) return false;
  const auto known = core::value_of(names, text);
  if (known) place = *known;
  return known.has_value();
}

/// Lets `take(key, value)` read each member; false when it does not know one, or one of `needed` is missing.
template <typename Take>
bool read_members(dom::element value, std::initializer_list<std::string_view> needed, const Take& take) {
  dom::object members;
  if (value.get(members) != simdjson::SUCCESS) return false;
  for (const auto [key, member] : members) {
    if (!take(key, member)) return false;
  }
  return std::ranges::all_of(needed,
                             [&](std::string_view key) { return members.at_key(key).error() == simdjson::SUCCESS; });
}

template <typename Row, typename Read>
bool read_rows(dom::element value, std::vector<Row>& rows, const Read& read_row) {
  dom::array array;
  if (value.get(array) != simdjson::SUCCESS) return false;
  for (const auto element : array) {
    if (!read_row(element, rows.emplace_back())) return false;
  }
  return true;
}

bool read_header(dom::element value, core::WhatsappTemplate::Header& header) {
  return read_members(value, {"media", "link"}, [&](std::string_view key, dom::element member) {
    if (key == "media") return read(member, header.media, core::whatsapp_media_names);
    if (key == "link") return read(member, header.link);
    return key == "filename" && read(member, header.filename);
  });
}

bool read_parameter(dom::element value, core::WhatsappTemplate::Parameter& parameter) {
  return read_members(value, {"text"}, [&](std::string_view key, dom::element member) {
    if (key == "text") return read(member, parameter.text);
    return key == "name" && read(member, parameter.name);
  });
}

bool read_button(dom::element value, core::WhatsappTemplate::Button& button) {
  return read_members(value, {"kind", "text"}, [&](std::string_view key, dom::element member) {
    if (key == "kind") return read(member, button.kind, core::whatsapp_button_names);
    return key == "text" && read(member, button.text);
  });
}

bool read_message(dom::element value, core::WhatsappMessage& message) {
  return read_members(value, {"name", "language"}, [&](std::string_view key, dom::element member) {
    if (key == "name") return read(member, message.name);
    if (key == "language") return read(member, message.language);
    if (key == "content_sid") return read(member, message.content_sid);
    if (key == "header") return read_header(member, message.header.emplace());
    if (key == "body") return read_rows(member, message.body, read_parameter);
    return key == "buttons" && read_rows(member, message.buttons, read_button);
  });
}

}  // namespace

std::string to_payload(const core::WhatsappMessage& message) {
  json value{{"name", message.name}, {"language", message.language}};
  if (!message.content_sid.empty()) value["content_sid"] = message.content_sid;
  if (message.header) {
    value["header"] = {{"media", core::name_of(core::whatsapp_media_names, message.header->media)},
                       {"link", message.header->link}};
    if (!message.header->filename.empty()) value["header"]["filename"] = message.header->filename;
  }
  for (const auto& [name, text] : message.body) {
    json row{{"text", text}};
    if (!name.empty()) row["name"] = name;
    value["body"].push_back(std::move(row));
  }
  for (const auto& [kind, text] : message.buttons) {
    value["buttons"].push_back({{"kind", core::name_of(core::whatsapp_button_names, kind)}, {"text", text}});
  }
  return value.dump();
}

std::optional<core::WhatsappMessage> parse_payload(std::string_view payload) {
  // One message after the other is read on its way out: the parser keeps its memory, and is several times as fast as
  // nlohmann's.
  thread_local dom::parser parser;
  dom::element value;
  core::WhatsappMessage message;
  if (parser.parse(payload.data(), payload.size()).get(value) != simdjson::SUCCESS) return std::nullopt;
  if (!read_message(value, message)) return std::nullopt;
  return message;
}

}  // namespace egarage::content
