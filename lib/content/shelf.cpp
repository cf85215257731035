#include "content/shelf.hpp"

#include <fmt/format.h>

#include "content/embedded_files.hpp"

namespace egarage::content {

std::shared_ptr<const Shelf> Shelf::of_product() {
  auto shelf = std::make_shared<Shelf>(Level::product, "");
  for (const auto& file : embedded_files()) {
    if (const auto key = text_key_of_path(file.path)) shelf->put(*key, std::string{file.text});
  }
  return shelf;
}

void Shelf::put(const TextKey& key, std::string text) {
  parsed_.erase(key);
  texts_.insert_or_assign(key, std::move(text));
}

const std::string* Shelf::text(const TextKey& key) const {
  const auto found = texts_.find(key);
  return found == texts_.end() ? nullptr : &found->second;
}

const MessageTemplate* Shelf::find(const TextKey& key) const {
  const auto known = parsed_.find(key);
  if (known != parsed_.end()) return &known->second;
  const auto* source = text(key);
  if (!source) return nullptr;
  return &parsed_.emplace(key, MessageTemplate::parse(key, name_of(key), *source)).first->second;
}

std::string Shelf::name_of(const TextKey& key) const {
  return label_.empty() ? path_of(key) : fmt::format("{}/{}", label_, path_of(key));
}

}  // namespace egarage::content
