#include <fmt/format.h>

#include <algorithm>

#include "host/company_sync.hpp"
#include "host/mapping.hpp"

namespace egarage::host {
namespace {

struct Chosen {
  std::string slug;
  bool linked = false;
};

/// Whether a company has the slug, or will have it because the configuration says so.
bool is_taken(const store::Directory& directory, const SyncOrder& order, std::string_view slug) {
  const bool promised =
      std::ranges::any_of(order.declared, [&](const auto& declared) { return declared.second == slug; });
  return promised || order.unexplained.contains(std::string(slug)) || directory.find_company(slug);
}

/// Whether it is a company of the configuration that may be any of the host's.
bool is_unexplained(store::Database& store, const SyncOrder& order, const std::string& slug) {
  if (!order.unexplained.contains(slug)) return false;
  const auto known = store::Directory(store).find_company(slug);
  return !known || !store::HostCompanies(store).is_linked(known->id);
}

std::optional<Chosen> choose(store::Database& store, const CompanyRow& row, const SyncOrder& order,
                             SyncReport& report) {
  const store::Directory directory(store);
  const auto id = std::to_string(row.id);
  const auto ask = [&](std::string sentence, std::string hint) {
    ++report.companies.refused;
    report.questions.push_back({id, std::move(sentence), std::move(hint)});
    return std::nullopt;
  };
  const auto declared = order.declared.find(id);
  if (const auto link = store::HostCompanies(store).find(id)) {
    auto slug = directory.company(link->company).company.slug;
    if (declared != order.declared.end() && declared->second != slug) {
      return ask(
          fmt::format("company {} of the host is \"{}\" already and cannot become \"{}\"", id, slug, declared->second),
          fmt::format("Call the [[company]] with host_id = \"{}\" \"{}\".", id, slug));
    }
    return Chosen{std::move(slug), true};
  }
  if (declared != order.declared.end()) {
    const auto known = directory.find_company(declared->second);
    if (known && store::HostCompanies(store).is_linked(known->id)) {
      return ask(fmt::format("\"{}\" is another company of the host already", declared->second),
                 fmt::format("Give the [[company]] with host_id = \"{}\" another slug.", id));
    }
    return Chosen{declared->second};
  }
  if (const auto slug = slug_of(row.name); is_unexplained(store, order, slug)) {
    // Anyone may call a workshop as they like: a name alone must not put the accounts of one into the hands of another.
    return ask(
        fmt::format("company {} of the host has the name of the configured \"{}\"", id, slug),
        fmt::format("If it is the same, add host_id = \"{}\" to that [[company]]; if not, host_id = \"none\".", id));
  }
  // The workshop's name, with the host's id behind it where the name alone is taken.
  auto slug = slug_of(row.name);
  if (slug.empty())
    slug = "taller-" + id;
  else if (is_taken(directory, order, slug))
    slug += "-" + id;
  if (is_taken(directory, order, slug)) {
    return ask(fmt::format("company {} of the host finds its slug \"{}\" taken", id, slug),
               fmt::format("Add a [[company]] with a slug of its own and host_id = \"{}\".", id));
  }
  return Chosen{std::move(slug)};
}

}  // namespace

std::optional<store::StoredCompany> sync_company(store::Database& store, const CompanyRows& rows,
                                                 const SyncOrder& order, core::Instant now, Writer& writer,
                                                 SyncReport& report) {
  store::Directory directory(store);
  const auto chosen = choose(store, rows.company, order, report);
  if (!chosen) return std::nullopt;
  const auto stored = directory.find_company(chosen->slug);
  auto known = stored ? stored->company : core::Company{};
  known.slug = chosen->slug;
  const auto accounts = known.accounts;
  auto mapped = company_of(rows.company, rows.settings, std::move(known), report.companies.notes);
  if (const auto* refusal = std::get_if<Refusal>(&mapped)) {
    ++report.companies.refused;
    ++report.companies.notes["refused: " + refusal->reason];
    return std::nullopt;
  }
  auto company = order.overlay(std::get<core::Company>(std::move(mapped)));
  company.accounts = accounts;  // the store's: with sealed passwords
  if (stored && stored->company == company && chosen->linked) {
    ++report.companies.unchanged;
    return stored;
  }
  writer.atomically([&] {
    report.companies.count(directory.upsert_company(company, now));
    if (!chosen->linked) {
      store::HostCompanies(store).link(std::to_string(rows.company.id), directory.find_company(company.slug)->id, now);
    }
  });
  return directory.find_company(company.slug);
}

}  // namespace egarage::host
