"""check-subscriptions and run: who is told that a subscription ends, once, from one cron line."""
import json
import pathlib
import shutil
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import cli  # noqa: E402

ENDS = 'subscription = { ends = "%s", plan = "premium", active = %s }\n[company.email]'


def configuration(ends="2026-12-01", active="true"):
    return cli.CONFIGURATION.replace("[company.email]", ENDS % (ends, active), 1)


def check(place, day, *more):
    """The keys that were created, and those that were cancelled, at noon UTC of that day."""
    report = json.loads(place.run("--json", "check-subscriptions", "--at", f"{day}T12:00:00Z", *more).expect(0).out)
    return [[row["key"] for row in report[what]] for what in ("created", "cancelled")]


def test_a_ladder_is_climbed_once_and_renewed():
    rows = [("2026-10-31", []), ("2026-11-01", ["SUSCRIPCION_VENCE/2026-12-01/T-30/email"]), ("2026-11-02", []),
            ("2026-11-25", ["SUSCRIPCION_VENCE/2026-12-01/T-7/email"]),
            ("2026-11-28", ["SUSCRIPCION_VENCE/2026-12-01/T-5/email"]),
            ("2026-12-01", ["SUSCRIPCION_VENCE/2026-12-01/T-0/email"]), ("2026-12-01", []),
            ("2026-12-03", ["SUSCRIPCION_VENCIDA/2026-12-01/T+1/email"])]
    with cli.Installation(configuration()) as place:
        place.setup()
        for day, created in rows:
            assert check(place, day) == [created, []], day
        place.write_config(configuration("2027-12-01"))
        place.setup()
        created, cancelled = check(place, "2026-12-04")
        assert created == [] and len(cancelled) == 5, cancelled
        assert place.sql("SELECT DISTINCT status, reason FROM notification") == [("cancelled", "renewed until 2027-12-01")]
        assert check(place, "2027-11-01") == [["SUSCRIPCION_VENCE/2027-12-01/T-30/email"], []]


def test_fault_4_of_the_old_system_an_inactive_company_hears_that_it_has_ended():
    with cli.Installation(configuration(active="false")) as place:
        place.setup()
        assert check(place, "2026-12-02") == [["SUSCRIPCION_VENCIDA/2026-12-01/T+1/email"], []]


def test_a_dry_run_names_what_it_would_do_and_does_nothing():
    with cli.Installation(configuration()) as place:
        place.setup()
        run = place.run("check-subscriptions", "--dry-run", "--at", "2026-11-26T12:00:00Z").expect(0)
        assert run.out == ("taller-sur: SUSCRIPCION_VENCE/2026-12-01/T-5/email, due 2026-11-26T12:00:00Z\n"
                           "1 notification to be created\n"), run.out
        assert place.sql("SELECT count(*) FROM notification") == [(0,)]


def test_one_company_may_be_asked_for():
    with cli.Installation(configuration()) as place:
        place.setup()
        assert check(place, "2026-11-26", "--company", "taller-norte") == [[], []]
        assert check(place, "2026-11-26", "--company", "taller-sur")[0]
        place.run("check-subscriptions", "--company", "taller-sud").expect(2, err_has=["taller-sud", '"taller-sur"'])


def test_the_steps_are_the_configurations():
    with cli.Installation(configuration() + "[producers.subscriptions]\nbefore = [14]\nafter = []\n") as place:
        place.setup()
        assert check(place, "2026-11-16") == [[], []]
        assert check(place, "2026-11-17")[0] == ["SUSCRIPCION_VENCE/2026-12-01/T-14/email"]
        assert check(place, "2026-12-02") == [[], []]


def test_a_restored_backup_repeats_what_it_does_not_know_and_nothing_else():
    with cli.Installation(configuration()) as place:
        place.setup()
        check(place, "2026-11-24")
        shutil.copy(place.store, place.folder / "backup.db")
        assert check(place, "2026-11-26")[0] == ["SUSCRIPCION_VENCE/2026-12-01/T-5/email"]
        shutil.copy(place.folder / "backup.db", place.store)
        assert check(place, "2026-11-26")[0] == ["SUSCRIPCION_VENCE/2026-12-01/T-5/email"]
        assert check(place, "2026-11-26") == [[], []]
        assert place.sql("SELECT count(*) FROM notification") == [(2,)]


