"""sync: the host application's database, made by Django, becomes the store's directory."""
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import cli, host_database  # noqa: E402
from support.host_workshop import (ALL, BARE, NAMES, TWO_TENANTS, Place, counts, customer, day, document,  # noqa: E402
                                   reminder, vehicle, workshop)


def test_two_tenants_with_the_same_names_come_in_apart():
    with Place(TWO_TENANTS) as place:
        assert counts(place.sync(), *ALL) == [[2, 0, 0, 0, 0]] * 5
        assert place.sql("SELECT slug, name, country, language, time_zone, currency, admin_name, admin_email FROM company"
                         " ORDER BY id") == [
            ("taller-nunoa", "Taller Ñuñoa", "CL", "es", "America/Santiago", "CLP", "Marta Ríos", "marta1@example.cl"),
            ("taller-nunoa-2", "Taller Ñuñoa", "US", "en", "America/New_York", "USD", "Marta Ríos", "marta2@example.cl")]
        assert place.sql("SELECT company_id, key, name, surname, language, email, phone FROM customer ORDER BY 1") == [
            (1, "1", "Ana", "Soto", None, "ana1@example.cl", "+56961234567"),
            (2, "2", "Ana", "Soto", None, "ana2@example.cl", "+12127365000")]
        assert place.sql("SELECT company_id, key, customer_key, plate, make, model, year, unit, sold FROM vehicle"
                         " ORDER BY 1") == [(1, "1", "1", "BBCL45", "Toyota", "Yaris", 2019, "km", 0),
                                            (2, "2", "2", "BBCL45", "Toyota", "Yaris", 2019, "mi", 0)]
        # 2 × 7,990 + 30,000 + 5,000 = 50,980, and 19 % more in Chile.
        assert place.sql("SELECT company_id, key, type, number, issued_on, total_minor, currency, odometer FROM document"
                         " ORDER BY 1") == [(1, "1", "Factura", "F-1", day(-3), 60666, "CLP", 45000),
                                            (2, "2", "Factura", "F-2", day(-3), 9995, "USD", 45000)]
        assert place.sql("SELECT company_id, key, vehicle_key, type, due_on, due_odometer, days_before, state, source"
                         " FROM maintenance_reminder ORDER BY 1") == [
            (1, "1", "1", "ACEITE", day(60), 55000, 7, "planned", "import"),
            (2, "2", "2", "ACEITE", day(60), 55000, 7, "planned", "import")]


def test_the_second_sync_writes_nothing():
    with Place(TWO_TENANTS) as place:
        place.sync()
        before = place.store.read_bytes()
        assert counts(place.sync(), *ALL) == [[0, 0, 2, 0, 0]] * 5
        assert place.store.read_bytes() == before
        assert place.run("sync").expect(0).out == ""
        assert "2 companies in " in place.run("doctor").out


def test_a_changed_name_keeps_its_slug_and_changed_rows_are_changed():
    with Place(TWO_TENANTS) as place:
        place.sync()
        place.change(["Empresa", {"id": 1, "nombre_taller": "Garage Andes", "fecha_fin": "2027-01-01T02:00:00Z"}],
                     ["Cliente", {"id": 1, "telefono": None}], ["Vehiculo", {"id": 1, "patente": "XX-YY-99"}],
                     ["Documento", {"id": 1, "kilometraje": 45100}],
                     ["RecordatorioMantenimiento", {"id": 1, "estado": "REALIZADO"}])
        assert counts(place.sync(), *ALL) == [[0, 1, 1, 0, 0]] * 5
        assert place.sql("SELECT slug, name, subscription_ends FROM company WHERE id = 1") == [
            ("taller-nunoa", "Garage Andes", "2026-12-31")], "the last day by the company's own calendar"
        assert place.sql("SELECT email, phone FROM customer WHERE company_id = 1") == [("ana1@example.cl", None)]
        assert place.sql("SELECT plate_key FROM vehicle WHERE company_id = 1") == [("XXYY99",)]
        assert place.sql("SELECT odometer FROM document WHERE company_id = 1") == [(45100,)]
        assert place.sql("SELECT state FROM maintenance_reminder WHERE company_id = 1") == [("done",)]


