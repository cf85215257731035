#include "producers/period.hpp"

#include "producers/month_arithmetic.hpp"

namespace egarage::producers {

namespace {

using std::chrono::days;
using std::chrono::months;
using std::chrono::sys_days;

core::Date move(core::Date day, days by) { return core::Date{sys_days{day} + by}; }

/// The last day that `by` months lead to `end` or a day before it. Months have at most three days that others lack.
core::Date last_before(core::Date end, months by) {
  auto day = add_months(end, -by);
  while (add_months(day, by) > end) day = move(day, days{-1});
  while (add_months(move(day, days{1}), by) <= end) day = move(day, days{1});
  return day;
}

}  // namespace

DayRange days_before(core::Date first, core::Date last, months by) {
  return {move(last_before(move(first, days{-1}), by), days{1}), last_before(last, by)};
}

months whole_months(core::Date from, core::Date to) {
  if (to <= from) return months{0};
  auto count = (to.year() / to.month()) - (from.year() / from.month());
  if (add_months(from, count) > to) --count;
  return count;
}

}  // namespace egarage::producers
