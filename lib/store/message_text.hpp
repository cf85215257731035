#pragma once

#include "store/database.hpp"
#include "store/identifiers.hpp"
#include "store/queue.hpp"

namespace egarage::store {

enum class Rewritten { yes, no };

/// Lets a notification say what `text` says (language, subject, body, payload; nothing else of it counts). Only while
/// it waits and was never tried: what may have been read stays as it was. `no`: it does not wait so, or says that
/// already.
Rewritten rewrite(Database& database, NotificationId id, const NewNotification& text);

}  // namespace egarage::store
