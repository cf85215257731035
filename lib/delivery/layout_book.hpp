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

  /// The company's own, or the platform's. Null: the product's.
  std::shared_ptr<const content::EmailLayout> of_company(store::CompanyId company, const std::string& slug);
  /// The one for all companies without their own. Null: the product's.
  std::shared_ptr<const content::EmailLayout> of_platform();

 private:
  using Shelves = std::vector<std::shared_ptr<const content::Shelf>>;
  /// The platform's, if it has one, and the product's.
  const Shelves& common_shelves();
  std::shared_ptr<const content::EmailLayout> parse(const Shelves& shelves, const std::string& whose);

  store::Templates templates_;
  RunLog log_;
  Shelves common_shelves_;
  std::optional<std::shared_ptr<const content::EmailLayout>> of_platform_;  ///< once it was looked for
};

}  // namespace egarage::delivery
