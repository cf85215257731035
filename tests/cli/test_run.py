"""run: sync, producers, delivery and the daily purge from one line; whichever step fails, the others do their work."""
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import cli  # noqa: E402
import test_subscriptions as subscriptions_cases  # noqa: E402

HOST = '[host]\ndatabase = "%s"\n'
STEPS = ["sync", "check-subscriptions", "schedule-maintenance", "check-payments", "check-inactive", "process-queue",
         "purge"]


def configuration(host=""):
    # Ends in twenty days: one notice is due.
    return subscriptions_cases.configuration(subscriptions_cases.today_plus(20)) + (HOST % host if host else "")


class Place(cli.Installation):
    """A document waits, a notice is due, and something is old enough to be purged."""

    def __init__(self, text):
        super().__init__(text)
        self.setup().enqueue("old", "doc-1")
        self.sql("UPDATE notification SET status = 'cancelled', due_at = NULL, created_at = 5, updated_at = 5"
                 " WHERE dedup_key LIKE '%old%'")

    def done(self):
        """What each step has left behind: the notice, the document, the purge."""
        rows = self.sql("SELECT event, status FROM notification ORDER BY event")
        return [any(event == "SUSCRIPCION_VENCE" for event, _ in rows),
                ("DOCUMENTO_CREADO", "accepted") in rows, ("DOCUMENTO_CREADO", "cancelled") not in rows]


def test_every_step_says_what_it_did():
    with Place(configuration()) as place:
        report = json.loads(place.run("--json", "run").expect(0).out)
        assert list(report) == STEPS
        assert report["sync"] == {"skipped": "no [host] database is configured"}
        assert report["purge"]["notifications"] == 1 and report["process-queue"]["accepted"] == 2
        assert place.done() == [True, True, True]
        assert json.loads(place.run("--json", "run").expect(0).out)["purge"] == {"skipped": "done today already"}
        quiet = place.run("run").expect(0)
        assert (quiet.out, quiet.err) == ("", "")


def test_a_missing_host_stops_nothing_else():
    with Place(configuration("gone.sqlite3")) as place:
        run = place.run("run").expect(3, err_has=["error: sync: ", "gone.sqlite3: the host's database is not there", "hint: "])
        assert run.err.count("error:") == 1 and place.done() == [True, True, True]


def test_a_locked_host_stops_nothing_else():
    import sqlite3
    with Place(configuration("host.sqlite3")) as place:
        host = sqlite3.connect(place.folder / "host.sqlite3", isolation_level=None)
        host.execute("CREATE TABLE taller_empresa (id)")
        host.execute("BEGIN EXCLUSIVE")
        run = place.run("run").expect(4, err_has=["error: sync: ", "locked for too long", "hint: "])
        assert run.err.count("error:") == 1 and place.done() == [True, True, True]
        host.close()


def test_a_producer_that_fails_stops_nothing_else():
    with Place(configuration()) as place:
        place.sql("UPDATE company SET subscription_ends = '2026-02-30' WHERE slug = 'taller-norte'")
        run = place.run("run").expect(4, err_has=["error: check-subscriptions: ", "hint: "])
        # A company that cannot be read stops each producer, and only these.
        assert run.err.count("error:") == run.err.count("error: check-") + run.err.count("error: schedule-"), run.err
        assert place.done() == [False, True, True]


def test_a_delivery_that_fails_stops_nothing_else():
    with Place(configuration()) as place:
        place.sql("UPDATE account SET settings = '{}'")  # an account that nobody can read
        run = place.run("run")
        assert run.code != 0 and "error: process-queue: " in run.err, run.err
        assert place.done()[2], "the purge must have run"


def test_a_purge_that_fails_stops_nothing_else():
    with Place(configuration()) as place:
        place.sql("CREATE TRIGGER t BEFORE DELETE ON message BEGIN SELECT RAISE(ABORT, 'no'); END")
        run = place.run("run").expect(70, err_has=["error: purge: ", "hint: "])
        assert run.err.count("error:") == 1 and place.done() == [True, True, False]
        place.sql("DROP TRIGGER t")
        place.run("run").expect(0)
        assert place.done() == [True, True, True], "a purge that failed is made up for by the next run"


def test_a_dry_run_of_all_steps_changes_nothing():
    with Place(configuration()) as place:
        before = place.store.read_bytes()
        place.run("run", "--dry-run").expect(0, ["check-subscriptions\n", "purge\nTo be forgotten: 1 notification,"])
        assert place.store.read_bytes() == before


if __name__ == "__main__":
    cli.main(globals())
