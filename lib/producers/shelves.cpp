#include "producers/shelves.hpp"

namespace egarage::producers {

std::shared_ptr<const content::Shelf> shelf_of(content::Level level, const std::string& label,
                                               const std::vector<store::StoredTemplate>& texts) {
  auto shelf = std::make_shared<content::Shelf>(level, label);
  for (const auto& stored : texts) {
    if (const auto key = content::parse_text_key(stored.name)) shelf->put(*key, stored.text);
  }
  return shelf;
}

}  // namespace egarage::producers
