#include "content/lint/lint.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "content/lint/checks.hpp"
#include "content/variables.hpp"

namespace egarage::content {
namespace {

std::string_view example(Place place, std::string_view path) {
  const auto row = std::ranges::find(variables(), path, &Variable::path);
  return place == Place::chile ? row->chilean : row->american;
}

core::Company sample_company(Place place, const char* slug) {
  core::Company company;
  company.slug = slug;
  company.name = example(place, "empresa.nombre_taller");
  company.legal_name = example(place, "empresa.empresa");
  company.email = example(place, "empresa.email");
  company.phone = example(place, "empresa.telefono");
  company.address = example(place, "empresa.direccion");
  company.country = example(place, "empresa.pais");
  company.currency = example(place, "empresa.moneda");
  const auto defaults = core::country_defaults(company.country);
  company.language = defaults->language;
  company.time_zone = defaults->time_zone;
  return company;
}

/// Who reads the language of `missing` gets this instead.
std::string what_stands_in(const TextKey& missing, const Catalogue& catalogue) {
  for (const auto channel : {missing.channel, std::optional<core::Channel>{}}) {
    for (const auto& shelf : catalogue.shelves()) {
      if (shelf->text({missing.name, channel, missing.language})) {
        return fmt::format("the {}'s", core::name_of(level_names, shelf->level()));
      }
    }
  }
  return "this one";
}

/// A part that does not exist is found by reading and by rendering: what was reported of a place once is enough.
void drop_repeated(Findings& findings, std::size_t rendered) {
  const auto first = findings.begin() + static_cast<std::ptrdiff_t>(rendered);
  const auto is_known = [&](const Finding& late) {
    return std::any_of(findings.begin(), first, [&](const Finding& early) {
      return early.severity == Severity::error && early.file == late.file && early.line == late.line &&
             early.column == late.column && early.line > 0;
    });
  };
  findings.erase(std::remove_if(first, findings.end(), is_known), findings.end());
}

bool is_earlier(const Finding& one, const Finding& other) {
  return std::tie(one.line, one.column) < std::tie(other.line, other.column);
}

}  // namespace

std::vector<core::Company> sample_companies() {
  return {sample_company(Place::chile, "ejemplo"), sample_company(Place::usa, "example")};
}

Findings lint(const TextKey& key, const Shelf& shelf, const LintSurroundings& surroundings) {
  Findings findings;
  try {
    if (key.kind() == TextKind::layout) {
      check_layout(key, shelf, surroundings, findings);
    } else {
      shelf.find(key);
      check_references(key, shelf, surroundings, findings);
      check_markdown(key, shelf, findings);
      const auto before = findings.size();
      check_renderings(key, shelf, surroundings, findings);
      drop_repeated(findings, before);
    }
  } catch (const tmpl::TemplateError& error) {
    findings.push_back(finding_of(error));
  }
  std::ranges::stable_sort(findings, is_earlier);
  return findings;
}

Findings missing_translations(const Shelf& shelf, const Catalogue& catalogue) {
  Findings findings;
  for (const auto& [key, text] : shelf.texts()) {
    if (key.kind() == TextKind::layout) continue;
    for (const auto& [language, language_name] : core::language_names) {
      auto translation = key;
      translation.language = language;
      if (shelf.text(translation)) continue;
      findings.push_back(
          {Severity::warning, shelf.name_of(key), 0, 0,
           fmt::format("there is no such text in {}: who reads that gets {}", language_name,
                       what_stands_in(translation, catalogue)),
           fmt::format("egarage-notify template set {}{} --lang {}{} FILE",
                       key.event() ? std::string{core::to_string(*key.event())} : key.name,
                       key.channel ? fmt::format(" --channel {}", core::to_string(*key.channel)) : "", language_name,
                       shelf.level() == Level::company ? fmt::format(" --company {}", shelf.label()) : "")});
    }
  }
  return findings;
}

}  // namespace egarage::content
