#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "content/shelf.hpp"
#include "content/text_key.hpp"
#include "core/channel.hpp"
#include "core/company.hpp"
#include "core/event.hpp"
#include "core/instant.hpp"
#include "core/language.hpp"
#include "core/sms_account.hpp"
#include "core/time_zone.hpp"

namespace egarage::content {

/// A message as it is stored: rendered once, at enqueue. What the recipient reads is decided here.
struct RenderedMessage {
  core::Language language;
  std::string subject;  ///< one line, plain text; may be empty on channels that show none
  std::string body;     ///< e-mail: Markdown (CommonMark, line breaks kept); WhatsApp: its markup; SMS: plain text
};

/// The languages to try, best first: the recipient's, the company's, its country's.
std::vector<core::Language> languages_for(std::optional<core::Language> recipient, const core::Company& company);

/// How values are shown.
struct Locality {
  std::string_view currency;  ///< ISO 4217
  core::TimeZone time_zone;
  core::Instant now;
  core::SmsAlphabet sms_alphabet = core::SmsAlphabet::transliterate;  ///< of the account that will send
};

/// Where the text of a message comes from.
struct Choice {
  Level level;
  TextKey key;
  const MessageTemplate* text;
};

/// All texts as one company sees them. A text is looked for language by language; in each, on the nearest shelf first;
/// there, the one for the channel before the one for all. Parts that a text includes are looked for in the same way.
/// Notices to a company's administrator are the platform's: the company's shelf is not asked. Not for several threads
/// at once.
class Catalogue {
 public:
  /// The product's texts alone.
  Catalogue();
  /// `shelves`, nearest first: the company's (if it has one), the platform's (if it has one), the product's.
  explicit Catalogue(std::vector<std::shared_ptr<const Shelf>> shelves);
  Catalogue(Catalogue&&) noexcept;
  Catalogue& operator=(Catalogue&&) noexcept;
  ~Catalogue();

  /// The text in force for an event or part; empty when there is none in any of the languages. Throws
  /// tmpl::TemplateError when it cannot be parsed.
  std::optional<Choice> choose(std::string_view name, core::Channel channel,
                               const std::vector<core::Language>& languages) const;

  /// The message for that event. Throws core::Error{configuration} with file, line and column when a template cannot be
  /// parsed or rendered.
  RenderedMessage render(core::Event event, core::Channel channel, const std::vector<core::Language>& languages,
                         const nlohmann::json& context, const Locality& locality) const;

  /// A template that is none of the catalogue's texts, such as a parameter of a WhatsApp template, with the parts that
  /// messages of that event find. Plain text: nothing is escaped. Throws core::Error{configuration}, too.
  std::string render_piece(const tmpl::Template& piece, core::Event event, core::Channel channel,
                           const std::vector<core::Language>& languages, const nlohmann::json& context,
                           const Locality& locality) const;

  /// Such a piece from its text, parsed at its first use; lives as long as the catalogue. `name` appears in errors.
  /// Throws core::Error{configuration}.
  const tmpl::Template& piece(std::string_view name, std::string_view text) const;

  const std::vector<std::shared_ptr<const Shelf>>& shelves() const;

 private:
  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace egarage::content