def test_a_dry_run_counts_and_writes_nothing():
    with Place(TWO_TENANTS) as place:
        before = place.store.read_bytes()
        run = place.run("sync", "--dry-run").expect(0, ["companies", "2 created", "Dry run: nothing was written."])
        assert counts(place.sync("--dry-run"), *ALL) == [[2, 0, 0, 0, 0]] * 5, run.out
        assert place.sql("SELECT count(*) FROM company") == [(0,)] and place.sql("SELECT count(*) FROM document") == [(0,)]
        assert len(place.store.read_bytes()) >= len(before)


def test_what_cannot_be_kept_is_counted_with_its_reason_and_the_rest_goes_in():
    rows = [*NAMES, *workshop(1, "Sur"), *workshop(2, "Norte"), *workshop(3, "Lejos", pais="AR"),
            customer(1, 1, email="ana", telefono="llamar en la tarde"), customer(2, 2), vehicle(1, 1, 1), vehicle(2, 2, 2),
            vehicle(3, 2, 1), document(1, 1, 1), document(2, 1, 1, fecha=None), document(3, 1, 2),
            reminder(1, 1, 1, tipo_mantenimiento="PULIDO", descripcion="")]
    with Place(rows) as place:
        report = place.sync()
        assert counts(report, *ALL) == [[2, 0, 0, 1, 0], [2, 0, 0, 0, 0], [2, 0, 0, 1, 0], [1, 0, 0, 2, 0],
                                        [1, 0, 0, 0, 0]]
        assert report["companies"]["notes"] == {"refused: its country is neither CL nor US": 1}
        assert report["customers"]["notes"] == {'e-mail left out: it has no "@"': 1,
                                                "phone number left out: it has letters in it": 1}
        assert report["vehicles"]["notes"] == {"refused: its customer is not the company's": 1}
        assert report["documents"]["notes"] == {"refused: it has no date": 1, "refused: its customer is not the company's": 1}
        assert place.sql("SELECT type, description FROM maintenance_reminder") == [("PERSONALIZADO", "PULIDO")]
        place.run("--verbose", "sync").expect(0, ['1 e-mail left out: it has no "@"'])


def test_what_the_host_deletes_reaches_nobody_any_more():
    with Place(TWO_TENANTS) as place:
        place.sync()
        place.change(["RecordatorioMantenimiento", {"id": 2, "delete": True}], ["Cliente", {"id": 1, "delete": True}])
        assert counts(place.sync(), "customers", "vehicles", "documents", "reminders") == [
            [0, 0, 1, 0, 1], [0, 0, 1, 0, 1], [0, 0, 1, 0, 0], [0, 0, 0, 0, 2]]
        assert place.sql("SELECT state FROM maintenance_reminder") == [("cancelled",)] * 2
        assert place.sql("SELECT name, email, phone FROM customer WHERE company_id = 1") == [("Ana", None, None)]
        assert place.sql("SELECT sold FROM vehicle ORDER BY company_id") == [(1,), (0,)]
        assert place.sql("SELECT count(*) FROM document") == [(2,)]
        assert counts(place.sync(), "customers", "vehicles", "reminders") == [[0, 0, 1, 0, 0], [0, 0, 1, 0, 0],
                                                                              [0, 0, 0, 0, 0]]


def test_a_company_that_vanished_is_asked_about_and_closed_by_a_full_sync():
    with Place(TWO_TENANTS) as place:
        place.sync()
        place.change(["Empresa", {"id": 2, "delete": True}])
        place.run("sync").expect(1, err_has=["taller-nunoa-2: the host no longer has this company", "sync --full"])
        assert place.sql("SELECT state FROM maintenance_reminder") == [("planned",)] * 2
        assert counts(place.sync("--full"), "customers", "vehicles", "reminders") == [
            [0, 0, 1, 0, 1], [0, 0, 1, 0, 1], [0, 0, 1, 0, 1]]


