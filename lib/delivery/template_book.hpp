#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "store/template_blocks.hpp"

namespace egarage::delivery {

/// Which of an account's approved templates may be used. One that the provider refuses rests for hours, growing like
/// the rests of accounts; then a single message tries it, and the others wait for what comes of that.
class TemplateBook {
 public:
  TemplateBook() = default;
  explicit TemplateBook(std::vector<store::TemplateBlock> blocks);

  enum class Leave { send, wait, put_off };
  /// A message without a template may always go.
  Leave ask(const std::optional<store::TemplateName>& name, core::Instant now) const;
  /// Why it waits; only for a template that is out of use.
  const store::TemplateBlock& block_of(const store::TemplateName& name) const { return known_.at(name).block; }

  /// A message of it begins, or has ended without the provider saying anything about the template.
  void begin(const std::optional<store::TemplateName>& name);
  void end(const std::optional<store::TemplateName>& name);
  /// The provider refused it. What to keep; the same again when it rests already.
  const store::TemplateBlock& refused(const store::TemplateName& name, std::string reason, core::Instant now,
                                      double random);
  /// The provider took a message of it. Whether it was out of use until now.
  bool taken(const std::optional<store::TemplateName>& name);

 private:
  struct Known {
    store::TemplateBlock block;
    bool tried = false;  ///< a message of it is under way
  };
  std::map<store::TemplateName, Known> known_;
};

}  // namespace egarage::delivery
