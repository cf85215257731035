#include "app/text_desk.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "app/application.hpp"
#include "core/error.hpp"
#include "producers/shelves.hpp"

namespace egarage::app {
namespace {

using Shelves = std::vector<std::shared_ptr<const content::Shelf>>;

TextOwner owner_of(const store::Directory& directory, const std::string& company) {
  if (company.empty()) return {std::nullopt};
  return {company_or_error(directory, company)};
}

Shelves with(std::shared_ptr<const content::Shelf> first, Shelves rest) {
  rest.insert(rest.begin(), std::move(first));
  return rest;
}

Shelves inherited_by(const TextOwner& owner, const store::Templates& templates) {
  Shelves shelves{content::Shelf::of_product()};
  if (!owner.company) return shelves;
  return with(producers::shelf_of(content::Level::platform, "platform", templates.of(std::nullopt)),
              std::move(shelves));
}

content::Findings lint_one(const content::TextKey& key, const content::Shelf& shelf,
                           const content::LintSurroundings& surroundings) {
  const bool is_platforms = key.event() && core::traits(*key.event()).audience == core::Audience::company_admin;
  if (shelf.level() != content::Level::company || !is_platforms) return content::lint(key, shelf, surroundings);
  return {{content::Severity::error, shelf.name_of(key), 0, 0,
           fmt::format("{} is what the platform tells the company, and not the company's to word",
                       core::to_string(*key.event())),
           "leave out --company to change it for all companies"}};
}

}  // namespace

TextDesk::TextDesk(store::Database& database, const std::string& company)
    : database_(database),
      templates_(database),
      owner_(owner_of(store::Directory(database), company)),
      own_(producers::shelf_of(owner_.level(), owner_.label(), templates_.of(owner_.id()))),
      inherited_(inherited_by(owner_, templates_)),
      catalogue_(with(own_, inherited_)) {
  const auto platform = store::Directory(database).platform();
  platform_ = {platform.name, platform.contact()};
}

const std::string* TextDesk::inherited(const content::TextKey& key) const {
  for (const auto& shelf : inherited_) {
    if (const auto* text = shelf->text(key)) return text;
  }
  return nullptr;
}

content::LintSurroundings TextDesk::surroundings(const content::Catalogue& catalogue, content::UnknownVariables unknown,
                                                 core::Instant now) const {
  content::LintSurroundings result{catalogue, content::sample_companies(), platform_, now, unknown};
  if (owner_.company) result.companies = {owner_.company->company};
  return result;
}

content::Findings TextDesk::lint_parameters(const std::string& file, std::string_view json, core::Language language,
                                            content::UnknownVariables unknown, core::Instant now) const {
  return content::lint_parameters(file, json, language, surroundings(catalogue_, unknown, now));
}

content::Findings TextDesk::lint_mappings(const core::WhatsappAccount& account, core::Instant now) const {
  return content::lint_mappings(account, owner_.label(),
                                surroundings(catalogue_, content::UnknownVariables::allowed, now));
}

content::Findings TextDesk::lint(const Changes& changes, content::UnknownVariables unknown, core::Instant now) const {
  auto proposed = std::make_shared<content::Shelf>(owner_.level(), owner_.label());
  for (const auto& [key, text] : own_->texts()) proposed->put(key, text);
  for (const auto& [key, draft] : changes) proposed->put(key, draft.text);
  const content::Catalogue catalogue{with(proposed, inherited_)};
  const auto against = surroundings(catalogue, unknown, now);
  content::Findings findings;
  std::map<std::string, std::string> shown_as;
  for (const auto& [key, text] : proposed->texts()) {
    const auto change = changes.find(key);
    if (!changes.empty() && change == changes.end()) continue;
    if (change != changes.end()) shown_as[proposed->name_of(key)] = change->second.shown_as;
    const auto about_it = lint_one(key, *proposed, against);
    std::ranges::copy_if(about_it, std::back_inserter(findings),
                         [&](const auto& finding) { return std::ranges::find(findings, finding) == findings.end(); });
  }
  if (changes.empty()) std::ranges::move(missing_translations(*proposed, catalogue), std::back_inserter(findings));
  for (auto& finding : findings) {
    if (const auto name = shown_as.find(finding.file); name != shown_as.end()) finding.file = name->second;
  }
  return findings;
}

void TextDesk::put(const Changes& changes, core::Instant now) {
  database_.transaction([&] {
    for (const auto& [key, draft] : changes) templates_.put(owner_.id(), to_string(key), draft.text, now);
  });
}

bool TextDesk::remove(const content::TextKey& key, core::Instant now) {
  return templates_.remove(owner_.id(), to_string(key), now);
}

void print_findings(const content::Findings& findings, bool as_json) {
  if (as_json) {
    auto list = nlohmann::ordered_json::array();
    for (const auto& finding : findings) {
      list.push_back({{"severity", core::name_of(content::severity_names, finding.severity)},
                      {"file", finding.file},
                      {"line", finding.line},
                      {"column", finding.column},
                      {"sentence", finding.sentence},
                      {"hint", finding.hint}});
    }
    std::cout << list.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) << '\n';
    return;
  }
  for (const auto& finding : findings) {
    const auto place =
        finding.line == 0 ? finding.file : fmt::format("{}:{}:{}", finding.file, finding.line, finding.column);
    fmt::print(stderr, "{}: {}: {}\n", place, core::name_of(content::severity_names, finding.severity),
               finding.sentence);
    if (!finding.hint.empty()) fmt::print(stderr, "  hint: {}\n", finding.hint);
  }
}

bool has_errors(const content::Findings& findings) {
  return std::ranges::any_of(findings,
                             [](const auto& finding) { return finding.severity == content::Severity::error; });
}

}  // namespace egarage::app
