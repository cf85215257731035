#include "channels/http/message_search.hpp"

#include <iterator>
#include <utility>

#include "channels/record.hpp"

namespace egarage::channels::http {

std::variant<Request, LookupResult> MessageSearch::read(const Provider& provider, const Call& call,
                                                        const Answer& answer, const Reach& reach) {
  auto page = answer.status == 200 ? provider.read_lookup(lookup_, answer) : std::nullopt;
  if (!page) return unanswered({Phase::lookup, answer.status, {}, "the answer is no list of messages"});
  ids_.insert(ids_.end(), std::make_move_iterator(page->ids.begin()), std::make_move_iterator(page->ids.end()));
  if (!page->next) return conclude(answer.status);
  if (++pages_ == most_pages) {
    if (!ids_.empty()) return conclude(answer.status);
    return unanswered({Phase::lookup, answer.status, {}, "the list of messages has too many pages"});
  }
  // The login travels with it, so only to where it has been already.
  const auto checked = check_target(*page->next, reach);
  const auto* target = std::get_if<Target>(&checked);
  if (target == nullptr || !same_server(*target, call.target())) {
    return unanswered({Phase::lookup, answer.status, {}, "the list of messages goes on at another server"});
  }
  Request next = call.request();
  next.url = std::move(*page->next);
  return next;
}

LookupResult MessageSearch::conclude(int status) const {
  using enum LookupResult::Answer;
  const Reply reply{Phase::lookup, status, {}, {}};
  if (ids_.empty()) return {lookup_.token, absent, {}, 0, reply};
  return {lookup_.token, found, ids_.back(), ids_.size(), reply};
}

LookupResult MessageSearch::unanswered(Reply why) const {
  why.phase = Phase::lookup;
  return {lookup_.token, LookupResult::Answer::unanswered, {}, 0, std::move(why)};
}

}  // namespace egarage::channels::http
