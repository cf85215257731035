#pragma once

#include "core/enum_names.hpp"

namespace egarage::core {

/// What is done to a vehicle. The codes are a public contract of the host application.
enum class MaintenanceType {
  aceite,
  frenos,
  neumaticos,
  revision_general,
  alineacion,
  bateria,
  filtros,
  bujias,
  correa_distribucion,
  personalizado,  ///< what it is, its description says
};

inline constexpr EnumNames<MaintenanceType, 10> maintenance_type_names{
    {{MaintenanceType::aceite, "ACEITE"},
     {MaintenanceType::frenos, "FRENOS"},
     {MaintenanceType::neumaticos, "NEUMATICOS"},
     {MaintenanceType::revision_general, "REVISION_GENERAL"},
     {MaintenanceType::alineacion, "ALINEACION"},
     {MaintenanceType::bateria, "BATERIA"},
     {MaintenanceType::filtros, "FILTROS"},
     {MaintenanceType::bujias, "BUJIAS"},
     {MaintenanceType::correa_distribucion, "CORREA_DISTRIBUCION"},
     {MaintenanceType::personalizado, "PERSONALIZADO"}}};

}  // namespace egarage::core
