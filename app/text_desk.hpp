#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "content/lint/lint.hpp"
#include "content/message.hpp"
#include "content/shelf.hpp"
#include "store/database.hpp"
#include "store/directory.hpp"
#include "store/templates.hpp"

namespace egarage::app {

/// Whose texts a command is about: a company's, or the platform's, which serve all companies.
struct TextOwner {
  std::optional<store::StoredCompany> company;

  content::Level level() const { return company ? content::Level::company : content::Level::platform; }
  std::optional<store::CompanyId> id() const { return company ? std::optional{company->id} : std::nullopt; }
  /// `taller-sur`, or `platform`.
  std::string label() const { return company ? company->company.slug : "platform"; }
};

/// The texts in the store and in the program, as their owner sees and changes them.
class TextDesk {
 public:
  /// A text to put in force, and what findings call it.
  struct Draft {
    std::string text;
    std::string shown_as;
  };
  using Changes = std::map<content::TextKey, Draft>;

  /// `company`: a slug, or empty for the platform. Throws core::Error{usage} for an unknown one.
  TextDesk(store::Database& database, const std::string& company);

  const TextOwner& owner() const { return owner_; }
  const content::PlatformIdentity& platform() const { return platform_; }
  /// The owner's own texts; maybe none.
  const content::Shelf& own() const { return *own_; }
  /// All shelves in order, the owner's first.
  const content::Catalogue& catalogue() const { return catalogue_; }
  /// The text that would be in force without the owner's own; null when there would be none.
  const std::string* inherited(const content::TextKey& key) const;

  /// What is to be said about these texts of the owner's, once they are in force. Without `changes`, about all it has.
  content::Findings lint(const Changes& changes, content::UnknownVariables unknown, core::Instant now) const;
  /// What is to be said about the expressions of WhatsApp parameters in a language.
  content::Findings lint_parameters(const std::string& file, std::string_view json, core::Language language,
                                    content::UnknownVariables unknown, core::Instant now) const;
  /// What is to be said about the mappings of the owner's WhatsApp account. A host may send more than the contract
  /// names, so that unknown variables are warnings.
  content::Findings lint_mappings(const core::WhatsappAccount& account, core::Instant now) const;
  /// Puts them all in force, or none. What they say has been looked at before.
  void put(const Changes& changes, core::Instant now);
  bool remove(const content::TextKey& key, core::Instant now);

 private:
  content::LintSurroundings surroundings(const content::Catalogue& catalogue, content::UnknownVariables unknown,
                                         core::Instant now) const;

  store::Database& database_;
  store::Templates templates_;
  TextOwner owner_;
  content::PlatformIdentity platform_;
  std::shared_ptr<const content::Shelf> own_;
  std::vector<std::shared_ptr<const content::Shelf>> inherited_;
  content::Catalogue catalogue_;
};

/// `file:line:column: error: sentence` with its hint on stderr; with --json, a list on stdout.
void print_findings(const content::Findings& findings, bool as_json);
bool has_errors(const content::Findings& findings);

}  // namespace egarage::app
