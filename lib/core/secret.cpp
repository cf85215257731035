#include "core/secret.hpp"

#include <sodium.h>

namespace egarage::core {

Secret::~Secret() { sodium_memzero(value_.data(), value_.size()); }

}  // namespace egarage::core
