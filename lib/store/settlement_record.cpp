#include "store/settlement_record.hpp"

#include <cstring>

namespace egarage::store {

namespace {

/// Fields one behind the other: whole numbers of eight octets, texts behind their length.
class Writer {
 public:
  void number(std::int64_t value) { octets_.append(reinterpret_cast<const char*>(&value), sizeof value); }
  void text(std::string_view value) {
    number(static_cast<std::int64_t>(value.size()));
    octets_.append(value);
  }
  std::string take() { return std::move(octets_); }

 private:
  std::string octets_;
};

/// What is not there reads as zero and as empty, and is_good() is false from then on.
class Reader {
 public:
  explicit Reader(std::string_view octets) : octets_(octets) {}

  std::int64_t number() {
    std::int64_t value = 0;
    const auto field = take(sizeof value);
    if (field.size() == sizeof value) std::memcpy(&value, field.data(), sizeof value);
    return value;
  }
  std::string_view text() {
    const auto size = number();
    if (size < 0) good_ = false;
    return take(size < 0 ? 0 : static_cast<std::size_t>(size));
  }
  bool is_good() const { return good_; }
  bool is_at_end() const { return octets_.empty(); }

 private:
  std::string_view take(std::size_t size) {
    good_ = good_ && size <= octets_.size();
    if (!good_) return {};
    const auto field = octets_.substr(0, size);
    octets_.remove_prefix(size);
    return field;
  }

  std::string_view octets_;
  bool good_ = true;
};

core::Instant instant(std::int64_t seconds) { return core::Instant{std::chrono::seconds{seconds}}; }

std::optional<Settlement> read_settlement(std::string_view record) {
  Reader in{record};
  Settlement settlement;
  settlement.notification.value = in.number();
  settlement.attempt.value = in.number();
  const auto outcome = core::value_of(attempt_outcome_names, in.text());
  settlement.result.phase = in.text();
  settlement.result.code = static_cast<int>(in.number());
  settlement.result.enhanced = in.text();
  settlement.result.text = in.text();
  settlement.result.provider_id = in.text();
  const auto next = core::parse_status(in.text());
  settlement.due_at = instant(in.number());
  settlement.reason = in.text();
  settlement.again = in.number() == 0 ? Again::send : Again::look;
  if (!in.is_good() || !in.is_at_end() || !outcome || !next) return std::nullopt;
  settlement.result.outcome = *outcome;
  settlement.next = *next;
  return settlement;
}

}  // namespace

std::string to_record(const Settlement& settlement) {
  Writer out;
  out.number(settlement.notification.value);
  out.number(settlement.attempt.value);
  out.text(core::name_of(attempt_outcome_names, settlement.result.outcome));
  out.text(settlement.result.phase);
  out.number(settlement.result.code);
  out.text(settlement.result.enhanced);
  out.text(settlement.result.text);
  out.text(settlement.result.provider_id);
  out.text(core::to_string(settlement.next));
  out.number(settlement.due_at.time_since_epoch().count());
  out.text(settlement.reason);
  out.number(settlement.again == Again::send ? 0 : 1);
  Writer record;
  record.text(out.take());
  return record.take();
}

std::optional<std::vector<Settlement>> read_records(std::string_view octets) {
  std::vector<Settlement> settlements;
  Reader in{octets};
  while (!in.is_at_end()) {
    auto settlement = read_settlement(in.text());
    if (!in.is_good() || !settlement) return std::nullopt;
    settlements.push_back(*std::move(settlement));
  }
  return settlements;
}

}  // namespace egarage::store
