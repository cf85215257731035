#include "channels/http/ruling.hpp"

#include <algorithm>
#include <utility>

namespace egarage::channels::http {

namespace {

using Reason = Rejected::Reason;
using Scope = Deferred::Scope;
using State = Standing::State;

Verdict returned(State state, Reply reply, std::optional<std::chrono::seconds> wait) {
  Standing standing{state, reply, wait};
  return {Returned{std::move(reply)}, std::move(standing)};
}

}  // namespace

Verdict make_verdict(Ruling ruling, Reply reply, std::optional<std::chrono::seconds> wait, std::string provider_id) {
  switch (ruling) {
    case Ruling::accept:
      return {Accepted{std::move(reply), std::move(provider_id)}, {}};
    case Ruling::retry:
      return {Deferred{std::move(reply), wait}, {}};
    case Ruling::wait_for_recipient:
      return {Deferred{std::move(reply), wait, Scope::recipient}, {}};
    case Ruling::window_closed:
      return {Deferred{std::move(reply), std::nullopt, Scope::window}, {}};
    case Ruling::pause:
      return returned(State::paused, std::move(reply), wait);
    case Ruling::block:
      return returned(State::blocked, std::move(reply), wait);
    case Ruling::reject:
      return {Rejected{std::move(reply), Reason::message}, {}};
    case Ruling::bad_address:
      return {Rejected{std::move(reply), Reason::address}, {}};
    case Ruling::opt_out:
      return {Rejected{std::move(reply), Reason::opt_out}, {}};
    case Ruling::promotion_opt_out:
      return {Rejected{std::move(reply), Reason::promotion_opt_out}, {}};
    case Ruling::template_refused:
      return {TemplateRefused{std::move(reply)}, {}};
    case Ruling::uncertain:
      break;
  }
  return {Uncertain{std::move(reply)}, {}};
}

std::optional<std::chrono::seconds> wait_after(std::chrono::seconds in_table, const Answer& answer) {
  const std::chrono::seconds wished =
      std::min<std::chrono::seconds>(answer.retry_after.value_or(in_table), longest_wait);
  const auto wait = std::max(in_table, wished);
  if (wait <= std::chrono::seconds::zero()) return std::nullopt;
  return wait;
}

Ruling ruling_of_status(int status) {
  switch (status) {
    case 401:
    case 403:
    case 404:  // no such API at this address
    case 407:
      return Ruling::block;
    case 408:  // §15.5.9: the request did not arrive in full
      return Ruling::retry;
    case 429:  // RFC 6585 §4
      return Ruling::pause;
    default:
      break;
  }
  if (status >= 300 && status < 400) return Ruling::block;  // redirects are not followed: the address is wrong
  return status >= 400 && status < 500 ? Ruling::reject : Ruling::uncertain;
}

}  // namespace egarage::channels::http
