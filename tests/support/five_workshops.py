"""Five workshops in four time zones that all have the same to say on one day, each by its own clock."""
import collections
import datetime

from support import cron

# One clock change in spring and one in autumn in Santiago and New York, none in Phoenix and Honolulu. Austral has no zone
# of its own (its country's counts) and rests at weekends. Mapocho's bills go out by WhatsApp.
ZONES = {"mapocho": "America/Santiago", "austral": "America/Santiago", "queens": "America/New_York",
         "mesa": "America/Phoenix", "kona": "Pacific/Honolulu"}
HOURS = {"mapocho": ("00:30", "23:30"), "austral": ("08:00", "20:00"), "queens": ("02:30", "22:00"),
         "mesa": ("08:00", "20:00"), "kona": ("09:00", "17:00")}
PLATFORM = """[store]
path = "s.db"
[platform.email]
transport = "file"
from = "E-Garage <avisos@egarage.example>"
"""
COMPANY = """[[company]]
slug = "{slug}"
nombre_taller = "{slug}"
pais = "{country}"
{zone}admin = {{ nombre = "Marta", email = "admin@{slug}.example" }}
hours = {{ start = "{start}", end = "{end}", weekends = {weekends}, holidays = true }}
subscription = {{ ends = "{ends}", plan = "premium", active = true }}
{whatsapp}[company.email]
transport = "file"
from = "{slug} <contacto@{slug}.example>"
"""
WHATSAPP = """events.PAGO_PENDIENTE.channels = ["whatsapp"]
[company.whatsapp]
transport = "file"
phone_number_id = "106540352242922"
"""
CUSTOMERS = ("bill", "date", "mileage", "visit", "week", "absent", "plate", "paid", "silent", "sold")


def is_chilean(slug):
    return ZONES[slug] == "America/Santiago"


def company(slug, ends, hours):
    zone = "" if slug == "austral" else f'zona_horaria = "{ZONES[slug]}"\n'
    return COMPANY.format(slug=slug, country="CL" if is_chilean(slug) else "US", zone=zone, start=hours[0], end=hours[1],
                          weekends="false" if slug == "austral" else "true", ends=ends,
                          whatsapp=WHATSAPP if slug == "mapocho" else "")


def phone(slug):
    return "+56961234567" if is_chilean(slug) else "+12125550123"


def a_day(slug):
    """What the odometer moves on each day: kilometres in Chile, miles in the USA."""
    return 30 if is_chilean(slug) else 20


def target(slug):
    """The mileage that is less than 1,000 km (621 miles) away from `day` on; the last reading is 30 days older."""
    return 50000 + (1885 if is_chilean(slug) else 1215)


def address(slug, key):
    """Whom that notification is for."""
    if key.startswith("SUSCRIPCION"):
        return f"admin@{slug}.example"
    if key.endswith("/whatsapp"):
        return phone(slug)
    about = key.removeprefix("MANTENIMIENTO_RECORDATORIO/plan/v-").split("/")
    about = about[0] if "/plan/" in key else about[1]
    return f"{about.removeprefix('v-')}@{slug}.example"


def row(slug, at, what, day, step=""):
    """What Delivered.row() is of that company's notification about `what`, such as PAGO_PENDIENTE/bill."""
    channel = "whatsapp" if slug == "mapocho" and what.startswith("PAGO") else "email"
    if what.endswith("/mileage"):
        day = target(slug)
    key = "/".join(part for part in (what, str(day), step, channel) if part)
    return f"{slug} {at} {key} {address(slug, key)}"


def rows(delivered):
    return [f"{one.company} {one.row(ZONES[one.company])}" for one in delivered]


def must_be(have, want):
    """The same, however ordered; says what differs."""
    have, want = collections.Counter(have), collections.Counter(want)
    wrong = [f"not expected: {one}" for one in have - want] + [f"missing: {one}" for one in want - have]
    assert not wrong, "\n  ".join(["", *wrong])


