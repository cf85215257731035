#include "host/company_sync.hpp"

#include <fmt/format.h>

#include <unordered_map>

#include "host/mapping.hpp"
#include "store/maintenance_reminders.hpp"

namespace egarage::host {
namespace {

/// The host's own keys.
bool is_host_key(std::string_view key) { return key.find_first_not_of("0123456789") == key.npos; }

/// What the store has, by key, less what has been found at the host.
template <typename Row>
class Known {
 public:
  template <typename Table>
  Known(const Table& table, store::CompanyId company) {
    constexpr std::size_t portion = 10'000;
    std::string after;
    for (;;) {
      auto rows = table.list(company, after, portion);
      const bool last = rows.size() < portion;
      if (!rows.empty()) after = rows.back().key;
      for (auto& row : rows) {
        auto key = row.key;
        rows_.emplace(std::move(key), Entry{std::move(row)});
      }
      if (last) return;
    }
  }

  /// Null when the store does not have it.
  const Row* see(HostId id) {
    const auto found = rows_.find(std::to_string(id));
    if (found == rows_.end()) return nullptr;
    found->second.seen = true;
    return &found->second.row;
  }
  bool has(HostId id) const { return rows_.contains(std::to_string(id)); }

  /// Those of the host that were not seen.
  std::vector<Row> unseen() const {
    std::vector<Row> result;
    for (const auto& [key, entry] : rows_) {
      if (!entry.seen && is_host_key(key)) result.push_back(entry.row);
    }
    return result;
  }
  std::size_t size() const { return rows_.size(); }

