#include "store/template_blocks.hpp"

#include <fmt/format.h>

#include "store/query.hpp"

namespace egarage::store {

std::vector<TemplateBlock> TemplateBlocks::of(const AccountKey& account) const {
  std::vector<TemplateBlock> blocks;
  Query query(database_,
              "SELECT b.template, b.language, b.reason, b.retry_at, b.failures FROM account a JOIN template_block b"
              " ON b.account_id = a.id WHERE coalesce(a.company_id, 0) = coalesce(?1, 0) AND a.channel = ?2",
              account.company, core::to_string(account.channel));
  while (query.next()) {
    blocks.push_back(
        {{query.text(0), query.text(1)}, query.text(2), query.instant(3), static_cast<int>(query.integer(4))});
  }
  return blocks;
}

void TemplateBlocks::put(const AccountKey& account, const TemplateBlock& block, core::Instant now) {
  execute(database_,
          "INSERT INTO template_block (account_id, template, language, reason, retry_at, failures, updated_at)"
          " SELECT id, ?3, ?4, ?5, ?6, ?7, ?8 FROM account WHERE coalesce(company_id, 0) = coalesce(?1, 0)"
          " AND channel = ?2 ON CONFLICT (account_id, template, language)"
          " DO UPDATE SET reason = ?5, retry_at = ?6, failures = ?7, updated_at = ?8",
          account.company, core::to_string(account.channel), block.name.name, block.name.language, block.reason,
          block.retry_at, block.failures, now);
}

void TemplateBlocks::lift(const AccountKey& account, const TemplateName& name, core::Instant now) {
  // The audit takes the time of its removal from the row.
  execute(database_,
          "UPDATE template_block SET updated_at = ?5 WHERE template = ?3 AND language = ?4 AND account_id ="
          " (SELECT id FROM account WHERE coalesce(company_id, 0) = coalesce(?1, 0) AND channel = ?2)",
          account.company, core::to_string(account.channel), name.name, name.language, now);
  execute(database_,
          "DELETE FROM template_block WHERE template = ?3 AND language = ?4 AND account_id = (SELECT id FROM account"
          " WHERE coalesce(company_id, 0) = coalesce(?1, 0) AND channel = ?2)",
          account.company, core::to_string(account.channel), name.name, name.language);
}

std::string waits_for_template(const TemplateBlock& block) {
  return fmt::format("waits for the template {} ({}): {}", block.name.name, block.name.language, block.reason);
}

namespace {

bool is_any_blocked(Database& database) {
  Query query(database, "SELECT 1 FROM template_block LIMIT 1");
  return query.next();
}

}  // namespace

void lift_template_blocks(Database& database, const AccountKey& account, core::Instant now) {
  if (!is_any_blocked(database)) return;
  for (const auto& block : TemplateBlocks{database}.of(account))
    TemplateBlocks{database}.lift(account, block.name, now);
  execute(database,
          "UPDATE OR ROLLBACK notification SET due_at = ?3, reason = '', updated_at = ?3"
          " WHERE reason <> '' AND due_at > ?3 AND run_id IS NULL AND channel = ?2"
          " AND (company_id = ?1 OR (?1 IS NULL AND sent_by = 'platform')) AND (?1 IS NULL OR sent_by = 'company')"
          " AND reason LIKE 'waits for the template %'",
          account.company, core::to_string(account.channel), now);
}

void lift_template_blocks(Database& database, std::optional<CompanyId> company, core::Instant now) {
  if (!is_any_blocked(database)) return;
  execute(database,
          "UPDATE template_block SET updated_at = ?2 WHERE ?1 IS NULL OR account_id IN (SELECT id FROM account WHERE"
          " company_id = ?1 OR company_id IS NULL)",
          company, now);
  execute(database,
          "DELETE FROM template_block WHERE ?1 IS NULL OR account_id IN (SELECT id FROM account WHERE company_id = ?1"
          " OR company_id IS NULL)",
          company);
  execute(database,
          "UPDATE OR ROLLBACK notification SET due_at = ?2, reason = '', updated_at = ?2"
          " WHERE reason <> '' AND due_at > ?2 AND run_id IS NULL AND (?1 IS NULL OR company_id = ?1)"
          " AND reason LIKE 'waits for the template %'",
          company, now);
}

}  // namespace egarage::store