def test_settled_documents_are_read_by_a_full_sync_only():
    old = document(1, 1, 1, fecha=f"{day(-90)}T15:00:00Z")
    rows = [*NAMES, *workshop(1, "Sur"), customer(1, 1), vehicle(1, 1, 1), old, document(2, 1, 1)]
    with Place(rows) as place:
        assert counts(place.sync(), "documents") == [[2, 0, 0, 0, 0]]
        place.change(["Documento", {"id": 1, "kilometraje": 41000}], ["Documento", {"id": 2, "kilometraje": 45500}],
                     document(3, 1, 1))
        assert counts(place.sync(), "documents") == [[1, 1, 0, 0, 0]]
        assert counts(place.sync("--full"), "documents") == [[0, 1, 2, 0, 0]]


def test_the_configuration_wins_and_names_its_company_by_the_hosts_id():
    declared = BARE + """[[company]]
slug = "nunoa"
host_id = "1"
color = "#0a7d4f"
telefono = "+56 2 2123 4567"
[company.email]
transport = "file"
from = "Taller <avisos@nunoa.example>"
"""
    with Place(TWO_TENANTS, declared) as place:
        assert counts(place.sync(), "companies", "customers") == [[1, 1, 0, 0, 0], [2, 0, 0, 0, 0]]
        row = "SELECT slug, name, phone, colour, admin_email, email FROM company ORDER BY id"
        wanted = [("nunoa", "Taller Ñuñoa", "+56 2 2123 4567", "#0a7d4f", "marta1@example.cl", "avisos@nunoa.example"),
                  ("taller-nunoa", "Taller Ñuñoa", "", "", "marta2@example.cl", "")]
        assert place.sql(row) == wanted, place.sql(row)
        assert place.sql("SELECT company_id, transport FROM account WHERE company_id IS NOT NULL") == [(1, "file")]
        place.setup()
        assert place.sql(row) == wanted, "setup must not undo what the host says"
        assert counts(place.sync(), "companies") == [[0, 0, 2, 0, 0]]


def test_a_name_alone_never_gets_a_workshop_the_accounts_of_another():
    declared = BARE + '[[company]]\nslug = "taller-nunoa"\nnombre_taller = "Taller Ñuñoa"\n'
    with Place(TWO_TENANTS, declared) as place:
        place.run("sync").expect(1, err_has=['company 1 of the host has the name of the configured "taller-nunoa"',
                                             "(1 more)", 'host_id = "1"'])
        assert place.sql("SELECT count(*) FROM host_company") == [(0,)]
        place.write_config(declared + 'host_id = "2"\n')
        assert counts(place.sync(), "customers") == [[2, 0, 0, 0, 0]]
        assert place.sql("SELECT host_id, slug FROM host_company JOIN company ON id = company_id ORDER BY 1") == [
            ("1", "taller-nunoa-1"), ("2", "taller-nunoa")]


def test_the_hosts_hours_and_switches_are_taken_over():
    rows = [*workshop(1, "Sur"), ["ConfiguracionNotificacion", {"id": 1, "empresa_id": 1, "whatsapp_activo": True,
                                                                "notificar_mantenimiento": False,
                                                                "hora_inicio_envio": "22:00", "hora_fin_envio": "06:30",
                                                                "enviar_fines_semana": True, "email_password": "geheim"}]]
    with Place(rows) as place:
        place.sync()
        start, end, weekends, routes = place.sql("SELECT hours_start, hours_end, hours_weekends, channels FROM company")[0]
        assert (start, end, weekends) == (22 * 60, 6 * 60 + 30, 1)
        routes = json.loads(routes)
        assert "email" in json.dumps(routes["DOCUMENTO_CREADO"]) and "whatsapp" in json.dumps(routes["DOCUMENTO_CREADO"])
        assert "email" not in json.dumps(routes["MANTENIMIENTO_RECORDATORIO"]) and "SUSCRIPCION_VENCE" not in routes
        assert b"geheim" not in place.store.read_bytes()


def test_a_trial_ends_after_its_days_and_an_inactive_company_comes_in():
    rows = [*workshop(1, "Sur", fecha_inicio="2026-11-01T15:00:00Z", dias_prueba=14),
            *workshop(2, "Norte", plan="premium", suscripcion_activa=False, fecha_fin="2026-10-01T15:00:00Z"),
            *workshop(3, "Este", plan="premium", fecha_inicio="2026-11-01T15:00:00Z")]
    with Place(rows) as place:
        place.sync()
        assert place.sql("SELECT slug, subscription_plan, subscription_ends, subscription_active FROM company ORDER BY id") == [
            ("sur", "trial", "2026-11-15", 1), ("norte", "premium", "2026-10-01", 0), ("este", "premium", None, 1)]