def today_plus(days):
    import datetime
    return (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=days)).date().isoformat()


def test_run_finds_out_and_sends_in_one_go_and_is_silent():
    with cli.Installation(configuration(today_plus(20))) as place:
        place.setup()
        run = place.run("run").expect(0)
        assert (run.out, run.err) == ("", "")
        assert place.sql("SELECT event, status FROM notification") == [("SUSCRIPCION_VENCE", "accepted")]
        message = next((place.folder / "outbox").rglob("*.eml")).read_text(encoding="utf-8")
        assert "marta@example.cl" in message and "avisos@egarage.example" in message
        assert place.run("run").expect(0).out == ""
        assert place.sql("SELECT count(*) FROM notification") == [(1,)]


def test_a_renewal_before_the_notice_leaves_is_noticed_in_time():
    with cli.Installation(configuration(today_plus(20))) as place:
        place.setup()
        place.run("check-subscriptions").expect(0)
        place.write_config(configuration("2099-01-01"))
        place.setup()
        report = json.loads(place.run("--json", "process-queue").expect(0).out)
        assert (report["accepted"], report["cancelled"]) == (0, 1), report
        place.run("explain", "1").expect(0, "renewed until 2099-01-01")


def test_run_says_of_each_step_what_it_did():
    with cli.Installation(configuration(today_plus(20))) as place:
        place.setup()
        plan = place.run("run", "--dry-run").expect(0, ["check-subscriptions\n", "1 notification to be created",
                                                        "process-queue\n", "Nothing is due.", "purge\n"])
        assert plan.err == ""
        report = json.loads(place.run("--json", "run").expect(0).out)
        assert list(report) == ["sync", "check-subscriptions", "schedule-maintenance", "check-payments", "check-inactive",
                                "process-queue", "purge"]
        assert len(report["check-subscriptions"]["created"]) == 1 and report["process-queue"]["accepted"] == 1
        place.run("--verbose", "run").expect(0, ["0 notifications created", "0 accepted"])


def test_a_step_that_fails_does_not_stop_the_others_and_the_worst_code_counts():
    with cli.Installation(configuration(today_plus(20))) as place:
        place.setup().enqueue("doc-1")
        # A date that no calendar has: the producer cannot go on, while the delivery of documents needs no such date …
        place.sql("UPDATE company SET subscription_ends = '2026-02-30' WHERE slug = 'taller-norte'")
        run = place.run("run").expect(4, err_has=["error: check-subscriptions: ", "hint: "])
        assert run.err.count("error: check-subscriptions: ") == 1 and "error: process-queue" not in run.err, run.err
        assert place.sql("SELECT event, status FROM notification") == [("DOCUMENTO_CREADO", "accepted")]
        report = json.loads(place.run("--json", "run").expect(4).out)
        assert "error" in report["check-subscriptions"] and report["process-queue"]["accepted"] == 0


def test_a_text_that_cannot_be_rendered_is_exit_1_and_delivery_goes_on():
    with cli.Installation(configuration(today_plus(20))) as place:
        place.setup().enqueue("doc-1")
        place.sql("INSERT INTO template (name, text, updated_at) VALUES ('suscripcion_vence.es', 'x {{ a|nada }}', 0)")
        run = place.run("run").expect(1, err_has=["error: check-subscriptions: taller-sur: cannot be rendered", "hint: "])
        assert run.out == ""
        assert place.sql("SELECT event, status FROM notification") == [("DOCUMENTO_CREADO", "accepted")]


def test_without_store_or_configuration_run_complains_once():
    with cli.Installation() as place:
        assert place.run("run").expect(4).err.count("error:") == 1
    with cli.Installation(None) as place:
        assert place.run("run").expect(3).err.count("error:") == 1


if __name__ == "__main__":
    cli.main(globals())
