#include "content/whatsapp_mapping.hpp"

#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>
#include <utility>

#include "content/embedded_files.hpp"
#include "content/whatsapp_message.hpp"
#include "content/whatsapp_proposal.hpp"
#include "core/error.hpp"

namespace egarage::content {
namespace {

using core::WhatsappTemplate;

[[noreturn]] void fail(const std::string& path) {
  throw core::Error(core::ExitCode::internal, path + " is missing or broken", "this build lacks a file of templates/");
}

std::string_view embedded(const std::string& path) {
  const auto text = embedded_text(path);
  if (!text) fail(path);
  return *text;
}

std::string place_in_mapping(core::Event event, std::string_view part) {
  return fmt::format("templates.{}.{}", core::to_string(event), part);
}

WhatsappTemplate read_proposal(core::Event event, core::Language language) {
  const auto path = proposal_path(event, language);
  const auto parsed = parse_proposal(embedded(path));
  if (!parsed.proposal) fail(path);
  const auto expressions_path = fmt::format("whatsapp/{}/parameters.json", core::to_string(language));
  const auto expressions = nlohmann::json::parse(embedded(expressions_path), nullptr, false);
  if (!expressions.is_object()) fail(expressions_path);

  WhatsappTemplate mapping;
  mapping.name = parsed.proposal->name;
  mapping.languages = {{language, parsed.proposal->language}};
  for (const auto& parameter : parsed.proposal->parameters) {
    mapping.body.push_back({parameter.name, expressions.value(parameter.name, "")});
  }
  for (std::size_t i = 0; i < parsed.proposal->buttons.size(); ++i) {
    mapping.buttons.push_back({core::WhatsappButton::quick_reply, std::string(opt_out_payload)});
  }
  return mapping;
}

}  // namespace

const WhatsappTemplate& proposed_mapping(core::Event event, core::Language language) {
  using Key = std::pair<core::Event, core::Language>;
  static const auto all = [] {
    std::map<Key, WhatsappTemplate> proposals;
    for (const auto& about : core::all_events) {
      for (const auto& [known, name] : core::language_names) {
        proposals.emplace(Key{about.event, known}, read_proposal(about.event, known));
      }
    }
    return proposals;
  }();
  return all.at({event, language});
}

const WhatsappTemplate& mapping_for(const core::WhatsappAccount& account, core::Event event, core::Language language) {
  const auto own = account.templates.find(event);
  return own != account.templates.end() ? own->second : proposed_mapping(event, language);
}

std::string approved_language(const WhatsappTemplate& mapping, core::Language language) {
  const auto own = mapping.languages.find(language);
  return own != mapping.languages.end() ? own->second : std::string(core::to_string(language));
}

std::string place_of_link(core::Event event, const WhatsappTemplate::Header& header) {
  return place_in_mapping(event, header.media == core::WhatsappMedia::document ? "header.document" : "header.image");
}

std::string place_of_filename(core::Event event) { return place_in_mapping(event, "header.filename"); }

std::string place_of_parameter(core::Event event, const WhatsappTemplate& mapping, std::size_t index) {
  const auto& name = mapping.body[index].name;
  return place_in_mapping(event, name.empty() ? fmt::format("body {}", index + 1) : "body." + name);
}

std::string place_of_button(core::Event event, std::size_t index) {
  return place_in_mapping(event, fmt::format("buttons {}", index + 1));
}

std::vector<PlacedExpression> expressions_of(core::Event event, const WhatsappTemplate& mapping) {
  std::vector<PlacedExpression> expressions;
  if (const auto& header = mapping.header) {
    expressions.push_back({place_of_link(event, *header), header->link, false});
    expressions.push_back({place_of_filename(event), header->filename, true});
  }
  for (std::size_t i = 0; i < mapping.body.size(); ++i) {
    expressions.push_back({place_of_parameter(event, mapping, i), mapping.body[i].text, false});
  }
  for (std::size_t i = 0; i < mapping.buttons.size(); ++i) {
    expressions.push_back({place_of_button(event, i), mapping.buttons[i].text, false});
  }
  return expressions;
}

}  // namespace egarage::content
