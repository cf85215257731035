#include "content/message.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <tuple>
#include <unordered_map>

#include "content/sms_text.hpp"
#include "content/template_failure.hpp"
#include "content/whatsapp_text.hpp"

namespace egarage::content {

std::vector<core::Language> languages_for(std::optional<core::Language> recipient, const core::Company& company) {
  std::vector<core::Language> languages;
  const auto add = [&](core::Language language) {
    if (std::ranges::find(languages, language) == languages.end()) languages.push_back(language);
  };
  if (recipient) add(*recipient);
  add(company.language);
  if (const auto country = core::country_defaults(company.country)) add(country->language);
  return languages;
}

struct Catalogue::Implementation {
  using Languages = std::vector<core::Language>;
  using Shelves = std::vector<std::shared_ptr<const Shelf>>;

  /// What templates find under the names they include, for messages of one channel and order of languages.
  class Parts : public tmpl::Loader {
   public:
    Parts(const Shelves& shelves, core::Channel channel, Languages languages)
        : shelves_(shelves), channel_(channel), languages_(std::move(languages)) {}

    const tmpl::Template* find(std::string_view name) const override {
      const auto known = found_.find(std::string{name});
      if (known != found_.end()) return known->second;
      const auto choice = choose(shelves_, lower_case(name), channel_, languages_);
      const auto* body = choice ? &choice->text->body() : nullptr;
      found_.emplace(name, body);
      return body;
    }

   private:
    const Shelves& shelves_;
    core::Channel channel_;
    Languages languages_;
    mutable std::unordered_map<std::string, const tmpl::Template*> found_;
  };

  /// A choice that was made, for the next message of the kind.
  struct Made {
    Choice choice;
    std::unique_ptr<Parts> parts;
  };
  using Question = std::tuple<core::Event, core::Channel, Languages>;

  explicit Implementation(Shelves in_order) : shelves(std::move(in_order)) {
    std::ranges::copy_if(shelves, std::back_inserter(platforms_shelves),
                         [](const auto& shelf) { return shelf->level() != Level::company; });
  }

  /// What the platform says to a company's administrator is not the company's to word.
  const Shelves& shelves_for(std::optional<core::Event> event) const {
    return event && core::traits(*event).audience == core::Audience::company_admin ? platforms_shelves : shelves;
  }

  static std::optional<Choice> choose(const Shelves& shelves, const std::string& name, core::Channel channel,
                                      const Languages& languages) {
    if (!is_text_name(name)) return std::nullopt;
    for (const auto language : languages) {
      for (const auto& shelf : shelves) {
        for (const auto variant : {std::optional{channel}, std::optional<core::Channel>{}}) {
          TextKey key{name, variant, language};
          if (const auto* text = shelf->find(key)) return Choice{shelf->level(), std::move(key), text};
        }
      }
    }
    return std::nullopt;
  }

  const Made& made_for(core::Event event, core::Channel channel, const Languages& languages) {
    const Question question{event, channel, languages};
    if (const auto known = made.find(question); known != made.end()) return known->second;
    const auto& in_question = shelves_for(event);
    auto choice = choose(in_question, lower_case(core::to_string(event)), channel, languages);
    if (!choice) {
      throw core::Error(
          core::ExitCode::internal,
          fmt::format("there is no text for {} in {}", core::to_string(event), core::to_string(languages.front())),
          "this build lacks a file of templates/");
    }
    // Parts in the language of the text that includes them: a message does not change its language half-way.
    Languages for_parts = languages;
    const auto own = std::ranges::find(for_parts, *choice->key.language);
    std::rotate(for_parts.begin(), own, own + 1);
    auto parts = std::make_unique<Parts>(in_question, channel, std::move(for_parts));
    return made.emplace(question, Made{std::move(*choice), std::move(parts)}).first->second;
  }

  static tmpl::RenderOptions options_for(const Made& made, const Locality& locality) {
    tmpl::RenderOptions options;
    options.language = *made.choice.key.language;
    options.time_zone = locality.time_zone;
    options.currency = locality.currency;
    options.now = locality.now;
    options.loader = made.parts.get();
    options.limits.output = longest_message;
    return options;
  }

  Shelves shelves, platforms_shelves;
  std::map<Question, Made> made;
  std::unordered_map<std::string, tmpl::Template> pieces;  ///< by name and text
};

Catalogue::Catalogue() : Catalogue({Shelf::of_product()}) {}
Catalogue::Catalogue(std::vector<std::shared_ptr<const Shelf>> shelves)
    : implementation_(std::make_unique<Implementation>(std::move(shelves))) {}
Catalogue::Catalogue(Catalogue&&) noexcept = default;
Catalogue& Catalogue::operator=(Catalogue&&) noexcept = default;
Catalogue::~Catalogue() = default;

std::optional<Choice> Catalogue::choose(std::string_view name, core::Channel channel,
                                        const std::vector<core::Language>& languages) const {
  const TextKey key{lower_case(name), std::nullopt, std::nullopt};
  return Implementation::choose(implementation_->shelves_for(key.event()), key.name, channel, languages);
}

RenderedMessage Catalogue::render(core::Event event, core::Channel channel,
                                  const std::vector<core::Language>& languages, const nlohmann::json& context,
                                  const Locality& locality) const {
  try {
    const auto& made = implementation_->made_for(event, channel, languages);
    const auto options = Implementation::options_for(made, locality);
    auto text = made.choice.text->render(context, options);
    if (channel == core::Channel::sms) text.body = sms_text(text.body, locality.sms_alphabet);
    if (channel == core::Channel::whatsapp) text.body = whatsapp_text(text.body);
    return {options.language, std::move(text.subject), std::move(text.body)};
  } catch (const tmpl::TemplateError& error) {
    throw TemplateFailure(error);
  }
}

std::string Catalogue::render_piece(const tmpl::Template& piece, core::Event event, core::Channel channel,
                                    const std::vector<core::Language>& languages, const nlohmann::json& context,
                                    const Locality& locality) const {
  try {
    return piece.render(context,
                        Implementation::options_for(implementation_->made_for(event, channel, languages), locality));
  } catch (const tmpl::TemplateError& error) {
    throw TemplateFailure(error);
  }
}

const tmpl::Template& Catalogue::piece(std::string_view name, std::string_view text) const {
  std::string key;
  key.reserve(name.size() + 1 + text.size());
  key.append(name).append(1, '\0').append(text);
  auto& pieces = implementation_->pieces;
  if (const auto known = pieces.find(key); known != pieces.end()) return known->second;
  try {
    return pieces.emplace(std::move(key), tmpl::Template::parse(std::string(name), std::string(text))).first->second;
  } catch (const tmpl::TemplateError& error) {
    throw TemplateFailure(error);
  }
}

const std::vector<std::shared_ptr<const Shelf>>& Catalogue::shelves() const { return implementation_->shelves; }

}  // namespace egarage::content
