"""An installation that lives by cron: `run` at moments of the test's choosing, and what customers got at each of them."""
import dataclasses
import datetime
import email
import email.policy
import json
import sqlite3
import zoneinfo

from support import cli, movable_clock

UTC = datetime.timezone.utc


def instant(text):
    """`2027-09-05 04:15`, UTC."""
    return datetime.datetime.fromisoformat(text).replace(tzinfo=UTC)


def every(minutes, first, count):
    """The moments at which cron runs: `count` of them, from that one on."""
    return [instant(first) + datetime.timedelta(minutes=minutes * number) for number in range(count)]


@dataclasses.dataclass(frozen=True)
class Delivered:
    """A message as it lay in the outbox after a run, and what the store says that it is."""
    at: datetime.datetime
    address: str
    text: str  # subject and text of an e-mail, the template's parameters on WhatsApp
    company: str
    key: str
    message_id: str

    def row(self, zone):
        """`2027-09-05 01:00-0300 KEY ADDRESS`, by that zone's clock."""
        local = self.at.astimezone(zoneinfo.ZoneInfo(zone))
        return f"{local.strftime('%Y-%m-%d %H:%M%z')} {self.key} {self.address}"


def address_and_text(path):
    if path.suffix == ".json":
        request = json.loads(path.read_text(encoding="utf-8"))["request"]
        parameters = request["template"]["components"][0]["parameters"]
        return request["to"], " ".join(parameter["text"] for parameter in parameters)
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    return message["To"].addresses[0].addr_spec, f'{message["Subject"]} {message.get_body(("plain",)).get_content()}'


class Installation(cli.Installation):
    """Its accounts write to files. What was delivered is taken out of the outbox after each run."""

    def __init__(self, configuration):
        super().__init__(configuration)
        self.delivered = []

    def command(self, at, *arguments, stdin=""):
        """Any command by that clock; it must end well."""
        return self.run(*arguments, stdin=stdin, env=movable_clock.right_at(at)).expect(0)

    def take(self, at, kind, header, rows):
        file = self.folder / f"{kind}.csv"
        file.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
        self.command(at, "import", kind, file)

    def cron(self, moments, meanwhile=()):
        """Runs at each of these moments and returns what was delivered. A run that is not silent is a failure.

        `meanwhile`: (moment, deed) in order; deed(moment) is done before the first run that is later.
        """
        before, waiting = len(self.delivered), list(meanwhile)
        for moment in moments:
            while waiting and waiting[0][0] < moment:
                when, deed = waiting.pop(0)
                deed(when)
            run = self.command(moment, "run")
            assert (run.out, run.err) == ("", ""), (moment, run.out, run.err)
            self._collect(moment)
        assert not waiting, f"never happened: {waiting}"
        return self.delivered[before:]

    def _collect(self, moment):
        for path in sorted((self.folder / "outbox").iterdir()):
            (slug, key, message_id), = self.sql(
                "SELECT c.slug, n.dedup_key, m.message_id FROM message m JOIN notification n ON n.id = m.notification_id"
                " JOIN company c ON c.id = n.company_id WHERE m.message_id LIKE ?", path.stem + "@%")
            self.delivered.append(Delivered(moment, *address_and_text(path), slug, key, message_id))
            path.unlink()

    def back_up(self):
        """A copy as docs/operating.md says: `.backup`, while the store may be in use."""
        with sqlite3.connect(self.store) as store, sqlite3.connect(self.folder / "copy.db") as copy:
            store.backup(copy)

    def restore(self):
        for leftover in self.folder.glob("s.db*"):
            leftover.unlink()
        with sqlite3.connect(self.folder / "copy.db") as copy, sqlite3.connect(self.store) as store:
            copy.backup(store)
        self.store.chmod(0o600)

    def notifications(self):
        """(company, key, status, attempts that were made) of all that were ever created."""
        return self.sql("SELECT c.slug, n.dedup_key, n.status, (SELECT count(*) FROM attempt a WHERE a.notification_id ="
                        " n.id) FROM notification n JOIN company c ON c.id = n.company_id ORDER BY 1, 2")
