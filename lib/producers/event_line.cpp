#include "producers/event_line.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>

#include "core/nearest_name.hpp"
#include "core/utf8.hpp"
#include "producers/json_object.hpp"

namespace egarage::producers {
namespace {

using nlohmann::json;

/// Leaves the validation at the first fault; caught in parse_event_line.
struct Refusal {
  std::string sentence;
};

/// A value from the line as it may appear in a sentence.
std::string in_quotes(std::string_view text) {
  constexpr std::size_t longest = 60;
  const auto shown = core::cut_utf8(text, longest);
  return fmt::format("\"{}{}\"", core::one_line(shown), shown.size() < text.size() ? "…" : "");
}

std::string did_you_mean(std::string_view text, std::span<const std::string_view> names) {
  const auto nearest = core::nearest_name(text, names);
  return nearest ? fmt::format("; did you mean \"{}\"?", *nearest) : std::string{};
}

void refuse_unknown_keys(const json& object, std::string_view where, std::span<const std::string_view> known) {
  for (const auto& [key, value] : object.items()) {
    if (std::ranges::find(known, key) == known.end()) {
      throw Refusal{fmt::format("{}has an unknown key {}{}", where, in_quotes(key), did_you_mean(key, known))};
    }
  }
}

/// The member, unless it is absent or null.
const json* find(const json& object, const char* key) {
  const auto found = object.find(key);
  return found == object.end() || found->is_null() ? nullptr : &*found;
}

const std::string* find_text(const json& object, const char* key, std::string_view shown_as) {
  const auto* value = find(object, key);
  if (!value) return nullptr;
  if (!value->is_string()) throw Refusal{fmt::format("{} must be a text", shown_as)};
  return &value->get_ref<const std::string&>();
}

const std::string& required_text(const json& object, const char* key) {
  const auto shown_as = fmt::format("\"{}\"", key);
  const auto* text = find_text(object, key, shown_as);
  if (!text) throw Refusal{fmt::format("has no {}", shown_as)};
  if (text->empty()) throw Refusal{fmt::format("{} is empty", shown_as)};
  return *text;
}

core::Event read_event(const json& line) {
  const auto& code = required_text(line, "event");
  if (const auto event = core::parse_event(code)) return *event;
  std::array<std::string_view, core::all_events.size()> codes;
  std::ranges::transform(core::all_events, codes.begin(), &core::EventTraits::code);
  throw Refusal{fmt::format("\"event\" is {}, which is no event code{}", in_quotes(code), did_you_mean(code, codes))};
}

bool has_control_characters(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto octet = static_cast<unsigned char>(text[i]);
    if (octet < 0x20 || octet == 0x7f) return true;
    const bool is_c1 = octet == 0xc2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xa0;
    if (is_c1) return true;
  }
  return false;
}

const std::string& read_key(const json& line) {
  const auto& key = required_text(line, "key");
  if (core::count_code_points(key) > longest_key) {
    throw Refusal{fmt::format("\"key\" is longer than {} characters", longest_key)};
  }
  if (has_control_characters(key)) throw Refusal{"\"key\" holds control characters"};
  return key;
}

/// `es`, `es-CL`, `EN_us`: what counts is the primary language.
std::optional<core::Language> read_language(std::string_view tag) {
  std::string primary{tag.substr(0, tag.find_first_of("-_"))};
  std::ranges::transform(primary, primary.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return core::parse_language(primary);
}

std::optional<core::EmailAddress> read_email(std::string_view text) {
  if (text.find_first_not_of(" \t") == std::string_view::npos) return std::nullopt;
  if (auto address = core::EmailAddress::parse(text)) return address;
  throw Refusal{fmt::format("recipient.email {}", core::EmailAddress::explain_refusal(text))};
}

EventLine::Recipient read_recipient(const json& line) {
  static constexpr std::array<std::string_view, 6> known{"nombre", "apellido", "email", "telefono", "idioma", "id"};
  const auto* object = find(line, "recipient");
  if (!object) throw Refusal{"has no \"recipient\""};
  if (!object->is_object()) throw Refusal{"\"recipient\" must be an object"};
  refuse_unknown_keys(*object, "recipient ", known);
  EventLine::Recipient recipient;
  const auto* first_name = find_text(*object, "nombre", "recipient.nombre");
  const auto* last_name = find_text(*object, "apellido", "recipient.apellido");
  if (first_name || last_name) {
    recipient.name = core::one_line(fmt::format("{} {}", first_name ? *first_name : "", last_name ? *last_name : ""));
  }
  if (const auto* email = find_text(*object, "email", "recipient.email")) recipient.email = read_email(*email);
  if (const auto* phone = find_text(*object, "telefono", "recipient.telefono")) recipient.phone = *phone;
  if (const auto* language = find_text(*object, "idioma", "recipient.idioma")) {
    recipient.language = read_language(*language);
  }
  return recipient;
}

/// The key of a thing of the directory: a text or, as hosts number their rows, an integer.
std::optional<std::string> read_id(const json& object, std::string_view shown_as) {
  const auto* value = find(object, "id");
  if (!value) return std::nullopt;
  if (value->is_number_integer()) return value->dump();
  if (!value->is_string()) throw Refusal{fmt::format("{} must be a text or a whole number", shown_as)};
  const auto& id = value->get_ref<const std::string&>();
  if (id.empty()) return std::nullopt;
  if (core::count_code_points(id) > longest_key) {
    throw Refusal{fmt::format("{} is longer than {} characters", shown_as, longest_key)};
  }
  if (has_control_characters(id)) throw Refusal{fmt::format("{} holds control characters", shown_as)};
  return id;
}

std::vector<store::Subject> read_subjects(const json& objects) {
  std::vector<store::Subject> subjects;
  const auto add = [&](const char* name, store::SubjectKind kind) {
    const auto object = objects.find(name);
    if (object == objects.end()) return;
    if (auto id = read_id(*object, fmt::format("{}.id", name))) subjects.push_back({kind, *std::move(id)});
  };
  add("vehiculo", store::SubjectKind::vehicle);
  add("documento", store::SubjectKind::document);
  return subjects;
}

std::vector<core::Channel> read_channels(const json& line) {
  std::vector<core::Channel> channels;
  const auto* list = find(line, "channels");
  if (!list) return channels;
  if (!list->is_array()) throw Refusal{"\"channels\" must be a list"};
  if (list->empty()) throw Refusal{"\"channels\" is empty; leave it out for the company's choice"};
  std::array<std::string_view, core::channel_names.size()> names;
  std::ranges::transform(core::channel_names, names.begin(), [](const auto& row) { return row.second; });
  for (const auto& name : *list) {
    if (!name.is_string()) throw Refusal{"\"channels\" must hold texts"};
    const auto& text = name.get_ref<const std::string&>();
    const auto channel = core::parse_channel(text);
    if (!channel) {
      throw Refusal{
          fmt::format("\"channels\" has {}, which is no channel{}", in_quotes(text), did_you_mean(text, names))};
    }
    if (std::ranges::find(channels, *channel) == channels.end()) channels.push_back(*channel);
  }
  return channels;
}

std::optional<core::Instant> read_instant(const json& line, const char* key) {
  const auto shown_as = fmt::format("\"{}\"", key);
  const auto* text = find_text(line, key, shown_as);
  if (!text) return std::nullopt;
  if (const auto instant = core::parse_instant(*text)) return instant;
  throw Refusal{
      fmt::format("{} is {}, which is no instant such as 2026-12-01T09:00:00-03:00", shown_as, in_quotes(*text))};
}

json take_objects(json& line) {
  json objects = json::object();
  for (const char* name : {"recipient", "documento", "vehiculo", "datos"}) {
    const auto found = line.find(name);
    if (found == line.end() || found->is_null()) continue;
    if (!found->is_object()) throw Refusal{fmt::format("\"{}\" must be an object", name)};
    objects[name] = std::move(*found);
  }
  return objects;
}

EventLine read(json line) {
  static constexpr std::array<std::string_view, 10> known{"event", "company",  "key",      "recipient",  "documento",
                                                          "datos", "vehiculo", "channels", "not_before", "not_after"};
  refuse_unknown_keys(line, "", known);
  EventLine event;
  event.event = read_event(line);
  event.company = required_text(line, "company");
  event.key = read_key(line);
  event.recipient = read_recipient(line);
  event.channels = read_channels(line);
  event.not_before = read_instant(line, "not_before");
  event.not_after = read_instant(line, "not_after");
  if (event.not_before && event.not_after && *event.not_after < *event.not_before) {
    throw Refusal{"\"not_after\" is before \"not_before\""};
  }
  event.objects = take_objects(line);
  event.customer = read_id(event.objects.at("recipient"), "recipient.id");
  event.subjects = read_subjects(event.objects);
  return event;
}

}  // namespace

std::variant<EventLine, LineError> parse_event_line(std::string_view line) {
  if (line.size() > longest_line) return LineError{"is longer than 1 MiB"};
  if (!core::is_valid_utf8(line)) return LineError{"is not valid UTF-8"};
  auto object = parse_json_object(line);
  if (auto* error = std::get_if<LineError>(&object)) return std::move(*error);
  try {
    return read(std::move(std::get<json>(object)));
  } catch (Refusal& refusal) {
    return LineError{std::move(refusal.sentence)};
  }
}

}  // namespace egarage::producers
