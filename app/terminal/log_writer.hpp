#pragma once

#include <functional>
#include <memory>

#include "config/configuration.hpp"
#include "core/event_log.hpp"
#include "core/instant.hpp"

namespace egarage::app {

/// Writes `2026-11-22T15:04:05Z accepted id=12 company=taller-sur` lines, or one JSON object per line; below `info` the
/// level is named too. Each record is one write in append mode, so that several runs share a file (created 0600), and a
/// file that was rotated away is left for a new one within a second. Control characters never reach the log. Never
/// throws: the first failure is one warning on stderr.
std::unique_ptr<core::EventLog> make_log_writer(config::LogSettings settings, std::function<core::Instant()> clock);

}  // namespace egarage::app
