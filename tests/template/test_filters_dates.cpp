#include "rows.hpp"
#include "support/catch.hpp"

using namespace egarage::tmpl;
using namespace egarage::tmpl::test;

namespace {

constexpr std::string_view context =
    R"~({"d": "2026-11-22", "ay": "2026-11-21", "ma": "2026-11-23", "an": "2026-11-20", "bis": "2024-02-29", "y25": "2025-11-22", "y20": "2020-01-01", "f27": "2027-11-23", "i": "2026-11-22T14:59:01Z", "m": "2026-11-22T14:58:59Z", "h": "2026-11-22T10:30:00-03:00", "noche": "2026-11-22T02:00:00Z", "fut": "2026-11-25T18:30:00Z", "frac": "2026-11-22T14:58:00.500000Z", "fin": "2025-12-31T23:30:00-05:00", "viejo": "2023-06-15T12:34:56Z", "t": "08:30", "s": "abc", "e": "", "no": null, "n": 5, "z": 0, "l": [1]})~";

RenderOptions at_noon(std::string_view time_zone, egarage::core::Language language) {
  auto options = shown_in(time_zone, language);
  options.now = egarage::core::parse_instant("2026-11-22T15:00:00Z").value();
  return options;
}

}  // namespace

TEST_CASE("distances of time follow Django") {
  check_rows(context, at_noon("UTC", egarage::core::Language::es),
             {
                 {"{{ d|timesince }}|", "15\u00A0horas|"},
                 {"{{ ay|timesince }}|", "1\u00A0día, 15\u00A0horas|"},
                 {"{{ ma|timesince }}|", "0\u00A0minutos|"},
                 {"{{ an|timesince }}|", "2\u00A0días, 15\u00A0horas|"},
                 {"{{ bis|timesince }}|", "2\u00A0años, 8\u00A0meses|"},
                 {"{{ y25|timesince }}|", "1\u00A0año|"},
                 {"{{ y20|timesince }}|", "6\u00A0años, 10\u00A0meses|"},
                 {"{{ f27|timesince }}|", "0\u00A0minutos|"},
                 {"{{ i|timesince }}|", "0\u00A0minutos|"},
                 {"{{ m|timesince }}|", "1\u00A0minuto|"},
                 {"{{ h|timesince }}|", "1\u00A0hora, 30\u00A0minutos|"},
                 {"{{ noche|timesince }}|", "13\u00A0horas|"},
                 {"{{ fut|timesince }}|", "0\u00A0minutos|"},
                 {"{{ frac|timesince }}|", "1\u00A0minuto|"},
                 {"{{ fin|timesince }}|", "10\u00A0meses, 3\u00A0semanas|"},
                 {"{{ viejo|timesince }}|", "3\u00A0años, 5\u00A0meses|"},
                 {"{{ s|timesince }}|", std::nullopt},
                 {"{{ e|timesince }}|", "|"},
                 {"{{ no|timesince }}|", "|"},
                 {"{{ n|timesince }}|", std::nullopt},
                 {"{{ z|timesince }}|", "|"},
                 {"{{ t|timesince }}|", std::nullopt},
                 {"{{ d|timeuntil }}|", "0\u00A0minutos|"},
                 {"{{ ma|timeuntil }}|", "9\u00A0horas|"},
                 {"{{ f27|timeuntil }}|", "1\u00A0año|"},
                 {"{{ fut|timeuntil }}|", "3\u00A0días, 3\u00A0horas|"},
                 {"{{ i|timeuntil }}|", "0\u00A0minutos|"},
                 {"{{ viejo|timeuntil }}|", "0\u00A0minutos|"},
                 {"{{ e|timeuntil }}|", "|"},
                 {"{{ s|timeuntil }}|", std::nullopt},
                 {"{{ t|timeuntil }}|", std::nullopt},
                 {"{{ no|timeuntil }}|", "|"},
                 {"{{ d|timesince:f27 }}|", "1\u00A0año|"},
                 {"{{ y20|timesince:d }}|", "6\u00A0años, 10\u00A0meses|"},
                 {"{{ bis|timesince:d }}|", "2\u00A0años, 8\u00A0meses|"},
                 {"{{ viejo|timesince:i }}|", "3\u00A0años, 5\u00A0meses|"},
                 {"{{ i|timesince:viejo }}|", "0\u00A0minutos|"},
                 {"{{ fin|timesince:i }}|", "10\u00A0meses, 3\u00A0semanas|"},
                 {"{{ d|timesince:i }}|", "|"},
                 {"{{ i|timesince:d }}|", "|"},
                 {"{{ d|timesince:s }}|", std::nullopt},
                 {"{{ d|timesince:n }}|", std::nullopt},
                 {"{{ d|timesince:e }}|", "15\u00A0horas|"},
                 {"{{ d|timesince:no }}|", "15\u00A0horas|"},
                 {"{{ f27|timeuntil:d }}|", "1\u00A0año|"},
                 {"{{ d|timeuntil:f27 }}|", "0\u00A0minutos|"},
                 {"{{ fut|timeuntil:h }}|", "3\u00A0días, 5\u00A0horas|"},
                 {"{{ d|timeuntil:t }}|", std::nullopt},
             });
}

