#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/instant.hpp"
#include "store/database.hpp"
#include "store/directory.hpp"

namespace egarage::store {

/// A text that stands in the place of the product's.
struct StoredTemplate {
  std::string name;  ///< `documento_creado.sms.es`; content::TextKey says what it means
  std::string text;
  core::Instant updated_at;
};

/// The texts of companies, and of the platform for all companies (an empty `owner`). What a text may say is not this
/// folder's business; it keeps them and audits every change.
class Templates {
 public:
  explicit Templates(Database& database) : database_(database) {}

  /// Sorted by name.
  std::vector<StoredTemplate> of(std::optional<CompanyId> owner) const;
  std::optional<StoredTemplate> find(std::optional<CompanyId> owner, std::string_view name) const;
  Upsert put(std::optional<CompanyId> owner, std::string_view name, std::string_view text, core::Instant now);
  /// Whether there was one.
  bool remove(std::optional<CompanyId> owner, std::string_view name, core::Instant now);

 private:
  Database& database_;
};

}  // namespace egarage::store
