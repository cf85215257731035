#include "store/calendar.hpp"

#include <set>

#include "directory_fixture.hpp"

using namespace egarage;
using namespace egarage::store;
using std::chrono::days;
using std::chrono::Friday;
using std::chrono::Monday;
using std::chrono::sys_days;
using std::chrono::weekday;
using std::chrono::year;

namespace {

sys_days on(year y, unsigned month, unsigned day) { return y / std::chrono::month{month} / day; }
bool is(sys_days day, weekday wanted) { return weekday{day} == wanted; }

/// Easter Sunday of the Gregorian calendar (the algorithm of Meeus, Jones and Butcher).
sys_days easter(year y) {
  const int n = static_cast<int>(y), a = n % 19, b = n / 100, c = n % 100;
  const int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
  const int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
  const int rest = h + l - 7 * ((a + 11 * h + 22 * l) / 451) + 114;
  return on(y, static_cast<unsigned>(rest / 31), static_cast<unsigned>(rest % 31 + 1));
}

/// Ley 19.668.
sys_days moved_to_monday(sys_days day) {
  const auto back = weekday{day} - Monday;
  if (back >= days{1} && back <= days{3}) return day - back;
  return is(day, Friday) ? day + days{3} : day;
}

/// Ley 20.299.
sys_days moved_to_friday(sys_days day) {
  if (is(day, std::chrono::Tuesday)) return day - days{4};
  return is(day, std::chrono::Wednesday) ? day + days{2} : day;
}

std::set<sys_days> chilean(year y, unsigned solstice) {
  std::set<sys_days> result{on(y, 1, 1),
                            easter(y) - days{2},
                            easter(y) - days{1},
                            on(y, 5, 1),
                            on(y, 5, 21),
                            on(y, 6, solstice),
                            moved_to_monday(on(y, 6, 29)),
                            on(y, 7, 16),
                            on(y, 8, 15),
                            on(y, 9, 18),
                            on(y, 9, 19),
                            moved_to_monday(on(y, 10, 12)),
                            moved_to_friday(on(y, 10, 31)),
                            on(y, 11, 1),
                            on(y, 12, 8),
                            on(y, 12, 25)};
  // Ley 20.983 and Ley 20.215.
  if (is(on(y, 1, 2), Monday)) result.insert(on(y, 1, 2));
  if (is(on(y, 9, 17), Monday) || is(on(y, 9, 17), Friday)) result.insert(on(y, 9, 17));
  if (is(on(y, 9, 20), Friday)) result.insert(on(y, 9, 20));
  return result;
}

/// 5 U.S.C. 6103(a), without the days on which they are observed.
std::set<sys_days> american(year y) {
  const auto nth = [&](unsigned month, weekday day, unsigned index) {
    return sys_days{y / std::chrono::month{month} / day[index]};
  };
  return {on(y, 1, 1),       nth(1, Monday, 3),
          nth(2, Monday, 3), y / std::chrono::May / Monday[std::chrono::last],
          on(y, 6, 19),      on(y, 7, 4),
          nth(9, Monday, 1), nth(10, Monday, 2),
          on(y, 11, 11),     nth(11, std::chrono::Thursday, 4),
          on(y, 12, 25)};
}

/// A Saturday's is observed the day before, a Sunday's the day after.
std::set<sys_days> with_observed(std::set<sys_days> holidays) {
  const auto proper = holidays;
  for (const auto day : proper) {
    if (is(day, std::chrono::Saturday)) holidays.insert(day - days{1});
    if (is(day, std::chrono::Sunday)) holidays.insert(day + days{1});
  }
  return holidays;
}

std::set<sys_days> shipped(const Calendar& calendar, std::string_view country) {
  std::set<sys_days> result;
  for (const auto& holiday : calendar.holidays(country)) result.insert(sys_days{holiday.day});
  return result;
}

}  // namespace

TEST_CASE("a new store knows Chile's holidays of 2026 to 2028, as the laws move them") {
  StoreFixture store;
  std::set<sys_days> expected = chilean(year{2026}, 21);
  expected.merge(chilean(year{2027}, 21));
  expected.merge(chilean(year{2028}, 20));
  const Calendar calendar(store.database);
  CHECK(shipped(calendar, "CL") == expected);
  CHECK(calendar.holiday("CL", day("2027-09-17"))->name == "Feriado de Fiestas Patrias");
  CHECK(calendar.holiday("CL", day("2028-10-27"))->name == "Día de las Iglesias Evangélicas y Protestantes");
  CHECK_FALSE(calendar.holiday("CL", day("2028-10-31")));
}

TEST_CASE("a new store knows the federal holidays of the USA of 2026 to 2028, with the days they are observed on") {
  StoreFixture store;
  std::set<sys_days> expected = american(year{2026});
  expected.merge(american(year{2027}));
  expected.merge(american(year{2028}));
  const Calendar calendar(store.database);
  CHECK(shipped(calendar, "US") == with_observed(expected));
  CHECK(calendar.holiday("US", day("2026-11-26"))->name == "Thanksgiving Day");
  CHECK(calendar.holiday("US", day("2027-12-31"))->name == "New Year's Day (observed)");
}

TEST_CASE("a new store knows Chile's inspection months: 9 0 - 1 2 3 4 5 6 7 8 -") {
  StoreFixture store;
  const Calendar calendar(store.database);
  const unsigned months[] = {2, 4, 5, 6, 7, 8, 9, 10, 11, 1};
  for (int digit = 0; digit < 10; ++digit) {
    CHECK(calendar.inspection_month("CL", digit)->month == std::chrono::month{months[digit]});
  }
  CHECK(calendar.inspection_months().size() == 10);
  CHECK_FALSE(calendar.inspection_month("US", 5));
}

TEST_CASE("what countries decide can be corrected and added to") {
  StoreFixture store;
  Calendar calendar(store.database);
  CHECK(calendar.upsert(Holiday{"CL", day("2026-09-18"), "Independencia Nacional"}, noon) == Upsert::unchanged);
  CHECK(calendar.upsert(Holiday{"CL", day("2026-09-18"), "Dieciocho"}, noon) == Upsert::changed);
  CHECK(calendar.upsert(Holiday{"CL", day("2029-01-01"), "Año Nuevo"}, noon) == Upsert::created);
  CHECK(calendar.holiday("CL", day("2026-09-18"))->name == "Dieciocho");
  CHECK(calendar.holidays().size() == calendar.holidays("CL").size() + calendar.holidays("US").size());
  CHECK(calendar.upsert(InspectionMonth{"CL", 5, std::chrono::August}, noon) == Upsert::unchanged);
  CHECK(calendar.upsert(InspectionMonth{"CL", 5, std::chrono::September}, noon) == Upsert::changed);
  CHECK(calendar.inspection_month("CL", 5)->month == std::chrono::September);
}
