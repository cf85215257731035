"""The commands that command_kill_sweep.py kills: for each a store in which they have much to do, in several commits."""

import datetime
import json
import os
import sqlite3

from faults.case import Skip
from support import host_database

TODAY = datetime.date(2027, 6, 1)
AT = ("--at", f"{TODAY}T15:00:00Z")
EARLIER = ("--at", f"{TODAY - datetime.timedelta(days=600)}T15:00:00Z")
MANY = 260  # producers commit 200 decisions at a time
TEXT = """[store]
path = "store.db"
[platform.email]
transport = "file"
from = "Plataforma <avisos@plataforma.example>"
[[company]]
slug = "sur"
pais = "CL"
hours = {{ start = "00:00", end = "24:00", weekends = true }}
[company.email]
transport = "file"
from = "Sur <contacto@sur.example>"
{host}"""


def day(ahead):
    return (TODAY + datetime.timedelta(days=ahead)).isoformat()


def table(place, kind, header, rows, must=True):
    """A file of that kind, taken in unless it is for later."""
    file = place.folder / f"{kind}.csv"
    file.write_text("\n".join([header, *(",".join(map(str, row)) for row in rows)]) + "\n", encoding="utf-8")
    if must:
        place.must("import", kind, str(file))


def people(place, count=MANY):
    table(place, "customers", "company,key,name,email",
          [("sur", f"c{n}", "Ana", f"c{n}@example.cl") for n in range(count)])


def subscriptions(place):
    """Some end soon; others were renewed since they were told."""
    def ending(days):
        table(place, "companies", "slug,name,country,admin_name,admin_email,subscription_ends",
              [(f"taller-{n}", "Taller", "CL", "Marta", f"t{n}@example.cl", days(n)) for n in range(MANY)])
    ending(lambda n: day(5) if n % 2 else day(-1))
    place.must("check-subscriptions", "--at", f"{day(-3)}T15:00:00Z")
    ending(lambda n: day(5) if n % 2 else day(400))


def maintenance(place):
    people(place)
    table(place, "vehicles", "company,key,customer,plate,make,model",
          [("sur", f"v{n}", f"c{n}", "BBCL54" if n % 2 else "", "Toyota", "Yaris") for n in range(MANY)])
    table(place, "plans", "company,type,months", [("sur", "ACEITE", 12)])
    table(place, "documents", "company,key,customer,vehicle,type,date,odometer,covers",
          [("sur", f"d{n}", f"c{n}", f"v{n}", "Factura", day(-350), 40000, "ACEITE") for n in range(MANY)])
    table(place, "appointments", "company,key,vehicle,kind,date",
          [("sur", f"a{n}", f"v{n}", "revision", day(1)) for n in range(0, MANY, 4)])


def bills(place):
    """All are due, or soon; half were told of before. Of these some have been paid since, some have come to their next step,
    and some still wait to say it, in another number of days."""
    people(place)
    def due(paid):
        table(place, "documents", "company,key,customer,type,number,date,total,due,paid",
              [("sur", f"d{n}", f"c{n}", "Factura", n, day(-30), 1000, day(3 if n % 2 else n % 4 // 2), paid(n))
               for n in range(MANY)])
    due(lambda _: "")
    place.must("check-payments", "--at", f"{day(-2)}T15:00:00Z")
    due(lambda n: day(-1) if n % 6 == 0 else "")


def absent(place):
    people(place)
    table(place, "documents", "company,key,customer,type,date",
          [("sur", f"d{n}", f"c{n}", "Factura", day(-370)) for n in range(MANY)])


def import_of_many(place):
    """More rows than a commit takes, half of them known and changed."""
    people(place, 2600)
    table(place, "customers", "company,key,name,email",
          [("sur", f"c{n}", "Eva", f"c{n}@example.cl") for n in range(5200)], must=False)


def host_rows(count, total):
    rows = [["Marca", {"id": 1, "nombre": "Toyota"}], ["Modelo", {"id": 1, "nombre": "Yaris"}]]
    for n in range(1, 4):
        rows += [["User", {"id": n, "username": f"u{n}", "first_name": "Marta", "email": f"u{n}@example.cl"}],
                 ["Empresa", {"id": n, "user_id": n, "nombre_taller": f"Taller {n}"}]]
    for n in range(1, count + 1):
        own = {"id": n, "empresa_id": 1 + n % 3}
        rows += [["Cliente", {**own, "nombre": "Ana", "telefono": "9 6123 4567", "email": f"c{n}@example.cl"}],
                 ["Vehiculo", {**own, "cliente_id": n, "marca_id": 1, "modelo_id": 1, "patente": "BBCL45", "anio": 2019}],
                 ["Documento", {**own, "cliente_id": n, "vehiculo_id": n, "tipo_documento": "Factura",
                                "numero_documento": f"F-{n}", "fecha": f"{day(-3)}T15:00:00Z", "kilometraje": 45000}],
                 ["ServicioDocumento", {"id": n, "documento_id": n, "nombre": "Mano de obra", "precio": total}],
                 ["RecordatorioMantenimiento", {**own, "cliente_id": n, "vehiculo_id": n, "tipo_mantenimiento": "ACEITE",
                                                "descripcion": "Cambio", "fecha_programada": day(60)}]]
    return rows


def host(place):
    """A first part has been read before, and has changed since."""
    if not host_database.available():
        raise Skip("sync: there is no Django")
    host_database.make(place.folder / "host.sqlite3", host_rows(60, "30000"))
    place.must("sync", "--at", f"{day(-1)}T15:00:00Z")
    host_database.make(place.folder / "host.sqlite3", host_rows(120, "40000"))


def old_notifications(place):
    """More than a purge takes in a transaction: finished, and old; what waits stays. Files of the outbox, too."""
    line = {"event": "DOCUMENTO_CREADO", "company": "sur", "documento": {"tipo_documento": "Factura"},
            "datos": {"total": 1}}
    lines = "".join(json.dumps({**line, "key": f"k{n}", "recipient": {"nombre": "Ana", "email": f"a{n}@example.cl"}})
                    + "\n" for n in range(1200))
    (place.folder / "lines").write_text(lines, encoding="utf-8")
    place.must("enqueue", str(place.folder / "lines"))
    with sqlite3.connect(place.store) as store:
        store.execute("UPDATE notification SET created_at = 5, updated_at = 5")
        store.execute("UPDATE notification SET status = 'cancelled', due_at = NULL WHERE id % 40 <> 0")
        store.execute("UPDATE tally SET hour = 3600")
    store.close()


def old_files(place):
    for number in range(20):
        file = place.folder / "outbox" / f"n.{number}.0123abcd.eml"
        file.write_text("old")
        os.utime(file, (5, 5))


# name: what makes the store, the command, what lies beside the store again before each run
CASES = {
    "check-subscriptions": (subscriptions, ("check-subscriptions", *AT), None),
    "schedule-maintenance": (maintenance, ("schedule-maintenance", *AT), None),
    "check-payments": (bills, ("check-payments", *AT), None),
    "check-inactive": (absent, ("check-inactive", *AT), None),
    "import": (import_of_many, ("import", "customers", "customers.csv"), None),
    "sync": (host, ("sync", *AT), None),
    "purge": (old_notifications, ("purge", *AT), old_files),
}
