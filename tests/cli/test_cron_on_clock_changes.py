"""All producers and the delivery together, as cron runs them, on days on which clocks change: five workshops in four time
zones, by a clock that the test sets (libfaketime), because sending has no --at."""
import datetime
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import cli, cron, movable_clock  # noqa: E402
from support.five_workshops import Workshops, must_be, row, rows  # noqa: E402

# Austral rests at weekends: all of it comes on Monday, but for the announcement of tomorrow's visit, which comes on Friday.
CLOCK_CHANGES = [
    # In Santiago midnight to one o'clock does not exist: what was to open then opens behind it.
    {"day": "2027-09-05", "queens": ("02:30", "22:00"),
     "opening": {"mapocho": "2027-09-05 01:00-0300", "queens": "2027-09-05 02:30-0400", "mesa": "2027-09-05 08:00-0700",
                 "kona": "2027-09-05 09:00-1000", "austral": "2027-09-06 08:00-0300"},
     "nine": {"mapocho": "2027-09-05 09:00-0300", "queens": "2027-09-05 09:00-0400", "mesa": "2027-09-05 09:00-0700",
              "kona": "2027-09-05 09:00-1000", "austral": "2027-09-06 08:00-0300"},
     "austral before": "2027-09-03 16:00-0400",
     "documents": [("mapocho", "2027-09-05 03:35", "2027-09-05 01:00-0300"),
                   ("mapocho", "2027-09-06 02:31", "2027-09-06 00:30-0300")]},
    # Eleven to midnight comes twice. Closed at half past the first eleven is closed.
    {"day": "2027-04-03", "queens": ("02:30", "22:00"),
     "opening": {"mapocho": "2027-04-03 00:30-0300", "queens": "2027-04-03 02:30-0400", "mesa": "2027-04-03 08:00-0700",
                 "kona": "2027-04-03 09:00-1000", "austral": "2027-04-05 08:00-0400"},
     "nine": {"mapocho": "2027-04-03 09:00-0300", "queens": "2027-04-03 09:00-0400", "mesa": "2027-04-03 09:00-0700",
              "kona": "2027-04-03 09:00-1000", "austral": "2027-04-05 08:00-0400"},
     "austral before": "2027-04-02 17:00-0300",
     "documents": [("mapocho", "2027-04-04 02:40", "2027-04-04 00:30-0400"),
                   ("kona", "2027-04-04 03:05", "2027-04-04 09:00-1000")]},
    # In New York two to three does not exist.
    {"day": "2027-03-14", "queens": ("02:30", "22:00"),
     "opening": {"mapocho": "2027-03-14 00:30-0300", "queens": "2027-03-14 03:00-0400", "mesa": "2027-03-14 08:00-0700",
                 "kona": "2027-03-14 09:00-1000", "austral": "2027-03-15 08:00-0300"},
     "nine": {"mapocho": "2027-03-14 09:00-0300", "queens": "2027-03-14 09:00-0400", "mesa": "2027-03-14 09:00-0700",
              "kona": "2027-03-14 09:00-1000", "austral": "2027-03-15 08:00-0300"},
     "austral before": "2027-03-12 17:00-0300",
     "documents": [("queens", "2027-03-14 06:50", "2027-03-14 03:00-0400"),
                   ("mesa", "2027-03-15 03:01", "2027-03-15 08:00-0700")]},
    # One to two comes twice: half past the first one is the opening.
    {"day": "2027-11-07", "queens": ("01:30", "22:00"),
     "opening": {"mapocho": "2027-11-07 00:30-0300", "queens": "2027-11-07 01:30-0400", "mesa": "2027-11-07 08:00-0700",
                 "kona": "2027-11-07 09:00-1000", "austral": "2027-11-08 08:00-0300"},
     "nine": {"mapocho": "2027-11-07 09:00-0300", "queens": "2027-11-07 09:00-0500", "mesa": "2027-11-07 09:00-0700",
              "kona": "2027-11-07 09:00-1000", "austral": "2027-11-08 08:00-0300"},
     "austral before": "2027-11-05 17:00-0300",
     "documents": [("queens", "2027-11-07 05:10", "2027-11-07 01:30-0400"),
                   ("queens", "2027-11-08 03:05", "2027-11-08 01:30-0500")]},
]


def afterwards(end, expected):
    """Every four hours, and around each moment at which something is expected, until all of it must have come."""
    times = [datetime.datetime.strptime(" ".join(one.split()[1:3]), "%Y-%m-%d %H:%M%z") for one in expected]
    late = {time for time in times if time > end}
    steady = {end + datetime.timedelta(minutes=15, hours=hours) for hours in range(0, 40, 4)}
    return sorted(steady | late | {time - datetime.timedelta(minutes=15) for time in late})


def test_ninety_six_runs_on_a_day_of_clock_changes_bring_everything_once_in_each_workshops_hours():
    for case in CLOCK_CHANGES:
        with Workshops(case["day"], hours={"queens": case["queens"]}) as place:
            friday = row("austral", case["austral before"], "REVISION_VEHICULO/visit", place.plus(1), "T-1")
            must_be([one for one in rows(place.week_before) if "T-7" not in one], [friday])
            expected = [one for one in place.expect_day(case["opening"], case["nine"]) if "visit@austral" not in one]
            documents = []
            for number, (slug, enqueued, at) in enumerate(case["documents"]):
                documents.append((cron.instant(enqueued), place.document(slug, f"doc{number}")))
                expected.append(row(slug, at, f"DOCUMENTO_CREADO/doc{number}", ""))
            # From Santiago's midnight to its next.
            quarters = cron.every(15, f"{case['day']} 03:00", 96)
            must_be(rows(place.cron(quarters + afterwards(quarters[-1], expected), documents)), expected)
            place.must_have_delivered_each_once()


if reason := movable_clock.why_not():
    print(f"skipped: {reason}")
    sys.exit(77)
cli.main(globals())
