"""Workshops in a host's database, and an installation that syncs with it."""
import datetime
import json

from support import cli, host_database

BARE = """[store]
path = "s.db"
[platform.email]
transport = "file"
from = "E-Garage <avisos@egarage.example>"
[host]
database = "host.sqlite3"
"""


def day(ahead):
    return (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=ahead)).date().isoformat()


def workshop(number, name, **more):
    return [["User", {"id": number, "username": f"u{number}", "first_name": "Marta", "last_name": "Ríos",
                      "email": f"marta{number}@example.cl"}],
            ["Empresa", {"id": number, "user_id": number, "nombre_taller": name, **more}]]


def customer(number, company, **more):
    return ["Cliente", {"id": number, "empresa_id": company, "nombre": "Ana", "apellido": "Soto",
                        "telefono": "9 6123 4567", "email": f"ana{company}@example.cl", **more}]


def vehicle(number, company, owner, **more):
    return ["Vehiculo", {"id": number, "empresa_id": company, "cliente_id": owner, "marca_id": 1, "modelo_id": 1,
                         "patente": "BBCL45", "anio": 2019, **more}]


def document(number, company, owner, **more):
    return ["Documento", {"id": number, "empresa_id": company, "cliente_id": owner, "vehiculo_id": owner,
                          "tipo_documento": "Factura", "numero_documento": f"F-{number}",
                          "fecha": f"{day(-3)}T15:00:00Z", "kilometraje": 45000, **more}]


def reminder(number, company, owner, **more):
    return ["RecordatorioMantenimiento", {"id": number, "empresa_id": company, "cliente_id": owner, "vehiculo_id": owner,
                                          "tipo_mantenimiento": "ACEITE", "descripcion": "Cambio",
                                          "fecha_programada": day(60), "kilometraje_programado": 55000, **more}]


NAMES = [["Marca", {"id": 1, "nombre": "Toyota"}], ["Modelo", {"id": 1, "nombre": "Yaris"}]]
TWO_TENANTS = [*NAMES, *workshop(1, "Taller Ñuñoa"), *workshop(2, "Taller Ñuñoa", pais="US", moneda="USD",
                                                               zona_horaria="America/New_York"),
               customer(1, 1), customer(2, 2, telefono="(212) 736-5000"), vehicle(1, 1, 1), vehicle(2, 2, 2),
               document(1, 1, 1), document(2, 2, 2), reminder(1, 1, 1), reminder(2, 2, 2),
               ["RepuestoDocumento", {"id": 1, "documento_id": 1, "nombre": "Filtro", "cantidad": 2, "precio": 7990}],
               ["ServicioDocumento", {"id": 1, "documento_id": 1, "nombre": "Mano de obra", "precio": "30000"}],
               ["OtroServicioDocumento", {"id": 1, "documento_id": 1, "nombre_servicio": "Lavado",
                                          "precio_cliente": "5000"}],
               ["ServicioDocumento", {"id": 2, "documento_id": 2, "nombre": "Labor", "precio": "99.95"}]]


class Place(cli.Installation):
    """An installation beside a host's database."""

    def __init__(self, rows, configuration=BARE, without=()):
        super().__init__(configuration)
        self.host = self.folder / "host.sqlite3"
        host_database.make(self.host, rows, without)
        self.setup()

    def change(self, *rows):
        host_database.make(self.host, rows)

    def sync(self, *arguments, code=0):
        return json.loads(self.run("--json", "sync", *arguments).expect(code).out)


def counts(report, *kinds):
    return [[report[kind][what] for what in ("created", "changed", "unchanged", "refused", "gone")] for kind in kinds]


ALL = ("companies", "customers", "vehicles", "documents", "reminders")
