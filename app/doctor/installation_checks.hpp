#pragma once

#include "app/application.hpp"
#include "app/doctor/finding.hpp"

namespace egarage::app {

/// The store: there, of the right version, undamaged, writable. Throws nothing that a store can cause. The schedule:
/// whether process-queue ran lately. The clock: whether the store knows a later time.
void check_installation(Application& application, Findings& findings);

}  // namespace egarage::app