 private:
  struct Entry {
    Row row;
    bool seen = false;
  };
  std::unordered_map<std::string, Entry> rows_;
};

void refuse(const Refusal& refusal, KindReport& report) {
  ++report.refused;
  ++report.notes["refused: " + refusal.reason];
}

}  // namespace

CompanySync::CompanySync(store::Database& store, const store::StoredCompany& company, const SyncOrder& order,
                         core::Instant now, Writer& writer, SyncReport& report)
    : store_(store),
      company_(company),
      order_(order),
      now_(now),
      writer_(writer),
      report_(report),
      zone_(core::TimeZone::locate(company.company.time_zone).value_or(core::TimeZone::utc())) {}

void CompanySync::sync(const CompanyRows& rows) {
  customers(rows);
  vehicles(rows);
  documents(rows);
  reminders(rows);
}

bool CompanySync::believed(std::size_t gone, std::size_t known, std::string_view kind) {
  constexpr std::size_t few = 20;
  if (gone == 0 || order_.extent == Extent::full || gone < few || gone <= known / 2) return true;
  report_.questions.push_back(
      {"", fmt::format("{}: the host lacks {} of {} {}", company_.company.slug, gone, known, kind),
       "If they were deleted on purpose, `egarage-notify sync --full` takes their deletion over."});
  return false;
}

void CompanySync::customers(const CompanyRows& rows) {
  store::Customers table(store_);
  Known<store::Customer> known(table, company_.id);
  std::vector<store::Customer> changed;
  for (const auto& row : rows.customers) {
    const auto* stored = known.see(row.id);
    auto customer = customer_of(row, stored, company_.company.country, report_.customers.notes);
    if (stored && *stored == customer)
      ++report_.customers.unchanged;
    else
      changed.push_back(std::move(customer));
  }
  const auto put = [&](const store::Customer& row) { return table.upsert(company_.id, row, now_); };
  writer_.put(changed, put, report_.customers);

  auto gone = known.unseen();
  if (!believed(gone.size(), known.size(), "customers")) return;
  std::erase_if(gone, [](const auto& customer) { return !customer.email && !customer.phone; });
  for (auto& customer : gone) customer.email = customer.phone = std::nullopt;
  KindReport closed;
  writer_.put(gone, put, closed);
  report_.customers.gone += closed.changed;
}

void CompanySync::vehicles(const CompanyRows& rows) {
  store::Vehicles table(store_);
  const store::Customers owners(store_);
  Known<store::Vehicle> known(table, company_.id);
  std::vector<store::Vehicle> changed;
  for (const auto& row : rows.vehicles) {
    const auto* stored = known.see(row.id);
    auto mapped = vehicle_of(row, stored, company_.company, report_.vehicles.notes);
    auto* vehicle = std::get_if<store::Vehicle>(&mapped);
    if (!vehicle) {
      refuse(std::get<Refusal>(mapped), report_.vehicles);
    } else if (stored && *stored == *vehicle) {
      ++report_.vehicles.unchanged;
    } else if (!owners.exists(company_.id, vehicle->customer)) {
      refuse({"its customer is not the company's"}, report_.vehicles);
    } else {
      changed.push_back(std::move(*vehicle));
    }
  }
  const auto put = [&](const store::Vehicle& row) {
    return table.upsert(company_.id, row, company_.company.country, now_);
  };
  writer_.put(changed, put, report_.vehicles);

  auto gone = known.unseen();
  if (!believed(gone.size(), known.size(), "vehicles")) return;
  std::erase_if(gone, [](const auto& vehicle) { return vehicle.sold; });
  for (auto& vehicle : gone) vehicle.sold = true;
  KindReport closed;
  writer_.put(gone, put, closed);
  report_.vehicles.gone += closed.changed;
}

void CompanySync::documents(const CompanyRows& rows) {
  store::Documents table(store_);
  std::vector<store::Document> changed;
  // Several questions a document: under one lock.
  store_.snapshot([&] {
    for (const auto& row : rows.documents) {
      if (auto document = changed_document(row)) changed.push_back(*std::move(document));
    }
  });
  writer_.put(
      changed, [&](const store::Document& row) { return table.upsert(company_.id, row, now_); }, report_.documents);
}

std::optional<store::Document> CompanySync::changed_document(const DocumentRow& row) {
  const auto refused = [&](const Refusal& refusal) {
    refuse(refusal, report_.documents);
    return std::nullopt;
  };
  const auto stored = store::Documents(store_).find(company_.id, std::to_string(row.id));
  auto mapped = document_of(row, stored ? &*stored : nullptr, company_.company, zone_, report_.documents.notes);
  auto* document = std::get_if<store::Document>(&mapped);
  if (!document) return refused(std::get<Refusal>(mapped));
  if (stored && *stored == *document) {
    ++report_.documents.unchanged;
    return std::nullopt;
  }
  if (!store::Customers(store_).exists(company_.id, document->customer))
    return refused({"its customer is not the company's"});
  if (document->vehicle && !store::Vehicles(store_).exists(company_.id, *document->vehicle))
    return refused({"its vehicle is not the company's"});
  return *std::move(document);
}

void CompanySync::reminders(const CompanyRows& rows) {
  store::MaintenanceReminders table(store_);
  const store::Vehicles vehicles(store_);
  Known<store::MaintenanceReminder> known(table, company_.id);
  std::vector<const ReminderRow*> changed;
  for (const auto& row : rows.reminders) {
    const auto* stored = known.see(row.id);
    const auto mapped = reminder_of(row, stored, zone_, now_, report_.reminders.notes);
    const auto* reminder = std::get_if<store::MaintenanceReminder>(&mapped);
    if (!reminder) {
      refuse(std::get<Refusal>(mapped), report_.reminders);
    } else if (stored && *stored == *reminder) {
      ++report_.reminders.unchanged;
    } else if (!vehicles.exists(company_.id, reminder->vehicle)) {
      refuse({"its vehicle is not the company's"}, report_.reminders);
    } else {
      changed.push_back(&row);
    }
  }
  const auto put = [&](const store::MaintenanceReminder& row) { return table.upsert(company_.id, row, now_); };
  // Mapped once more in the transaction that writes it: a producer may have taken a step with it meanwhile.
  const auto put_row = [&](const ReminderRow* row) {
    Notes noted_before;
    const auto stored = table.find(company_.id, std::to_string(row->id));
    return put(std::get<store::MaintenanceReminder>(
        reminder_of(*row, stored ? &*stored : nullptr, zone_, now_, noted_before)));
  };
  writer_.put(changed, put_row, report_.reminders);

  auto gone = known.unseen();
  std::erase_if(gone, [](const auto& reminder) { return reminder.source != store::ReminderSource::import; });
  if (!believed(gone.size(), known.size(), "reminders")) return;
  using store::ReminderState;
  std::erase_if(gone, [](const auto& reminder) {
    return reminder.state == ReminderState::done || reminder.state == ReminderState::cancelled;
  });
  for (auto& reminder : gone) reminder.state = ReminderState::cancelled;
  KindReport closed;
  writer_.put(gone, put, closed);
  report_.reminders.gone += closed.changed;
}

HostId CompanySync::settled(const CompanyRows& rows, HostId before) const {
  const auto today = core::Date{std::chrono::floor<std::chrono::days>(zone_.to_local(now_))};
  const auto first = core::Date{std::chrono::sys_days{today} - order_.recheck};
  // A date far ahead is a typing error, and must not keep everything after it from being settled.
  const auto last = core::Date{std::chrono::sys_days{today} + order_.recheck};
  auto settled = before;
  std::optional<HostId> first_recent;
  for (const auto& row : rows.documents) {
    settled = std::max(settled, row.id);
    const auto date = local_day(row.date, zone_);
    if (date && *date >= first && *date <= last) first_recent = std::min(first_recent.value_or(row.id), row.id);
  }
  return first_recent ? *first_recent - 1 : settled;
}

}  // namespace egarage::host
