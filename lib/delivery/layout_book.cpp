#include "delivery/layout_book.hpp"

namespace egarage::delivery {

std::shared_ptr<const content::Shelf> LayoutBook::shelf_of(std::optional<store::CompanyId> owner,
                                                           const std::string& name) const {
  std::shared_ptr<content::Shelf> shelf;
  for (const char* text : {"layout.html", "layout.txt"}) {
    const auto stored = templates_.find(owner, text);
    if (!stored) continue;
    if (!shelf) shelf = std::make_shared<content::Shelf>(content::Level::company, name);
    shelf->put(*content::parse_text_key(text), stored->text);
  }
  return shelf;
}

std::shared_ptr<const content::EmailLayout> LayoutBook::find(std::optional<store::CompanyId> company,
                                                             const std::string& name) {
  std::vector<std::shared_ptr<const content::Shelf>> shelves;
  if (company) {
    if (auto own = shelf_of(company, name)) shelves.push_back(std::move(own));
  }
  if (auto platforms = shelf_of(std::nullopt, "platform")) shelves.push_back(std::move(platforms));
  if (shelves.empty()) return nullptr;
  if (!product_) product_ = content::Shelf::of_product();
  shelves.push_back(product_);
  try {
    return content::layout_from(shelves);
  } catch (const tmpl::TemplateError& error) {
    log_.layout_unusable(name, error.what());
    return nullptr;
  }
}

}  // namespace egarage::delivery
