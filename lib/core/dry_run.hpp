#pragma once

namespace egarage::core {

/// Whether a command only says what it would do. It decides by the same code, and writes and sends nothing.
enum class DryRun { no, yes };

}  // namespace egarage::core
