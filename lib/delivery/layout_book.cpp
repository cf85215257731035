#include "delivery/layout_book.hpp"

namespace egarage::delivery {

namespace {

/// Null when the owner has no layout.
std::shared_ptr<const content::Shelf> shelf_of(const store::Templates& templates, content::Level level,
                                               std::optional<store::CompanyId> owner, const std::string& label) {
  std::shared_ptr<content::Shelf> shelf;
  for (const char* name : {"layout.html", "layout.txt"}) {
    const auto stored = templates.find(owner, name);
    if (!stored) continue;
    if (!shelf) shelf = std::make_shared<content::Shelf>(level, label);
    shelf->put(*content::parse_text_key(name), stored->text);
  }
  return shelf;
}

}  // namespace

const LayoutBook::Shelves& LayoutBook::common_shelves() {
  if (common_shelves_.empty()) {
    if (auto platforms = shelf_of(templates_, content::Level::platform, std::nullopt, "platform")) {
      common_shelves_.push_back(std::move(platforms));
    }
    common_shelves_.push_back(content::Shelf::of_product());
  }
  return common_shelves_;
}

std::shared_ptr<const content::EmailLayout> LayoutBook::parse(const Shelves& shelves, const std::string& whose) {
  try {
    return content::layout_from(shelves);
  } catch (const tmpl::TemplateError& error) {
    log_.layout_unusable(whose, error.what());
    return nullptr;
  }
}

std::shared_ptr<const content::EmailLayout> LayoutBook::of_platform() {
  if (!of_platform_) of_platform_ = common_shelves().size() == 1 ? nullptr : parse(common_shelves(), "platform");
  return *of_platform_;
}

std::shared_ptr<const content::EmailLayout> LayoutBook::of_company(store::CompanyId company, const std::string& slug) {
  auto own = shelf_of(templates_, content::Level::company, company, slug);
  if (!own) return of_platform();
  auto shelves = common_shelves();
  shelves.insert(shelves.begin(), std::move(own));
  return parse(shelves, slug);
}

}  // namespace egarage::delivery
