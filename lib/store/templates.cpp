#include "store/templates.hpp"

#include "store/query.hpp"

namespace egarage::store {

std::vector<StoredTemplate> Templates::of(std::optional<CompanyId> owner) const {
  std::vector<StoredTemplate> result;
  Query query(database_,
              "SELECT name, text, updated_at FROM template WHERE coalesce(company_id, 0) = coalesce(?1, 0)"
              " ORDER BY name",
              owner);
  while (query.next()) result.push_back({query.text(0), query.text(1), query.instant(2)});
  return result;
}

std::optional<StoredTemplate> Templates::find(std::optional<CompanyId> owner, std::string_view name) const {
  Query query(database_,
              "SELECT name, text, updated_at FROM template WHERE coalesce(company_id, 0) = coalesce(?1, 0)"
              " AND name = ?2",
              owner, name);
  if (!query.next()) return std::nullopt;
  return StoredTemplate{query.text(0), query.text(1), query.instant(2)};
}

Upsert Templates::put(std::optional<CompanyId> owner, std::string_view name, std::string_view text, core::Instant now) {
  Upsert result = Upsert::unchanged;
  atomically(database_, [&] {
    const auto before = find(owner, name);
    if (before && before->text == text) return;
    result = before ? Upsert::changed : Upsert::created;
    execute(database_,
            "INSERT INTO template (company_id, name, text, updated_at) VALUES (?1, ?2, ?3, ?4)"
            " ON CONFLICT (coalesce(company_id, 0), name) DO UPDATE SET text = ?3, updated_at = ?4",
            owner, name, text, now);
  });
  return result;
}

bool Templates::remove(std::optional<CompanyId> owner, std::string_view name, core::Instant now) {
  bool removed = false;
  atomically(database_, [&] {
    // The trigger that audits takes its instant from the row.
    execute(database_,
            "UPDATE template SET updated_at = ?3 WHERE coalesce(company_id, 0) = coalesce(?1, 0) AND name = ?2", owner,
            name, now);
    removed = execute(database_, "DELETE FROM template WHERE coalesce(company_id, 0) = coalesce(?1, 0) AND name = ?2",
                      owner, name) > 0;
  });
  return removed;
}

}  // namespace egarage::store
