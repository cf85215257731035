"""schedule-maintenance and run: imported vehicles and reminders become messages, once, and not when they are serviced."""
import datetime
import json
import pathlib
import shutil
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import cli  # noqa: E402



def take(place, kind, text):
    path = place.folder / f"{kind}.csv"
    path.write_text(text, encoding="utf-8")
    place.run("import", kind, path).expect(0)


def stocked(place, due, odometer=""):
    """Ana's Corolla, with a reminder."""
    place.setup()
    take(place, "customers", "company,key,name,email\ntaller-sur,ana,Ana,ana@example.cl\n")
    take(place, "vehicles", "company,key,customer,plate,make,model,unit\ntaller-sur,v-1,ana,BB-CL-45,Toyota,Corolla,km\n")
    take(place, "reminders",
         f"company,key,vehicle,type,due,due_odometer\ntaller-sur,rec-7,v-1,ACEITE,{due},{odometer}\n")
    return place


def schedule(place, day, *more):
    report = json.loads(place.run("--json", "schedule-maintenance", "--at", f"{day}T15:00:00Z", *more).expect(0).out)
    return [row["key"].removeprefix("MANTENIMIENTO_RECORDATORIO/") for row in report["created"]], report


def today_plus(days):
    return (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=days)).date().isoformat()


def test_an_imported_reminder_is_written_about_once_and_once_more_when_overdue():
    with cli.Installation() as place:
        stocked(place, "2026-12-01")
        rows = [("2026-10-31", []), ("2026-11-01", ["rec-7/2026-12-01/due/email"]), ("2026-11-02", []),
                ("2026-12-15", ["rec-7/2026-12-01/overdue/email"]), ("2026-12-16", [])]
        for day, keys in rows:
            assert schedule(place, day)[0] == keys, day
        assert place.sql("SELECT state FROM maintenance_reminder") == [("overdue",)]


def test_a_dry_run_names_what_it_would_do_and_does_nothing():
    with cli.Installation() as place:
        stocked(place, "2026-12-01")
        run = place.run("schedule-maintenance", "--dry-run", "--at", "2026-11-10T15:00:00Z").expect(0)
        assert run.out == ("1 vehicle planned anew: 1 reminders made or moved, 0 done, 0 withdrawn\n"
                           "taller-sur: MANTENIMIENTO_RECORDATORIO/rec-7/2026-12-01/due/email, due 2026-11-10T15:00:00Z\n"
                           "1 notification to be created\n"), run.out
        assert place.sql("SELECT count(*) FROM notification") == [(0,)]


def test_one_company_may_be_asked_for_and_the_configuration_decides():
    with cli.Installation(cli.CONFIGURATION + "[producers.maintenance]\ndays_before = 10\noverdue_after = 0\n") as place:
        stocked(place, "2026-12-01")
        assert schedule(place, "2026-11-20")[0] == []
        assert schedule(place, "2026-11-21", "--company", "taller-norte")[0] == []
        assert schedule(place, "2026-11-21", "--company", "taller-sur")[0] == ["rec-7/2026-12-01/due/email"]
        assert schedule(place, "2026-12-20")[0] == []
    for line in ("days_before = -1", "km_befor = 3"):
        with cli.Installation(cli.CONFIGURATION + f"[producers.maintenance]\n{line}\n") as place:
            place.run("schedule-maintenance").expect(3, err_has="[producers.maintenance]")
    with cli.Installation(cli.CONFIGURATION + '[producers.inspections]\nhour = 24\n') as place:
        place.run("schedule-maintenance").expect(3, err_has="hour")


def test_readings_that_are_not_believed_are_named():
    with cli.Installation() as place:
        stocked(place, "", 96350)
        take(place, "odometer", "company,vehicle,date,value,source\n" + "".join(
            f"taller-sur,v-1,{day},{value},workshop\n" for day, value in
            [("2025-05-01", 80000), ("2025-11-01", 85520), ("2026-02-01", 882800), ("2026-05-01", 90950)]))
        keys, report = schedule(place, "2026-09-25")
        assert keys == ["rec-7/96350/due/email"]
        assert report["planning"]["rejected_readings"] == [
            {"company": "taller-sur", "vehicle": "v-1", "reason": "882,800 km of 2026-02-01 looks like an extra digit"}]


def test_a_restored_backup_makes_the_same_keys():
    with cli.Installation() as place:
        stocked(place, "2026-12-01")
        schedule(place, "2026-10-20")
        shutil.copy(place.store, place.folder / "backup.db")
        assert schedule(place, "2026-11-05")[0] == ["rec-7/2026-12-01/due/email"]
        shutil.copy(place.folder / "backup.db", place.store)
        assert schedule(place, "2026-11-06")[0] == ["rec-7/2026-12-01/due/email"]
        assert schedule(place, "2026-11-06")[0] == []


def test_run_plans_and_sends_and_what_was_serviced_meanwhile_is_not_sent():
    with cli.Installation() as place:
        stocked(place, today_plus(10))
        report = json.loads(place.run("--json", "run").expect(0).out)
        assert len(report["schedule-maintenance"]["created"]) == 1 and report["process-queue"]["accepted"] == 1
    with cli.Installation() as place:
        stocked(place, today_plus(10))
        place.run("schedule-maintenance").expect(0)
        take(place, "documents", "company,key,customer,vehicle,type,date,covers\n"
             f"taller-sur,doc-9,ana,v-1,Factura,{today_plus(0)},ACEITE\n")
        place.run("schedule-maintenance").expect(0)
        report = json.loads(place.run("--json", "process-queue").expect(0).out)
        assert (report["accepted"], report["cancelled"]) == (0, 1), report
        place.run("explain", "1").expect(0, f"serviced on {today_plus(0)}")


def test_an_appointment_is_announced_and_not_when_it_was_cancelled():
    appointment = "company,key,vehicle,kind,date,time,state\ntaller-sur,cita,v-1,revision,%s,10:30,%s\n"
    with cli.Installation() as place:
        stocked(place, "2030-12-01")
        take(place, "appointments", appointment % (today_plus(5), "scheduled"))
        place.run("schedule-maintenance").expect(0)
        assert place.sql("SELECT event FROM notification") == [("REVISION_VEHICULO",)]
        take(place, "appointments", appointment % (today_plus(5), "cancelled"))
        place.sql("UPDATE notification SET due_at = 0")
        place.run("process-queue").expect(0)
        assert place.sql("SELECT status, reason FROM notification") == [("cancelled", "appointment cancelled")]


if __name__ == "__main__":
    cli.main(globals())
