#pragma once

#include <string>

namespace egarage::core {

/// An approved template, as Meta tells them apart.
struct WhatsappTemplateName {
  std::string name, language;  ///< `egarage_pago_pendiente_v1`, `es_CL`
  auto operator<=>(const WhatsappTemplateName&) const = default;
};

}  // namespace egarage::core
