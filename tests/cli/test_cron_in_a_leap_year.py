"""Month ends and the 29th of February for all producers and the delivery together, by a clock that the test sets
(libfaketime), because sending has no --at."""
import datetime
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import cli, cron, movable_clock  # noqa: E402
from support.five_workshops import Workshops, ZONES, is_chilean, must_be, phone, row, rows  # noqa: E402

CUSTOMERS = ("bill", "fixed", "floating", "visit", "away", "leap", "plate")


class LeapYear(Workshops):
    """The subscription and a bill end with February 2028; what was serviced on 31 January is due again a month later."""

    subscription = 0

    def stock(self):
        at = self.began
        self.take(at, "customers", "company,key,name,email,phone", self.all(lambda slug: [
            (one, one.title(), f"{one}@{slug}.example", phone(slug)) for one in CUSTOMERS]))
        self.take(at, "vehicles", "company,key,customer,plate,make,model", self.all(lambda _: [
            (f"v-{one}", one, "BBCL51" if one == "plate" else "", "Toyota", "Yaris")
            for one in ("fixed", "floating", "visit", "plate")]))
        self.take(at, "plans", "company,type,vehicle,months,mode,days_before", self.all(lambda _: [
            ("ACEITE", "v-fixed", 1, "fixed", 1), ("FRENOS", "v-floating", 1, "floating", 1)]))
        self.papers(at, ("bill", "bill", "", 1, "2028-02-01", 1000, "2028-02-29", ""),
                    ("fixed-1", "fixed", "v-fixed", 2, "2028-01-31", "", "", "ACEITE"),
                    ("floating-1", "floating", "v-floating", 3, "2028-01-31", "", "", "FRENOS"),
                    ("away", "away", "", 4, "2027-02-28", "", "", ""))
        self.take(at, "appointments", "company,key,vehicle,kind,date", self.all(lambda _: [
            ("visit", "v-visit", "revision", "2028-03-01")]))

    def papers(self, at, *cells):
        self.take(at, "documents", "company,key,customer,vehicle,number,date,total,due,covers,type",
                  self.all(lambda _: [(*one, "Factura") for one in cells]))

    def service(self, at):
        """A deed: everything is done again on the 29th, and somebody comes for the only time."""
        self.papers(at, ("fixed-2", "fixed", "v-fixed", 5, "2028-02-29", "", "", "ACEITE"),
                    ("floating-2", "floating", "v-floating", 6, "2028-02-29", "", "", "FRENOS"),
                    ("leap", "leap", "", 7, "2028-02-29", "", "", ""))


SUBSCRIPTION, ENDED, BILL = "SUSCRIPCION_VENCE", "SUSCRIPCION_VENCIDA", "PAGO_PENDIENTE/bill"
PLAN, VISIT = "MANTENIMIENTO_RECORDATORIO/plan", "REVISION_VEHICULO/visit"
# By each workshop's own calendar, at the run at which all of them are at work.
FEBRUARY = [
    ("2028-02-21", SUBSCRIPTION, "2028-02-29", "T-30"), ("2028-02-22", SUBSCRIPTION, "2028-02-29", "T-7"),
    ("2028-02-24", SUBSCRIPTION, "2028-02-29", "T-5"), ("2028-02-28", SUBSCRIPTION, "2028-02-29", "T-1"),
    ("2028-02-23", VISIT, "2028-03-01", "T-7"),
    ("2028-02-28", f"{PLAN}/v-fixed/ACEITE/2028-01-31", "2028-02-29", "due"),
    ("2028-02-28", f"{PLAN}/v-floating/FRENOS/2028-01-31", "2028-02-29", "due"),
    ("2028-02-28", "CLIENTE_INACTIVO/away", "2027-02-28", "M+12"),
]
MARCH = [
    ("2028-02-29", SUBSCRIPTION, "2028-02-29", "T-0"), ("2028-02-29", VISIT, "2028-03-01", "T-1"),
    ("2028-03-01", ENDED, "2028-02-29", "T+1"), ("2028-03-07", ENDED, "2028-02-29", "T+7"),
    # From a floating plan's 29 February it is a month to 29 March, in a fixed one the months end as they began.
    ("2028-03-28", f"{PLAN}/v-floating/FRENOS/2028-02-29", "2028-03-29", "due"),
    ("2028-03-30", f"{PLAN}/v-fixed/ACEITE/2028-02-29", "2028-03-31", "due"),
    ("2029-02-28", "CLIENTE_INACTIVO/leap", "2028-02-29", "M+12"),
    ("2029-02-28", "CLIENTE_INACTIVO/away", "2027-02-28", "M+24"),
]
# Two bills' messages a week, two days apart. Austral rests at the weekend of the 26th: one day is not enough for a second
# message on the 29th, which would not be true on the 1st; so there it is the third one that comes on its day.
BILLS = {
    "austral": [("2028-02-28", BILL, "2028-02-29", "T-3"), ("2028-03-03", BILL, "2028-02-29", "T+3")],
    "others": [("2028-02-26", BILL, "2028-02-29", "T-3"), ("2028-02-29", BILL, "2028-02-29", "T-0"),
               ("2028-03-04", BILL, "2028-02-29", "T+3")],
    "all": [("2028-03-10", BILL, "2028-02-29", "T+10"), ("2028-03-30", BILL, "2028-02-29", "T+30")],
}


def expected():
    """(company, day, what, date, step); without the time."""
    for slug in ZONES:
        for day, *what in FEBRUARY + MARCH + BILLS["austral" if slug == "austral" else "others"] + BILLS["all"]:
            yield row(slug, day, *what)
        if is_chilean(slug):
            yield row(slug, "2028-03-02", "REVISION_VEHICULO/v-plate", "tecnica-2028-04")


def without_time(delivered):
    return [" ".join(part for place, part in enumerate(one.split()) if place != 2) for one in rows(delivered)]


def says_the_day(message):
    """Whether a bill's message tells how many days it is to the end of February, or since, by the workshop's calendar."""
    local = datetime.date.fromisoformat(message.row(ZONES[message.company])[:10])
    days = (local - datetime.date(2028, 2, 29)).days
    words = {0: "hoy|today", -1: "mañana|tomorrow"}.get(days, f" {abs(days)} d[ií]a| {abs(days)} day")
    return re.search(f"(?<![0-9])({words})", message.text.splitlines()[0]) is not None


def test_months_end_where_the_calendar_lets_them():
    with LeapYear("2028-02-29") as place:
        # In the middle of the day, and while it is night in all workshops but one.
        days = [moment for first, count in (("2028-02-29", 13), ("2028-03-27", 6), ("2029-02-27", 3))
                for moment in cron.every(12 * 60, f"{first} 08:00", 2 * count)]
        got = place.week_before + place.cron(days, [(cron.instant("2028-02-29 21:00"), place.service)])
        must_be(without_time(got), expected())
        # Also those that a limit of contacts has kept back from one day to another.
        bills = [one for one in got if one.key.startswith(BILL)]
        assert [one for one in bills if not says_the_day(one)] == []


if reason := movable_clock.why_not():
    print(f"skipped: {reason}")
    sys.exit(77)
cli.main(globals())