def test_our_own_steps_with_a_reminder_are_not_taken_back():
    with Place(TWO_TENANTS) as place:
        place.sync()
        place.sql("UPDATE maintenance_reminder SET state = 'notified', notified_at = 5 WHERE key = '1'")
        assert counts(place.sync(), "reminders") == [[0, 0, 2, 0, 0]]
        place.change(["RecordatorioMantenimiento", {"id": 1, "fecha_programada": day(200)}])
        assert counts(place.sync(), "reminders") == [[0, 1, 1, 0, 0]]
        assert place.sql("SELECT state, notified_at FROM maintenance_reminder WHERE key = '1'") == [("planned", None)]


def test_what_only_we_know_of_a_row_stays():
    with Place(TWO_TENANTS) as place:
        place.sync()
        place.run("import", "documents", "-", "--company", "taller-nunoa", stdin="key,due,covers\n1,2027-01-01,ACEITE\n").expect(0)
        place.run("import", "customers", "-", "--company", "taller-nunoa", stdin="key,promotional\n1,none\n").expect(0)
        place.change(["Documento", {"id": 1, "numero_documento": "F-9"}], ["Cliente", {"id": 1, "apellido": "Rojas"}])
        assert counts(place.sync(), "customers", "documents") == [[0, 1, 1, 0, 0]] * 2
        assert place.sql("SELECT number, due_on FROM document WHERE company_id = 1") == [("F-9", "2027-01-01")]
        assert place.sql("SELECT type FROM document_covers") == [("ACEITE",)]
        assert place.sql("SELECT surname, promotional FROM customer WHERE company_id = 1") == [("Rojas", "")]


def test_an_older_host_lacks_what_is_not_needed_and_is_told_what_is():
    lacking = ["taller_cliente.apellido", "taller_documento.kilometraje", "taller_recordatoriomantenimiento",
               "taller_configuracionnotificacion", "taller_otroserviciodocumento", "taller_repuestodocumento.cantidad"]
    with Place(TWO_TENANTS, without=lacking) as place:
        assert counts(place.sync(), *ALL) == [[2, 0, 0, 0, 0]] * 4 + [[0, 0, 0, 0, 0]]
    with Place(TWO_TENANTS, without=["taller_empresa.pais", "taller_recordatoriomantenimiento",
                                     "taller_vehiculo.patente"]) as place:
        place.run("sync").expect(3, err_has=["lacks taller_empresa.pais, taller_vehiculo.patente", "docs/host.md"])


def test_a_host_that_is_not_there_or_no_database_is_one_clear_error():
    with Place(TWO_TENANTS) as place:
        place.host.write_text("not a database at all, but long enough to look at " * 20)
        place.run("sync").expect(3, err_has=["host.sqlite3: the host's database is not an SQLite database", "import"])
        place.host.unlink()
        place.run("sync").expect(3, err_has=["host.sqlite3: the host's database is not there", "[host] database"])
        assert "the host's database is not there" in place.run("doctor").out
    with cli.Installation() as place:
        place.setup()
        place.run("--verbose", "sync").expect(0, ["No [host] database is configured"])


def test_the_host_is_only_read_also_while_it_writes_in_wal_mode():
    import sqlite3
    with Place(TWO_TENANTS) as place:
        host = sqlite3.connect(place.host)
        host.execute("PRAGMA journal_mode = WAL")
        host.execute("UPDATE taller_cliente SET nombre = 'Eva' WHERE id = 1")  # a transaction that stays open
        assert counts(place.sync(), "customers") == [[2, 0, 0, 0, 0]]
        assert place.sql("SELECT name FROM customer WHERE key = '1'") == [("Ana",)]
        host.commit()
        assert counts(place.sync(), "customers") == [[0, 1, 1, 0, 0]]
        host.close()


if __name__ == "__main__":
    if not host_database.available():
        print("skipped: there is no Django, which makes the host's database")
        sys.exit(77)
    cli.main(globals())
