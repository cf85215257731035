#include "content/whatsapp_message.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "content/template_failure.hpp"
#include "content/whatsapp_mapping.hpp"
#include "core/error.hpp"
#include "core/utf8.hpp"

namespace egarage::content {
namespace {

using core::WhatsappTemplate;

constexpr std::size_t longest_parameter = 1024;

[[noreturn]] void refuse(const std::string& place, const std::string& complaint, const std::string& hint) {
  throw core::Error(core::ExitCode::configuration, fmt::format("the WhatsApp template's {} {}", place, complaint),
                    hint);
}

/// Renders the expressions of one mapping for one message.
class Filler {
 public:
  Filler(const Catalogue& catalogue, core::Event event, const std::vector<core::Language>& languages,
         const nlohmann::json& context, const Locality& locality)
      : catalogue_(catalogue), event_(event), languages_(languages), context_(context), locality_(locality) {}

  /// One line, which may be empty.
  std::string line(const std::string& place, const std::string& expression) const {
    return core::one_line(core::valid_utf8(catalogue_.render_piece(
        catalogue_.piece(place, expression), event_, core::Channel::whatsapp, languages_, context_, locality_)));
  }

  std::string parameter(const std::string& place, const std::string& expression) const {
    auto text = line(place, expression);
    if (text.empty()) {
      refuse(place, "is empty for this message, and WhatsApp refuses empty parameters",
             "Give it a default, such as {{ vehiculo.patente|default:\"sin patente\" }}.");
    }
    if (core::count_code_points(text) > longest_parameter) {
      refuse(place, fmt::format("has more than {} characters", longest_parameter),
             "Shorten it, for instance with |truncatechars:200.");
    }
    return text;
  }

  std::string link(const std::string& place, const std::string& expression) const {
    auto text = line(place, expression);
    if (!text.starts_with("https://") || text.find_first_of(" \"<>\\") != std::string::npos) {
      refuse(place, fmt::format("is not an https link: \"{}\"", core::cut_utf8(text, 80)),
             "WhatsApp fetches the file itself, without a login, from an https:// address.");
    }
    return text;
  }

 private:
  const Catalogue& catalogue_;
  core::Event event_;
  const std::vector<core::Language>& languages_;
  const nlohmann::json& context_;
  const Locality& locality_;
};

/// The languages in their order, but the one of the template first: parameters are in the template's language.
std::vector<core::Language> template_language_first(const core::WhatsappAccount& account, core::Event event,
                                                    std::vector<core::Language> languages) {
  const auto own = account.templates.find(event);
  if (account.transport != "twilio" || own == account.templates.end()) return languages;
  const auto has_sid = [&](core::Language language) { return own->second.content_sids.contains(language); };
  const auto first = std::ranges::find_if(languages, has_sid);
  if (first != languages.end()) std::rotate(languages.begin(), first, first + 1);
  return languages;
}

}  // namespace

core::WhatsappMessage make_whatsapp_message(const Catalogue& catalogue, const core::WhatsappAccount& account,
                                            core::Event event, const std::vector<core::Language>& languages,
                                            const nlohmann::json& context, const Locality& locality) {
  const auto in_order = template_language_first(account, event, languages);
  const auto language = in_order.front();
  const auto& mapping = mapping_for(account, event, language);
  const Filler fill(catalogue, event, in_order, context, locality);

  core::WhatsappMessage message;
  message.name = mapping.name;
  message.language = approved_language(mapping, language);
  if (const auto sid = mapping.content_sids.find(language); sid != mapping.content_sids.end()) {
    message.content_sid = sid->second;
  }
  if (const auto& header = mapping.header) {
    message.header = {header->media, fill.link(place_of_link(event, *header), header->link),
                      fill.line(place_of_filename(event), header->filename)};
  }
  for (std::size_t i = 0; i < mapping.body.size(); ++i) {
    const auto& [name, expression] = mapping.body[i];
    message.body.push_back({name, fill.parameter(place_of_parameter(event, mapping, i), expression)});
  }
  for (std::size_t i = 0; i < mapping.buttons.size(); ++i) {
    const auto& [kind, expression] = mapping.buttons[i];
    message.buttons.push_back({kind, fill.parameter(place_of_button(event, i), expression)});
  }
  return message;
}

std::vector<core::WhatsappTemplateName> whatsapp_templates(const core::WhatsappAccount& account,
                                                           std::span<const core::Event> events,
                                                           std::span<const core::Language> languages) {
  std::vector<core::WhatsappTemplateName> names;
  for (const auto event : events) {
    for (const auto language : languages) {
      const auto& mapping = mapping_for(account, event, language);
      names.push_back({mapping.name, approved_language(mapping, language)});
    }
  }
  std::ranges::sort(names);
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

void check_expressions(const core::WhatsappAccount& account) {
  try {
    for (const auto& [event, mapping] : account.templates) {
      for (const auto& [place, text, may_be_empty] : expressions_of(event, mapping)) {
        tmpl::Template::parse(place, std::string(text));
      }
    }
  } catch (const tmpl::TemplateError& error) {
    throw TemplateFailure(error);
  }
}

}  // namespace egarage::content
