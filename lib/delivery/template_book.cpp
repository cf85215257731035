#include "delivery/template_book.hpp"

#include "delivery/retry_policy.hpp"

namespace egarage::delivery {

namespace {

/// Whoever repairs a template waits for Meta's review, which takes hours.
constexpr RetryPolicy rests{
    .first = std::chrono::hours{1}, .longest = std::chrono::hours{24}, .give_up_after = {}, .max_attempts = 0};

}  // namespace

TemplateBook::TemplateBook(std::vector<store::TemplateBlock> blocks) {
  for (auto& block : blocks) {
    auto name = block.name;
    known_.emplace(std::move(name), Known{std::move(block)});
  }
}

TemplateBook::Leave TemplateBook::ask(const std::optional<store::TemplateName>& name, core::Instant now) const {
  if (known_.empty() || !name) return Leave::send;
  const auto known = known_.find(*name);
  if (known == known_.end()) return Leave::send;
  const auto retry_at = known->second.block.retry_at;
  // Longer rests than that can only be the work of a clock that was wrong.
  if (retry_at > now && retry_at <= now + 2 * rests.longest) return Leave::put_off;
  return known->second.tried ? Leave::wait : Leave::send;
}

void TemplateBook::begin(const std::optional<store::TemplateName>& name) {
  if (known_.empty() || !name) return;
  if (const auto known = known_.find(*name); known != known_.end()) known->second.tried = true;
}

void TemplateBook::end(const std::optional<store::TemplateName>& name) {
  if (known_.empty() || !name) return;
  if (const auto known = known_.find(*name); known != known_.end()) known->second.tried = false;
}

const store::TemplateBlock& TemplateBook::refused(const store::TemplateName& name, std::string reason,
                                                  core::Instant now, double random) {
  auto& known = known_.try_emplace(name, Known{{name, {}, now, 0}}).first->second;
  auto& block = known.block;
  known.tried = false;
  if (block.failures > 0 && block.retry_at > now) return block;  // several were under way
  ++block.failures;
  block.reason = std::move(reason);
  block.retry_at = now + backoff(rests, block.failures, random);
  return block;
}

bool TemplateBook::taken(const std::optional<store::TemplateName>& name) {
  return !known_.empty() && name && known_.erase(*name) > 0;
}

}  // namespace egarage::delivery
