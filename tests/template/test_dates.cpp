#include "rows.hpp"
#include "support/catch.hpp"

using namespace egarage::tmpl;
using namespace egarage::tmpl::test;

namespace {

constexpr std::string_view context =
    R"~({"d": "2026-11-22", "i": "2026-11-22T15:04:05Z", "j": "2026-07-22T20:50:03.834000", "t": "08:30:00", "m": "2026-11-22T00:00:00Z", "k": "2026-11-22T12:00:00Z", "s": "abc", "n": 5, "no": null, "e": "", "a": "2027-01-01", "b": "2024-02-29", "c": "2026-09-01", "p": "2026-05-03", "w": "2026-12-31"})~";

}  // namespace

TEST_CASE("date and time filters follow Django") {
  check_rows(context, plain(),
             {
                 {R"~({{ d|date:"d/m/Y" }})~", "22/11/2026"},
                 {R"~({{ d|date:"j \d\e F \d\e Y" }})~", "22 de Noviembre de 2026"},
                 {"{{ d|date }}", "Nov. 22, 2026"},
                 {R"~({{ d|date:"" }})~", "Nov. 22, 2026"},
                 {R"~({{ d|date:"D d M y" }})~", "Dom 22 Nov 26"},
                 {R"~({{ d|date:"l N n S w z W t L o" }})~", "Domingo Nov. 11 nd 0 326 47 30 False 2026"},
                 {R"~({{ d|date:"b E c" }})~", "nov Noviembre 2026-11-22"},
                 {R"~({{ i|date:"d/m/Y H:i:s" }})~", "22/11/2026 15:04:05"},
                 {R"~({{ i|date:"c" }})~", "2026-11-22T15:04:05+00:00"},
                 {R"~({{ i|date:"r" }})~", "Sun, 22 Nov 2026 15:04:05 +0000"},
                 {R"~({{ j|date:"u c" }})~", "834000 2026-07-22T20:50:03.834000+00:00"},
                 {R"~({{ i|date:"U" }})~", "1795359845"},
                 {R"~({{ i|date:"a A f g G h H i P s" }})~", "p.m. PM 3:04 3 15 03 15 04 3:04 p.m. 05"},
                 {R"~({{ i|date:"e T O Z I" }})~", "UTC UTC +0000 0 0"},
                 {R"~({{ m|date:"P f" }})~", "medianoche 12"},
                 {R"~({{ k|date:"P" }})~", "mediodía"},
                 {"{{ t|time }}", "8:30 a.m."},
                 {R"~({{ t|time:"H:i" }})~", "08:30"},
                 {R"~({{ t|time:"g:i a" }})~", "8:30 a.m."},
                 {R"~({{ i|time:"H:i" }})~", "15:04"},
                 {"{{ i|time }}", "3:04 p.m."},
                 {R"~({{ t|date:"H:i" }})~", "08:30"},
                 {R"~({{ t|date:"d" }}|)~", "|"},
                 {R"~({{ d|time:"H:i" }}|)~", "|"},
                 {R"~({{ s|date:"d" }}|)~", "|"},
                 {R"~({{ n|date:"d" }}|)~", "|"},
                 {R"~({{ no|date:"d" }}|)~", "|"},
                 {R"~({{ e|date:"d" }}|)~", "|"},
                 {R"~({{ missing|date:"d" }}|)~", "|"},
                 {R"~({{ i|date:"SHORT_DATE_FORMAT" }})~", "11/22/2026"},
                 {R"~({{ i|date:"DATETIME_FORMAT" }})~", "Nov. 22, 2026, 3:04 p.m."},
                 {R"~({{ d|date:"YEAR_MONTH_FORMAT" }})~", "Noviembre 2026"},
                 {R"~({{ d|date:"MONTH_DAY_FORMAT" }})~", "Noviembre 22"},
                 {R"~({{ a|date:"W o z" }})~", "53 2026 1"},
                 {R"~({{ b|date:"z t L F" }})~", "60 29 True Febrero"},
                 {R"~({{ c|date:"N M F" }})~", "Sept. Sep Septiembre"},
                 {R"~({{ p|date:"N M F b l D" }})~", "Mayo May Mayo may Domingo Dom"},
                 {R"~({{ w|date:"W o z jS" }})~", "53 2026 365 31st"},
                 {R"~({{ d|date:"\\Y" }})~", "Y"},
                 {R"~({{ d|date:"Y\" }})~", std::nullopt},
                 {R"~({{ d|date:"q B x" }})~", "q B x"},
                 {R"~({{ i|time:"Y" }}|)~", "|"},
                 {"{{ i|date:d }}|", "2026-11-22|"},
                 {R"~({{ d|date:"jS" }}{{ c|date:"jS" }}{{ p|date:"jS" }})~", "22nd1st3rd"},
                 {"{% if d == d %}y{% endif %}", "y"},
             });
}

TEST_CASE("date and time filters follow Django, in America/Santiago") {
  check_rows(
      context, shown_in("America/Santiago"),
      {
          {R"~({{ i|date:"d/m/Y H:i e T O Z I" }})~", "22/11/2026 12:04 -03 -03 -0300 -10800 1"},
          {R"~({{ j|date:"d/m/Y H:i T O I c" }})~", "22/07/2026 16:50 -04 -0400 0 2026-07-22T16:50:03.834000-04:00"},
          {R"~({{ m|date:"d/m/Y H:i" }})~", "21/11/2026 21:00"},
          {R"~({{ d|date:"d/m/Y" }})~", "22/11/2026"},
          {R"~({{ i|date:"r" }})~", "Sun, 22 Nov 2026 12:04:05 -0300"},
      });
}

TEST_CASE("date and time filters follow Django, in America/New_York") {
  check_rows(context, shown_in("America/New_York", egarage::core::Language::en),
             {
                 {R"~({{ i|date:"d/m/Y H:i T" }})~", "22/11/2026 10:04 EST"},
                 {"{{ i|date }}", "Nov. 22, 2026"},
                 {R"~({{ d|date:"l, F j" }})~", "Sunday, November 22"},
                 {R"~({{ m|date:"P" }})~", "7 p.m."},
                 {"{{ k|time }}", "7 a.m."},
             });
}

TEST_CASE("date and time filters follow Django, English") {
  check_rows(context, english(),
             {
                 {R"~({{ c|date:"N M F" }})~", "Sept. Sep September"},
                 {R"~({{ p|date:"N M F b l D" }})~", "May May May may Sunday Sun"},
                 {R"~({{ m|date:"P" }})~", "midnight"},
                 {R"~({{ w|date:"D N" }})~", "Thu Dec."},
             });
}