class Workshops(cron.Installation):
    """All they have to say has a step on `day` (a date), and no other one in the week before, which has passed.

    Per company: the subscription ends in 30 days; a bill is due in 3 days, an appointment is tomorrow (and was announced a
    week before), another one in a week, a service is due in 30 days, another one comes within the threshold by mileage, a customer has been away for 12
    months. In Chile a plate is inspected in a month given by `plate`. Besides, what nobody may hear of: a paid bill,
    one of a customer who wants no collection, the service of a sold car.
    """

    subscription = 30  # ends so many days after `day`

    def __init__(self, day, hours=None, plate=""):
        self.day, self.plate = datetime.date.fromisoformat(day), plate
        self.hours = {**HOURS, **(hours or {})}
        super().__init__(PLATFORM + "".join(company(slug, self.plus(self.subscription), self.hours[slug]) for slug in ZONES))
        # At this hour all of them are at work.
        self.began = datetime.datetime.combine(self.day - datetime.timedelta(days=8), datetime.time(20), cron.UTC)
        self.command(self.began, "setup", "--non-interactive")
        self.stock()
        self.week_before = self.cron(self.began + datetime.timedelta(days=days) for days in range(8))

    def plus(self, days):
        return (self.day + datetime.timedelta(days=days)).isoformat()

    def year_before(self):
        return self.day.replace(year=self.day.year - 1).isoformat()

    def all(self, columns):
        """`columns(slug)` gives lists of cells without the company; the rows for all companies."""
        return [",".join([slug, *map(str, row)]) for slug in ZONES for row in columns(slug)]

    def stock(self):
        plus = self.plus
        self.take(self.began, "customers", "company,key,name,email,phone,collection", self.all(lambda slug: [
            (one, one.title(), f"{one}@{slug}.example", phone(slug), "none" if one == "silent" else "")
            for one in CUSTOMERS]))
        self.take(self.began, "vehicles", "company,key,customer,plate,make,model,sold", self.all(lambda slug: [
            (f"v-{one}", one, self.plate if one == "plate" else "", "Toyota", "Yaris", "yes" if one == "sold" else "no")
            for one in CUSTOMERS]))
        self.take(self.began, "odometer", "company,vehicle,date,value", self.all(lambda slug: [
            ("v-mileage", plus(-30 - 90 * ago), 50000 - 90 * ago * a_day(slug)) for ago in range(4)]))
        self.take(self.began, "documents", "company,key,customer,type,number,date,total,due,paid", self.all(lambda slug: [
            ("bill", "bill", "Factura", 1, plus(-20), 1000, plus(3), ""),
            ("paid", "paid", "Factura", 2, plus(-20), 1000, plus(3), plus(-10)),
            ("silent", "silent", "Factura", 3, plus(-20), 1000, plus(3), ""),
            ("absent", "absent", "Factura", 4, self.year_before(), 1000, "", "")]))
        self.take(self.began, "reminders", "company,key,vehicle,type,due,due_odometer", self.all(lambda slug: [
            ("date", "v-date", "ACEITE", plus(30), ""), ("sold", "v-sold", "ACEITE", plus(30), ""),
            ("mileage", "v-mileage", "FRENOS", "", target(slug))]))
        self.take(self.began, "appointments", "company,key,vehicle,kind,date,time", self.all(lambda slug: [
            ("visit", "v-visit", "revision", plus(1), "10:30"), ("week", "v-week", "revision", plus(7), "")]))

    def document(self, slug, key):
        """A deed: the host announces a document of `key`@SLUG.example, whatever the hour."""
        line = (f'{{"event":"DOCUMENTO_CREADO","company":"{slug}","key":"{key}","recipient":{{"nombre":"Ana","email":'
                f'"{key}@{slug}.example"}},"documento":{{"tipo_documento":"Factura","numero_documento":"7"}},'
                '"datos":{"total":1000}}\n')
        return lambda at: self.command(at, "enqueue", "-", stdin=line)

    def at_opening(self):
        """What each of them says on the day as soon as it opens: (what, day, step)."""
        return [("SUSCRIPCION_VENCE", self.plus(30), "T-30"), ("PAGO_PENDIENTE/bill", self.plus(3), "T-3"),
                ("MANTENIMIENTO_RECORDATORIO/date", self.plus(30), "due"),
                ("MANTENIMIENTO_RECORDATORIO/mileage", "", "due"),
                ("CLIENTE_INACTIVO/absent", self.year_before(), "M+12")]

    def at_nine(self):
        """And what from nine in the morning on."""
        return [("REVISION_VEHICULO/visit", self.plus(1), "T-1"), ("REVISION_VEHICULO/week", self.plus(7), "T-7")]

    def expect_day(self, openings, nines, plate=""):
        """The whole list, for workshops that open at these times and have nine o'clock at those (rows as row() makes them).
        `plate`: the month of inspection that is announced in Chile."""
        rows = [row(slug, at, *what) for slug, at in openings.items() for what in self.at_opening()]
        rows += [row(slug, at, *what) for slug, at in nines.items() for what in self.at_nine()]
        return rows + [row(slug, at, "REVISION_VEHICULO/v-plate", f"tecnica-{plate}") for slug, at in nines.items()
                       if plate and is_chilean(slug)]

    def must_have_delivered_each_once(self):
        """Whatever was created was delivered, at the first attempt."""
        created = self.notifications()
        must_be([f"{slug} {key}" for slug, key, _, _ in created], [f"{one.company} {one.key}" for one in self.delivered])
        assert {(status, attempts) for _, _, status, attempts in created} == {("accepted", 1)}, created
