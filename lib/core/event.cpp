#include "core/event.hpp"

#include <algorithm>

namespace egarage::core {

const EventTraits& traits(Event event) { return all_events[static_cast<std::size_t>(event)]; }

std::optional<Event> parse_event(std::string_view code) {
  const auto found = std::ranges::find(all_events, code, &EventTraits::code);
  if (found == all_events.end()) return std::nullopt;
  return found->event;
}

}  // namespace egarage::core
