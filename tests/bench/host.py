#!/usr/bin/env python3
"""How long `sync` takes: the first one, one that finds nothing new, one after a day's changes, and a full one.

    EGARAGE_NOTIFY=build/release/app/egarage-notify tests/bench/host.py --companies 200 --documents 100000
"""
import argparse
import datetime
import json
import pathlib
import resource
import sqlite3
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import cli, host_database  # noqa: E402

CONFIGURATION = '[store]\npath = "s.db"\n[host]\ndatabase = "host.sqlite3"\n'


def fill(path, companies, documents, vehicles):
    """Django makes the tables, plain SQL the rows: as many documents spread over five years as asked, newest last."""
    host_database.make(path, [])
    connection = sqlite3.connect(path)
    today = datetime.date.today()
    dates = [f"{today - datetime.timedelta(days=age)} 15:00:00" for age in range(1825, -1, -1)]

    def rows(table, columns, values):
        marks = ",".join("?" * len(columns.split(",")))
        connection.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", values)

    rows("auth_user", "id,username,first_name,last_name,email,password,is_superuser,is_staff,is_active,date_joined",
         ((i, f"u{i}", "Marta", "Ríos", f"m{i}@example.cl", "", 0, 0, 1, dates[0]) for i in range(1, companies + 1)))
    rows("taller_empresa", "id,user_id,nombre_taller,empresa,pais,direccion,telefono,email,zona_horaria,moneda,plan,"
         "dias_prueba,suscripcion_activa,valor_mensual",
         ((i, i, f"Taller {i}", "", "CL", "", "", "", "America/Santiago", "CLP", "premium", 14, 1, 0)
          for i in range(1, companies + 1)))
    rows("taller_marca", "id,nombre", [(1, "Toyota")])
    rows("taller_modelo", "id,nombre", [(1, "Yaris")])
    rows("taller_cliente", "id,empresa_id,nombre,apellido,telefono,email",
         ((i, i % companies + 1, "Ana", "Soto", f"9 61{i % 1000000:06}", f"c{i}@example.cl") for i in range(1, vehicles + 1)))
    rows("taller_vehiculo", "id,empresa_id,cliente_id,marca_id,modelo_id,patente,anio",
         ((i, i % companies + 1, i, 1, 1, f"BB{i}", 2019) for i in range(1, vehicles + 1)))
    rows("taller_documento", "id,empresa_id,cliente_id,vehiculo_id,tipo_documento,numero_documento,fecha,kilometraje,"
         "incluir_iva",
         ((i, i % vehicles % companies + 1, i % vehicles or vehicles, i % vehicles or vehicles, "Factura", f"F-{i}",
           dates[i * len(dates) // (documents + 1)], 10000 + i % 90000, 1) for i in range(1, documents + 1)))
    rows("taller_serviciodocumento", "documento_id,nombre,precio", ((i, "Trabajo", 30000) for i in range(1, documents + 1)))
    rows("taller_recordatoriomantenimiento", "id,empresa_id,cliente_id,vehiculo_id,tipo_mantenimiento,descripcion,"
         "fecha_programada,dias_recordatorio,estado,notificacion_enviada",
         ((i, i % companies + 1, i, i, "ACEITE", "", str(today), 7, "PROGRAMADO", 0) for i in range(1, vehicles // 4 + 1)))
    connection.commit()
    return connection


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--companies", type=int, default=200)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--vehicles", type=int, help="with an owner each; a quarter has a reminder (default: documents / 5)")
    options = parser.parse_args()
    vehicles = options.vehicles or options.documents // 5
    with cli.Installation(CONFIGURATION) as place:
        host = fill(place.folder / "host.sqlite3", options.companies, options.documents, vehicles)
        place.setup()
        print(f"{options.companies:,} companies, {vehicles:,} customers and vehicles, {options.documents:,} documents")

        def measured(title, *arguments):
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            began = time.monotonic()
            report = json.loads(place.run("--json", "sync", *arguments).expect(0).out)
            wall = time.monotonic() - began
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            sums = {what: sum(report[kind][what] for kind in report if kind != "questions")
                    for what in ("created", "changed", "unchanged", "refused")}
            print(f"{title:16} {wall:7.2f} s  {cpu:7.2f} s CPU  {sums}  peak {after.ru_maxrss // 1024} MiB")

        measured("first")
        measured("nothing new")
        day = options.documents // 1825
        host.execute("INSERT INTO taller_documento (empresa_id, cliente_id, vehiculo_id, tipo_documento, fecha, kilometraje,"
                     " incluir_iva) SELECT empresa_id, cliente_id, vehiculo_id, tipo_documento, fecha, kilometraje + 100, 1"
                     " FROM taller_documento ORDER BY id DESC LIMIT ?", (day,))
        host.commit()
        measured("a day's more")
        measured("full", "--full")


if __name__ == "__main__":
    main()
