#include <fmt/format.h>

#include "config/peer.hpp"
#include "config/section.hpp"
#include "config/sections.hpp"
#include "core/whatsapp_parameter.hpp"

namespace egarage::config {
namespace {

using core::WhatsappButton;
using core::WhatsappTemplate;

// developers.facebook.com, "Templates": a template has at most ten buttons.
constexpr std::size_t most_buttons = 10;

std::string template_name(const Value& value) {
  auto text = value.text();
  if (!core::is_template_name(text)) {
    value.refuse(fmt::format("cannot be \"{}\"", text),
                 "Use the name that Meta approved: lower-case letters, digits and \"_\".");
  }
  return text;
}

std::string language_code(const Value& value) {
  auto text = value.text();
  if (!core::is_template_language(text)) {
    value.refuse(fmt::format("is not a language: \"{}\"", text),
                 "Write it exactly as Meta approved it, such as \"es\" or \"es_CL\".");
  }
  return text;
}

/// `{ es = "…", en = "…" }`.
std::map<core::Language, std::string> by_language(const Value& section, std::string (*read)(const Value&)) {
  std::map<core::Language, std::string> texts;
  for (const auto& [name, node] : section.table()) {
    const auto language = core::parse_language(name.str());
    if (!language) {
      std::vector<std::string_view> known;
      for (const auto& row : core::language_names) known.push_back(row.second);
      refuse_key(section, name, node, known);
    }
    texts[*language] = read(section.member(name, node));
  }
  return texts;
}

struct HeaderKeys {
  std::string document, image, filename;
};
constexpr Key<HeaderKeys> header_keys[] = {
    {"document", [](const Value& v, HeaderKeys& h) { h.document = v.required_text(); }},
    {"image", [](const Value& v, HeaderKeys& h) { h.image = v.required_text(); }},
    {"filename", [](const Value& v, HeaderKeys& h) { h.filename = v.required_text(); }},
};

WhatsappTemplate::Header read_header(const Value& section) {
  HeaderKeys header;
  read_section(section, header_keys, header);
  if (header.document.empty() == header.image.empty()) {
    section.refuse("needs either a document or an image", "Write { document = \"https://…\" } or { image = \"…\" }.");
  }
  if (!header.image.empty() && !header.filename.empty()) {
    section.member_or_self("filename").refuse("is for documents", "Remove it: pictures have no name.");
  }
  const bool is_image = header.document.empty();
  return {is_image ? core::WhatsappMedia::image : core::WhatsappMedia::document,
          is_image ? header.image : header.document, header.filename};
}

std::vector<WhatsappTemplate::Parameter> read_body(const Value& value) {
  std::vector<WhatsappTemplate::Parameter> body;
  if (!value.is_table()) {
    for (const auto& item : value.list()) body.push_back({"", item.required_text()});
    return body;
  }
  for (const auto& [name, member] : value.members()) {
    if (!core::is_template_name(name)) {
      member.refuse("is no name of a parameter", "Use lower-case letters, digits and \"_\", as in the template.");
    }
    body.push_back({name, member.required_text()});
  }
  return body;
}

WhatsappTemplate::Button read_button(const Value& section) {
  WhatsappTemplate::Button button;
  const auto members = section.members();
  if (members.size() != 1) {
    section.refuse("needs one key a button", "Write { url = \"…\" } or { quick_reply = \"…\" }.");
  }
  const auto& [name, member] = members.front();
  const auto kind = core::value_of(core::whatsapp_button_names, name);
  if (!kind) member.refuse("is not a known key", "Write { url = \"…\" } or { quick_reply = \"…\" }.");
  return {*kind, member.required_text()};
}

std::vector<WhatsappTemplate::Button> read_buttons(const Value& value) {
  std::vector<WhatsappTemplate::Button> buttons;
  for (const auto& item : value.list()) buttons.push_back(read_button(item));
  if (buttons.size() > most_buttons) {
    value.refuse(fmt::format("has more than {} buttons", most_buttons), "Meta approves no more in a template.");
  }
  return buttons;
}

constexpr Key<WhatsappTemplate> template_keys[] = {
    {"name", [](const Value& v, WhatsappTemplate& t) { t.name = template_name(v); }},
    {"language", [](const Value& v, WhatsappTemplate& t) { t.languages = by_language(v, language_code); }},
    {"header", [](const Value& v, WhatsappTemplate& t) { t.header = read_header(v); }},
    {"body", [](const Value& v, WhatsappTemplate& t) { t.body = read_body(v); }},
    {"buttons", [](const Value& v, WhatsappTemplate& t) { t.buttons = read_buttons(v); }},
    {"content_sid",
     [](const Value& v, WhatsappTemplate& t) {
       t.content_sids = by_language(v, [](const Value& sid) { return read_twilio_sid(sid, "HX"); });
     }},
};

}  // namespace

std::map<core::Event, WhatsappTemplate> read_whatsapp_templates(const Value& section) {
  std::map<core::Event, WhatsappTemplate> templates;
  for (const auto& [name, node] : section.table()) {
    const auto event = core::parse_event(name.str());
    if (!event) {
      std::vector<std::string_view> codes;
      for (const auto& traits : core::all_events) codes.push_back(traits.code);
      refuse_key(section, name, node, codes);
    }
    const auto value = section.member(name, node);
    WhatsappTemplate mapping;
    read_section(value, template_keys, mapping);
    if (mapping.name.empty()) value.refuse("has no name", "Add name = \"…\": the name that Meta approved.");
    templates[*event] = std::move(mapping);
  }
  return templates;
}

}  // namespace egarage::config
