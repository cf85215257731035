#pragma once

#include <string>
#include <string_view>

namespace egarage::core {

/// A host's key as one part of a dedup key, whose parts stand between `/`: its own `/` becomes `%2F`, and `%` becomes
/// `%25`, so that no two keys read alike (`PAGO_PENDIENTE/F%2F77/2026-12-01/T+3/email`). store/untold.cpp writes it in
/// SQL; a test compares the two.
std::string key_part(std::string_view host_key);

/// Cuts the part behind the last `/` off `key`; the whole of it when there is none.
std::string_view take_last_part(std::string_view& key);

}  // namespace egarage::core
