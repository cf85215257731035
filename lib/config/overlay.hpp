#pragma once

#include "config/configuration.hpp"

namespace egarage::config {

/// The company with what its [[company]] says put in the place of its own; what that does not mention stays as it is.
/// Accounts are always the configuration's.
core::Company overlay(core::Company company, const core::Company& declared, const Declaration& declaration);

}  // namespace egarage::config
