"""silence, limits of contacts and hours of events: what waits, what goes, and what explain says of it."""
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import cli  # noqa: E402

BILL = ('{"event":"PAGO_PENDIENTE","company":"taller-sur","key":"%s","recipient":{"nombre":"Ana","email":'
        '"ana@example.cl"},"documento":{"id":1,"tipo_documento":"Factura","numero_documento":"F-1","fecha":"2026-11-20",'
        '"total":120000},"datos":{"total":120000,"dias_restantes":3,"fecha_vencimiento":"2026-12-20"}}\n')
HOURS = 'hours = { start = "00:00", end = "24:00", weekends = true, holidays = true }'


def installation(limits="", company=""):
    text = cli.CONFIGURATION.replace('hours = { start = "00:00", end = "24:00", weekends = true }', HOURS + "\n" + company)
    return cli.Installation(text + limits)


def states(place):
    return place.sql("SELECT status, reason FROM notification ORDER BY id")


def bills(place, *keys):
    place.run("enqueue", "-", stdin="".join(BILL % key for key in keys)).expect(0)


def test_the_second_collection_message_waits_and_explain_says_why():
    with installation() as place:
        place.setup()
        bills(place, "f-1", "f-2")
        place.run("process-queue").expect(0)
        first, second = states(place)
        assert first == ("accepted", "") and second[0] == "queued", (first, second)
        assert second[1] == "the customer's last collection message is less than 2 days old", second
        place.run("explain", "2").expect(0, out_has="the customer's last collection message is less than 2 days old")
        assert place.sql("SELECT count(*) FROM attempt") == [(1,)]


def test_limits_are_the_configurations_and_setup_changes_nothing_twice():
    with installation("[limits]\ncollection = { per_week = 1, days_apart = 0 }\n") as place:
        place.setup()
        place.run("setup", "--non-interactive").expect(0, out_has="unchanged")
        assert place.sql("SELECT limits FROM platform") == [('{"collection":{"days_apart":0,"per_week":1}}',)]
        bills(place, "f-1", "f-2")
        place.run("process-queue").expect(0)
        assert states(place)[1] == ("queued", "the customer has had 1 collection message in 7 days"), states(place)
    with installation(company='limits = { collection = "unlimited" }') as place:
        place.setup()
        bills(place, "f-1", "f-2", "f-3")
        place.run("process-queue").expect(0)
        assert [row[0] for row in states(place)] == ["accepted"] * 3


def test_a_silence_holds_back_what_was_queued_until_it_is_ended():
    with installation() as place:
        place.setup()
        place.enqueue("d-1")
        run = place.run("silence", "--company", "taller-sur", "--until", "2099-12-31", "--reason", "works").expect(0)
        assert run.out == "taller-sur sends nothing at all up to and including 2099-12-31.\n", run.out
        place.run("process-queue").expect(0)
        assert states(place) == [("queued", "silent until 2099-12-31: works")]
        place.run("silence", "--company", "taller-sur", "--event", "DOCUMENTO_CREADO", "--end").expect(
            2, err_has="taller-sur has no such silence of DOCUMENTO_CREADO")
        run = place.run("--json", "silence", "--company", "taller-sur", "--end").expect(0)
        assert json.loads(run.out)["company"] == "taller-sur"
        place.run("silence", "--company", "taller-sur", "--end").expect(2, err_has="no such silence")
        place.run("process-queue").expect(0)
        assert states(place) == [("accepted", "")]


def test_a_silence_may_be_of_a_customer_a_vehicle_or_an_event():
    with installation() as place:
        place.setup()
        (place.folder / "customers.csv").write_text("key,name,email\nana,Ana,ana@example.cl\n", encoding="utf-8")
        place.run("import", "customers", "customers.csv", "--company", "taller-sur").expect(0)
        silence = ("silence", "--company", "taller-sur", "--until", "2099-12-31")
        place.run(*silence, "--customer", "ana", "--event", "PAGO_PENDIENTE").expect(
            0, out_has="taller-sur sends nothing about customer ana of PAGO_PENDIENTE up to")
        place.run(*silence, "--customer", "eva").expect(2, err_has=["has no customer eva", "export customers"])
        place.run(*silence, "--vehicle", "v-1").expect(2, err_has="has no vehicle v-1")
        place.run(*silence, "--vehicle", "v-1", "--customer", "ana").expect(2)
        place.run(*silence, "--event", "PAGO").expect(2, err_has=["there is no event PAGO", "PAGO_PENDIENTE"])
        place.run(*silence[:3]).expect(2, err_has=["needs its last day", "--until"])
        place.run(*silence[:3], "--until", "31-12-2099").expect(2, err_has="is not a date")
        place.run(*silence[:3], "--until", "2020-01-01").expect(2, err_has=["2020-01-01 is over", "--end"])
        exported = place.run("export", "silences", "--company", "taller-sur").expect(0).out
        assert "2099-12-31" in exported and "PAGO_PENDIENTE" in exported, exported


def test_an_event_has_hours_of_its_own():
    narrow = 'events.DOCUMENTO_CREADO.hours = { start = "00:00", end = "00:01", weekends = true, holidays = true }'
    with installation(company=narrow) as place:
        place.setup()
        place.enqueue("d-1")
        bills(place, "f-1")
        place.run("process-queue").expect(0)
        rows = states(place)
        assert rows[1][0] == "accepted", rows
        # Once a day, for a minute, the document would go out, too.
        assert rows[0] in [("queued", "outside the company's sending hours"), ("accepted", "")], rows


cli.main(globals())
