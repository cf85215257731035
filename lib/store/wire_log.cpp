#include "store/wire_log.hpp"

#include <fmt/format.h>

#include <atomic>
#include <cassert>
#include <cstring>
#include <system_error>

#include "core/platform/files.hpp"
#include "store/query.hpp"
#include "store/settlement_record.hpp"

namespace egarage::store {

namespace {

/// The file: who it belongs to, the newest attempt that went on the wire, the slots of attempts, the answers in two
/// halves. Numbers are the machine's own; nobody else reads them.
struct Layout {
  char identity[1000];
  std::int64_t newest;
  std::uint64_t answers_used[2];
  std::int64_t slots[WireLog::slots];
  char answers[2][WireLog::answers_size];
};
static_assert(std::is_trivially_copyable_v<Layout>);

Layout& layout_of(const core::platform::MappedFile& file) { return *reinterpret_cast<Layout*>(file.memory().data()); }

/// In this order for whoever reads after the process's death: nothing before it is written later.
template <typename Number>
void publish(Number& place, Number value) {
  std::atomic_ref{place}.store(value, std::memory_order_release);
}

std::filesystem::path path_of(const Database& database, RunId run) {
  auto path = database.path();
  return path += fmt::format(".wire-{}", run.value);
}

/// A file, as it can be told from any other of that name; empty when it is not there.
std::string name_of(const std::filesystem::path& path) {
  const auto identity = core::platform::file_identity(path);
  if (!identity) return {};
  return fmt::format("{}:{} of {}", identity->device, identity->number, core::platform::file_birth(path));
}

/// What only this run's log beside this store can begin with. The store tells runs of the same number apart by process
/// and second; a copy of the log is another file, and a copy of the store another store.
std::optional<std::string> identity_of(Database& database, RunId run, const std::filesystem::path& path) {
  const auto boot = core::platform::boot_id();
  const auto store = name_of(database.path()), own = name_of(path);
  if (!boot || store.empty() || own.empty()) return std::nullopt;
  Query query(database, "SELECT process_id, host, started_at FROM run WHERE id = ?1", run);
  if (!query.next()) return std::nullopt;
  auto text =
      fmt::format("egarage-notify wire log 1\nrun {}\nprocess {} on {}\nstarted {}\nboot {}\nstore {}\nfile {}\n",
                  run.value, query.integer(0), query.text(1), query.integer(2), *boot, store, own);
  if (text.size() > sizeof Layout::identity) return std::nullopt;
  text.resize(sizeof Layout::identity);
  return text;
}

std::int64_t newest_attempt(Database& database) {
  Query query(database, "SELECT coalesce(max(id), 0) FROM attempt");
  query.next();
  return query.integer(0);
}

}  // namespace

std::variant<std::unique_ptr<WireLog>, std::string> WireLog::create(Database& database, RunId run) {
  if (!core::platform::boot_id()) return "the system does not say when it was started";
  const auto path = path_of(database, run);
  try {
    std::unique_ptr<WireLog> log{new WireLog{path}};
    if (log->claim(identity_of(database, run, path))) return log;
    log->remove();
    return "the files cannot be told apart here";
  } catch (const std::system_error& error) {
    return fmt::format("{}: {}", utf8(path), error.code().message());
  }
}

WireLog::WireLog(std::filesystem::path path) : path_(std::move(path)), file_(path_, sizeof(Layout)) {}

bool WireLog::claim(const std::optional<std::string>& identity) {
  if (identity) std::memcpy(layout_of(file_).identity, identity->data(), identity->size());
  return identity.has_value();
}

void WireLog::put_on_wire(AttemptId attempt) {
  assert(has_room());
  while (is_open_[next_slot_]) next_slot_ = (next_slot_ + 1) % slots;
  auto& layout = layout_of(file_);
  publish(layout.slots[next_slot_], attempt.value);
  if (attempt.value > layout.newest) publish(layout.newest, attempt.value);
  is_open_[next_slot_] = true;
  slots_.emplace(attempt.value, next_slot_);
  next_slot_ = (next_slot_ + 1) % slots;
}

void WireLog::answered(const Settlement& settlement) {
  const auto record = to_record(settlement);
  auto& layout = layout_of(file_);
  const auto used = layout.answers_used[active_];
  if (record.size() > answers_size - used) return;
  std::memcpy(layout.answers[active_] + used, record.data(), record.size());
  publish(layout.answers_used[active_], used + record.size());
}

void WireLog::committed(std::span<const Settlement> settlements) {
  publish(layout_of(file_).answers_used[1 - active_], std::uint64_t{0});
  for (const auto& settlement : settlements) {
    const auto slot = slots_.find(settlement.attempt.value);
    if (slot == slots_.end()) continue;  // given back before it was begun
    is_open_[slot->second] = false;
    slots_.erase(slot);
  }
}

void WireLog::remove() const {
  std::error_code ignored;
  std::filesystem::remove(path_, ignored);
}

std::optional<WireTraces> wire_traces(Database& database, RunId dead) {
  const auto path = path_of(database, dead);
  const auto content = core::platform::read_mapped_file(path, sizeof(Layout));
  const auto identity = content ? identity_of(database, dead, path) : std::nullopt;
  if (!identity || !content->starts_with(*identity)) return std::nullopt;
  const auto layout = std::make_unique<Layout>();
  std::memcpy(layout.get(), content->data(), sizeof(Layout));
  if (layout->newest > newest_attempt(database)) return std::nullopt;
  WireTraces traces;
  for (std::size_t half = 0; half < 2; ++half) {
    if (layout->answers_used[half] > WireLog::answers_size) return std::nullopt;
    auto settlements = read_records({layout->answers[half], layout->answers_used[half]});
    if (!settlements) return std::nullopt;
    traces.answered.insert(traces.answered.end(), settlements->begin(), settlements->end());
  }
  traces.on_wire.insert(std::begin(layout->slots), std::end(layout->slots));
  return traces;
}

void remove_wire_log(const Database& database, RunId dead) {
  std::error_code ignored;
  std::filesystem::remove(path_of(database, dead), ignored);
}

}  // namespace egarage::store
