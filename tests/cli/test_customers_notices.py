"""check-payments and check-inactive: from imported files to the customer's message, once, and not after its reason."""
import datetime
import json
import pathlib
import shutil
import sys
import zoneinfo

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import cli  # noqa: E402

SUR = ("--company", "taller-sur")


def today_plus(days):
    today = datetime.datetime.now(zoneinfo.ZoneInfo("America/Santiago")).date()
    return (today + datetime.timedelta(days=days)).isoformat()


class Workshop(cli.Installation):
    """taller-sur with Ana, who owns a Yaris."""

    def set_up(self):
        self.setup()
        self.take("customers", "key,name,surname,email", "ana,Ana,Soto,ana@example.cl")
        self.take("vehicles", "key,customer,plate,make,model", "v-1,ana,BB-CL-45,Toyota,Yaris")
        return self

    def take(self, kind, *lines):
        file = self.folder / f"{kind}.csv"
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        self.run("import", kind, file, *SUR).expect(0)

    def bill(self, key, due, paid="", date="2026-01-15"):
        self.take("documents", "key,customer,vehicle,type,number,date,total,due,paid",
                  f"{key},ana,v-1,Factura,F-1042,{date},189990,{due},{paid}")

    def check(self, command, *more):
        report = json.loads(self.run("--json", command, *more).expect(0).out)
        return [[row["key"] for row in report[what]] for what in ("created", "cancelled")]

    def messages(self):
        return [file.read_text(encoding="utf-8") for file in sorted((self.folder / "outbox").rglob("*.eml"))]

    def states(self):
        return self.sql("SELECT dedup_key, status, reason FROM notification ORDER BY id")


def test_an_unpaid_document_is_asked_for_with_amount_and_days_until_it_is_paid():
    with Workshop() as place:
        place.set_up().bill("doc-1", today_plus(-3))
        due = today_plus(-3)
        assert place.check("check-payments") == [[f"PAGO_PENDIENTE/doc-1/{due}/T+3/email"], []]
        place.run("process-queue").expect(0)
        message, = place.messages()
        assert "ana@example.cl" in message and "$189.990" in message and "3 d=C3=ADas" in message, message
        assert place.check("check-payments") == [[], []]
        place.bill("doc-1", due, paid=today_plus(0))
        later = (datetime.date.fromisoformat(due) + datetime.timedelta(days=10)).isoformat()
        assert place.check("check-payments", "--at", f"{later}T15:00:00Z") == [[], []]
        assert [state for _, state, _ in place.states()] == ["accepted"]


def test_a_payment_between_the_check_and_the_queue_keeps_the_message_back():
    with Workshop() as place:
        due = today_plus(0)
        place.set_up().bill("doc/1", due)
        key = f"PAGO_PENDIENTE/doc%2F1/{due}/T-0/email"
        assert place.check("check-payments") == [[key], []]
        place.bill("doc/1", due, paid=due)
        report = json.loads(place.run("--json", "process-queue").expect(0).out)
        assert (report["accepted"], report["cancelled"]) == (0, 1), report
        assert place.states() == [(key, "cancelled", f"paid on {due}")]


def test_a_restored_copy_repeats_what_it_does_not_know_and_nothing_else():
    with Workshop() as place:
        place.set_up().bill("doc-1", "2026-12-01")
        at = ("--at", "2026-12-04T15:00:00Z")
        place.check("check-payments", "--at", "2026-12-01T15:00:00Z")
        shutil.copy(place.store, place.folder / "copy.db")
        made = place.check("check-payments", *at)
        assert made == [["PAGO_PENDIENTE/doc-1/2026-12-01/T+3/email"], ["PAGO_PENDIENTE/doc-1/2026-12-01/T-0/email"]]
        shutil.copy(place.folder / "copy.db", place.store)
        assert place.check("check-payments", *at) == made
        assert place.check("check-payments", *at) == [[], []]


def test_who_stayed_away_is_invited_once_with_a_way_to_stop_and_not_after_coming_back():
    with Workshop() as place:
        place.set_up().bill("doc-1", "", date="2025-11-20")
        at = ("--at", "2026-11-21T15:00:00Z")
        assert place.check("check-inactive", "--at", "2026-11-19T15:00:00Z") == [[], []]
        key = "CLIENTE_INACTIVO/ana/2025-11-20/M+12/email"
        assert place.check("check-inactive", *at) == [[key], []]
        assert place.check("check-inactive", *at) == [[], []]
        body, = place.sql("SELECT body FROM message")[0]
        assert "20 de noviembre de 2025" in body and "Toyota Yaris" in body and "BAJA" in body, body
        place.bill("doc-2", "", date="2026-11-21")
        assert place.check("check-inactive", *at) == [[], [key]]
        assert place.states() == [(key, "cancelled", "came back on 2026-11-21")]


def test_steps_months_and_notices_are_the_configurations():
    rules = "[producers.payments]\nsteps = [-10]\n[producers.inactive]\nmonths = 6\nmax_notices = 1\n"
    with Workshop(cli.CONFIGURATION + rules) as place:
        place.set_up().bill("doc-1", "2026-12-20", date="2026-05-10")
        assert place.check("check-payments", "--at", "2026-12-10T15:00:00Z")[0] == [
            "PAGO_PENDIENTE/doc-1/2026-12-20/T-10/email"]
        assert place.check("check-payments", "--at", "2026-12-23T15:00:00Z") == [[], []]
        place.bill("doc-1", "2026-12-20", paid="2026-12-19", date="2026-05-10")
        assert place.check("check-inactive", "--at", "2026-11-10T15:00:00Z")[0] == [
            "CLIENTE_INACTIVO/ana/2026-05-10/M+6/email"]
        assert place.check("check-inactive", "--at", "2027-05-10T15:00:00Z") == [[], []]


def test_a_dry_run_names_what_it_would_do_counts_whom_it_skips_and_changes_nothing():
    with Workshop() as place:
        place.set_up().bill("doc-1", "2026-12-01")
        place.take("customers", "key,name,collection", "bea,Bea,none")
        for key in ("doc-2", "doc-3"):
            place.take("documents", "key,customer,type,date,due", f"{key},bea,Factura,2026-11-01,2026-12-01")
        run = place.run("check-payments", "--dry-run", "--at", "2026-12-01T15:00:00Z").expect(0)
        assert run.out == ("taller-sur: PAGO_PENDIENTE/doc-1/2026-12-01/T-0/email, due 2026-12-01T15:00:00Z\n"
                           "taller-sur: wants no collection messages (2)\n"
                           "1 notification to be created, 2 skipped\n"), run.out
        assert place.states() == []
        for command in ("check-payments", "check-inactive"):
            place.run(command, "--company", "taller-sud").expect(2, err_has=["taller-sud", '"taller-sur"'])


def test_one_cron_line_does_it_all():
    with Workshop() as place:
        place.set_up().bill("doc-1", today_plus(0))
        run = place.run("run").expect(0)
        assert (run.out, run.err) == ("", "")
        assert [(row[0].split("/")[0], row[1]) for row in place.states()] == [("PAGO_PENDIENTE", "accepted")]
        place.run("run").expect(0)
        assert len(place.states()) == 1


if __name__ == "__main__":
    cli.main(globals())
