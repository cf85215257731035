#pragma once

#include <memory>
#include <string>
#include <vector>

#include "content/shelf.hpp"
#include "store/templates.hpp"

namespace egarage::producers {

/// The texts of one owner in the store as a shelf; empty when there are none.
std::shared_ptr<const content::Shelf> shelf_of(content::Level level, const std::string& label,
                                               const std::vector<store::StoredTemplate>& texts);

}  // namespace egarage::producers
