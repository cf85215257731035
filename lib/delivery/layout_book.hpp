#pragma once

#include <memory>
#include <string>

#include "content/email_layout.hpp"
#include "delivery/run_log.hpp"
#include "store/templates.hpp"

namespace egarage::delivery {

/// The e-mail layouts that a run uses. One that cannot be parsed costs nobody a message: the product's stands in, and
/// the log says so.
class LayoutBook {
 public:
  LayoutBook(store::Database& database, RunLog log) : templates_(database), log_(log) {}

  /// The company's own, or the platform's for all (an empty `company` asks for that one). Null: the product's.
  std::shared_ptr<const content::EmailLayout> find(std::optional<store::CompanyId> company, const std::string& name);

 private:
  std::shared_ptr<const content::Shelf> shelf_of(std::optional<store::CompanyId> owner, const std::string& name) const;

  store::Templates templates_;
  RunLog log_;
  std::shared_ptr<const content::Shelf> product_;
};

}  // namespace egarage::delivery
