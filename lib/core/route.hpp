#pragma once

#include <optional>
#include <vector>

#include "core/channel.hpp"
#include "core/enum_names.hpp"
#include "core/sending_hours.hpp"

namespace egarage::core {

/// Whether a message goes out on all channels of its event, or on the first that can reach the recipient.
enum class ChannelOrder { all, first };
inline constexpr EnumNames<ChannelOrder, 2> channel_order_names{
    {{ChannelOrder::all, "all"}, {ChannelOrder::first, "first"}}};

/// What follows when nobody can tell whether an attempt arrived.
enum class OnUncertain {
  resend,     ///< it goes out again: at least once
  reconcile,  ///< the provider is asked for it, twice, before it goes out again; where that cannot be asked: hold
  hold,       ///< a receipt or an operator decides: at most once
};
inline constexpr EnumNames<OnUncertain, 3> on_uncertain_names{
    {{OnUncertain::resend, "resend"}, {OnUncertain::reconcile, "reconcile"}, {OnUncertain::hold, "hold"}}};

/// How, and when, the messages of one event travel.
struct Route {
  std::vector<Channel> channels{Channel::email};  ///< best first where the order is `first`
  ChannelOrder order = ChannelOrder::all;
  std::optional<OnUncertain> on_uncertain;  ///< absent: the channel's own
  std::optional<SendingHours> hours{};      ///< absent: the company's

  bool operator==(const Route&) const = default;
};

}  // namespace egarage::core
