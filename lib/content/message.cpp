#include "content/message.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "content/embedded_files.hpp"
#include "content/message_template.hpp"
#include "content/template_failure.hpp"

namespace egarage::content {
namespace {

std::string lower_case(std::string_view code) {
  std::string result{code};
  std::ranges::transform(result, result.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return result;
}

}  // namespace

struct Catalogue::Implementation {
  /// A channel without a text of its own uses the event's.
  using Key = std::tuple<core::Language, core::Event, std::optional<core::Channel>>;
  std::map<Key, MessageTemplate> messages;

  void load(const Key& key, const std::string& path) {
    if (const auto text = embedded_text(path)) messages.emplace(key, MessageTemplate::parse(path, *text));
  }

  const MessageTemplate& find(core::Event event, core::Channel channel, core::Language language) const {
    auto found = messages.find({language, event, channel});
    if (found == messages.end()) found = messages.find({language, event, std::nullopt});
    if (found == messages.end()) {
      throw core::Error(core::ExitCode::internal,
                        fmt::format("there is no text for {} in {}", core::to_string(event), core::to_string(language)),
                        "this build lacks a file of templates/");
    }
    return found->second;
  }
};

Catalogue::Catalogue() : implementation_(std::make_unique<Implementation>()) {
  try {
    for (const auto& [language, language_name] : core::language_names) {
      for (const auto& event : core::all_events) {
        const auto stem = fmt::format("{}/{}", language_name, lower_case(event.code));
        implementation_->load({language, event.event, std::nullopt}, stem + ".md");
        for (const auto& [channel, channel_name] : core::channel_names) {
          implementation_->load({language, event.event, channel}, fmt::format("{}.{}.md", stem, channel_name));
        }
      }
    }
  } catch (const tmpl::TemplateError& error) {
    throw template_failure(error);
  }
}

Catalogue::~Catalogue() = default;

RenderedMessage Catalogue::render(core::Event event, core::Channel channel, core::Language language,
                                  const core::Company& company, const nlohmann::json& context) const {
  tmpl::RenderOptions options;
  options.language = language;
  options.currency = company.currency;
  options.limits.output = longest_message;
  if (const auto zone = core::TimeZone::locate(company.time_zone)) options.time_zone = *zone;
  try {
    return implementation_->find(event, channel, language).render(context, options);
  } catch (const tmpl::TemplateError& error) {
    throw template_failure(error);
  }
}

}  // namespace egarage::content