TEST_CASE("distances of time follow Django, English") {
  check_rows(context, at_noon("UTC", egarage::core::Language::en),
             {
                 {"{{ ay|timesince }}|", "1\u00A0day, 15\u00A0hours|"},
                 {"{{ viejo|timesince }}|", "3\u00A0years, 5\u00A0months|"},
                 {"{{ y25|timesince }}|", "1\u00A0year|"},
                 {"{{ bis|timesince }}|", "2\u00A0years, 8\u00A0months|"},
                 {"{{ fut|timeuntil }}|", "3\u00A0days, 3\u00A0hours|"},
                 {"{{ d|timeuntil }}|", "0\u00A0minutes|"},
                 {"{{ y20|timesince }}|", "6\u00A0years, 10\u00A0months|"},
                 {"{{ ay|naturalday }}|", "yesterday|"},
                 {"{{ d|naturalday }}|", "today|"},
                 {"{{ ma|naturalday }}|", "tomorrow|"},
                 {"{{ an|naturalday }}|", "Nov. 20, 2026|"},
             });
}

TEST_CASE("distances of time follow Django, in America/Santiago") {
  check_rows(context, at_noon("America/Santiago", egarage::core::Language::es),
             {
                 {"{{ d|timesince }}|", "12\u00A0horas|"},
                 {"{{ i|timesince }}|", "0\u00A0minutos|"},
                 {"{{ ma|timeuntil }}|", "12\u00A0horas|"},
                 {"{{ noche|naturalday }}|", "ayer|"},
                 {"{{ d|naturalday }}|", "hoy|"},
                 {"{{ i|naturalday }}|", "hoy|"},
                 {"{{ fin|timesince }}|", "10\u00A0meses, 3\u00A0semanas|"},
             });
}

TEST_CASE("naturalday follows Django") {
  check_rows(context, at_noon("UTC", egarage::core::Language::es),
             {
                 {"{{ d|naturalday }}|", "hoy|"},
                 {"{{ ay|naturalday }}|", "ayer|"},
                 {"{{ ma|naturalday }}|", "mañana|"},
                 {"{{ an|naturalday }}|", "Nov. 20, 2026|"},
                 {"{{ bis|naturalday }}|", "Feb. 29, 2024|"},
                 {"{{ i|naturalday }}|", "hoy|"},
                 {"{{ noche|naturalday }}|", "hoy|"},
                 {"{{ fut|naturalday }}|", "Nov. 25, 2026|"},
                 {"{{ s|naturalday }}|", "abc|"},
                 {"{{ e|naturalday }}|", "|"},
                 {"{{ no|naturalday }}|", "None|"},
                 {"{{ n|naturalday }}|", "5|"},
                 {R"~({{ an|naturalday:"d/m/Y" }}|)~", "20/11/2026|"},
                 {R"~({{ an|naturalday:"SHORT_DATE_FORMAT" }}|)~", "11/20/2026|"},
                 {R"~({{ an|naturalday:"H:i" }}|)~", std::nullopt},
                 {R"~({{ d|naturalday:"d/m/Y" }}|)~", "hoy|"},
                 {R"~({{ fut|naturalday:"j \d\e F" }}|)~", "25 de Noviembre|"},
                 {R"~({{ s|naturalday:"d" }}|)~", "abc|"},
                 {R"~({{ n|date:"q-x" }}|)~", "q-x|"},
                 {R"~({{ s|time:"- x" }}|)~", "- x|"},
                 {R"~({{ n|date:"d" }}|)~", "|"},
                 {"{{ s|date:l }}|", std::nullopt},
             });
}

TEST_CASE("instants are sorted by time, however they are written") {
  check_rows(
      R"~({"v": [{"n": 1, "k": "2026-11-22T12:30:00Z"}, {"n": 2, "k": "2026-11-22T10:00:00-03:00"}, {"n": 3, "k": "2026-11-22T12:00:00+00:00"}]})~",
      plain(),
      {
          {R"~({% for x in v|dictsort:"k" %}{{ x.n }}{% endfor %}|{% for x in v|dictsortreversed:"k" %}{{ x.n }}{% endfor %}|)~",
           "312|213|"},
      });
}

TEST_CASE("dates are sorted by time") {
  check_rows(
      R"~({"v": [{"n": 1, "k": "2026-11-22"}, {"n": 2, "k": "2025-12-31"}, {"n": 3, "k": "2026-01-01"}]})~", plain(),
      {
          {R"~({% for x in v|dictsort:"k" %}{{ x.n }}{% endfor %}|{% for x in v|dictsortreversed:"k" %}{{ x.n }}{% endfor %}|)~",
           "231|132|"},
      });
}

TEST_CASE("dates and instants are not compared") {
  check_rows(
      R"~({"v": [{"n": 1, "k": "2026-11-22"}, {"n": 2, "k": "2025-12-31T00:00:00Z"}]})~", plain(),
      {
          {R"~({% for x in v|dictsort:"k" %}{{ x.n }}{% endfor %}|{% for x in v|dictsortreversed:"k" %}{{ x.n }}{% endfor %}|)~",
           "||"},
      });
}
