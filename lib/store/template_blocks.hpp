#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/queue.hpp"

namespace egarage::store {

/// An approved template that the provider refuses to send, for whichever message.
struct TemplateBlock {
  TemplateName name;
  std::string reason;      ///< what the provider said
  core::Instant retry_at;  ///< from then on one message may try again
  int failures = 1;        ///< in a row
};

/// The templates of accounts that are out of use. Every change is audited.
class TemplateBlocks {
 public:
  explicit TemplateBlocks(Database& database) : database_(database) {}

  std::vector<TemplateBlock> of(const AccountKey& account) const;
  /// Notes the block, or what has become of it. Nothing happens when the account is gone.
  void put(const AccountKey& account, const TemplateBlock& block, core::Instant now);
  /// The provider took a message of it. It is no error if there is no such block.
  void lift(const AccountKey& account, const TemplateName& name, core::Instant now);

 private:
  Database& database_;
};

/// Why a message waits whose template is out of use. lift_template_blocks() finds such messages by the beginning.
std::string waits_for_template(const TemplateBlock& block);

/// Lets the account's templates be tried again, and the messages that wait for them go at once.
void lift_template_blocks(Database& database, const AccountKey& account, core::Instant now);
/// The same for all accounts that send for the company, or for everybody.
void lift_template_blocks(Database& database, std::optional<CompanyId> company, core::Instant now);

}  // namespace egarage::store
