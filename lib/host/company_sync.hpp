#pragma once

#include <optional>

#include "host/rows.hpp"
#include "host/sync.hpp"
#include "host/writer.hpp"
#include "store/directory.hpp"
#include "store/documents.hpp"
#include "store/host_companies.hpp"

namespace egarage::host {

/// The company that the host's row is, created or brought in line; empty when it cannot be taken (the report says why).
std::optional<store::StoredCompany> sync_company(store::Database& store, const CompanyRows& rows,
                                                 const SyncOrder& order, core::Instant now, Writer& writer,
                                                 SyncReport& report);

/// Its customers, vehicles, documents and reminders.
class CompanySync {
 public:
  CompanySync(store::Database& store, const store::StoredCompany& company, const SyncOrder& order, core::Instant now,
              Writer& writer, SyncReport& report);

  void sync(const CompanyRows& rows);
  /// The host's documents up to this id need not be read again: those after it are new, or dated within `recheck` days.
  HostId settled(const CompanyRows& rows, HostId before) const;

 private:
  void customers(const CompanyRows& rows);
  void vehicles(const CompanyRows& rows);
  void documents(const CompanyRows& rows);
  void reminders(const CompanyRows& rows);
  /// As it is to be stored; empty when it is stored so already, or cannot be.
  std::optional<store::Document> changed_document(const DocumentRow& row);
  bool believed(std::size_t gone, std::size_t known, std::string_view kind);

  store::Database& store_;
  const store::StoredCompany& company_;
  const SyncOrder& order_;
  core::Instant now_;
  Writer& writer_;
  SyncReport& report_;
  core::TimeZone zone_;
};

}  // namespace egarage::host
