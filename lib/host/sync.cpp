#include "host/sync.hpp"

#include <fmt/format.h>

#include "core/platform/process.hpp"
#include "host/company_sync.hpp"
#include "host/reader.hpp"

namespace egarage::host {
namespace {

/// Leaves a transaction so that nothing of it stays.
struct RehearsalIsOver {};

class Sync {
 public:
  Sync(Database& host, store::Database& store, const SyncOrder& order, core::Instant now)
      : reader_(host), store_(store), order_(order), now_(now), writer_(store, order.dry_run) {}

  SyncReport run() {
    std::set<std::string> seen;
    for (const auto id : reader_.companies()) {
      if (core::platform::stop_signal()) return std::move(report_);
      seen.insert(std::to_string(id));
      const auto link = store::HostCompanies(store_).find(std::to_string(id));
      const auto settled = link && order_.extent == Extent::recent ? link->settled_document : 0;
      if (const auto rows = reader_.read(id, settled)) rehearsed([&] { link ? take(*rows) : take_new(*rows); });
    }
    for (const auto& link : store::HostCompanies(store_).all()) {
      if (!seen.contains(link.host_id)) rehearsed([&] { close(link); });
    }
    return std::move(report_);
  }

 private:
  void rehearsed(const std::function<void()>& work) {
    if (order_.dry_run == core::DryRun::no) return work();
    try {
      store_.transaction([&] {
        work();
        throw RehearsalIsOver{};
      });
    } catch (const RehearsalIsOver&) {
    }
  }

  /// A commit a company instead of one a kind: there may be thousands of them on the first day.
  void take_new(const CompanyRows& rows) {
    const auto count = rows.customers.size() + rows.vehicles.size() + rows.documents.size() + rows.reminders.size();
    count <= Writer::rows_per_commit ? writer_.together([&] { take(rows); }) : take(rows);
  }

  void take(const CompanyRows& rows) {
    std::optional<store::StoredCompany> company;
    const auto found = [&] { company = sync_company(store_, rows, order_, now_, writer_, report_); };
    // A new one is looked for and made in one transaction: another sync may be at work.
    const bool linked = store::HostCompanies(store_).find(std::to_string(rows.company.id)).has_value();
    linked ? found() : writer_.together(found);
    if (!company) return;
    CompanySync work(store_, *company, order_, now_, writer_, report_);
    work.sync(rows);
    store::HostCompanies links(store_);
    const auto id = std::to_string(rows.company.id);
    const auto before = links.find(id)->settled_document;
    if (const auto settled = work.settled(rows, before); settled != before) links.settle_documents(id, settled);
  }

  /// The host has deleted the company.
  void close(const store::HostCompany& link) {
    const auto company = store::Directory(store_).company(link.company);
    if (order_.extent == Extent::recent) {
      report_.questions.push_back({link.host_id,
                                   fmt::format("{}: the host no longer has this company", company.company.slug),
                                   "If that is right, `egarage-notify sync --full` closes what is open of it."});
      return;
    }
    CompanySync(store_, company, order_, now_, writer_, report_).sync({});
  }

  Reader reader_;
  store::Database& store_;
  const SyncOrder& order_;
  core::Instant now_;
  Writer writer_;
  SyncReport report_;
};

}  // namespace

SyncReport sync(Database& host, store::Database& store, const SyncOrder& order, core::Instant now) {
  return Sync(host, store, order, now).run();
}

}  // namespace egarage::host
