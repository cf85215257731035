"""A store with companies and queued notifications, and the program to work on it: where faults are injected."""

import contextlib
import dataclasses
import json
import os
import pathlib
import sqlite3
import subprocess
import time

CONFIGURATION = """[store]
path = "store.db"
[delivery]
concurrency = {connections}
{log}[platform]
name = "Plataforma"
[platform.email]
transport = "smtp"
from = "Plataforma <avisos@plataforma.example>"
host = "127.0.0.1"
port = {port}
tls = "none"
"""
COMPANY = """[[company]]
slug = "{slug}"
nombre_taller = "Taller {slug}"
hours = {{ start = "00:00", end = "24:00", weekends = true }}
[company.email]
transport = "smtp"
from = "Taller <contacto@{slug}.example>"
host = "127.0.0.1"
port = {port}
tls = "none"
"""
IN_HAND = "('claimed', 'sending')"
WAITING = "('queued', 'retry_wait', 'claimed', 'sending', 'uncertain')"


def program():
    """The binary under test, from $EGARAGE_NOTIFY."""
    path = os.environ.get("EGARAGE_NOTIFY")
    if not path or not os.access(path, os.X_OK):
        raise SystemExit("set EGARAGE_NOTIFY to the egarage-notify binary to test")
    return os.path.abspath(path)


@dataclasses.dataclass
class Finished:
    code: int
    out: str
    err: str


class Workshop:
    """A folder with configuration and store. Every company sends through its own account at 127.0.0.1:`port`."""

    def __init__(self, folder, port, companies=1, connections=4, log=""):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.config = self.folder / "egarage-notify.toml"
        self.store = self.folder / "store.db"
        self.slugs = [f"taller-{number}" for number in range(1, companies + 1)]
        self.events = 0
        text = CONFIGURATION.format(connections=connections, port=port, log=f"[log]\n{log}\n" if log else "")
        self.config.write_text(text + "".join(COMPANY.format(slug=slug, port=port) for slug in self.slugs))
        self.must("setup", "--non-interactive")

    def command(self, *arguments):
        return [program(), "--config", str(self.config), *arguments]

    def run(self, *arguments, prefix=(), timeout=150, **options):
        """Runs a command to its end. `prefix` is a tracer or a clock changer to run it under."""
        options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "stdin": subprocess.DEVNULL, **options}
        done = subprocess.run([*prefix, *self.command(*arguments)], timeout=timeout, check=False, **options)
        return Finished(done.returncode, (done.stdout or b"").decode(errors="replace"),
                        (done.stderr or b"").decode(errors="replace"))

    def must(self, *arguments):
        done = self.run(*arguments)
        if done.code != 0:
            raise AssertionError(f"{' '.join(arguments)} ended with {done.code}: {done.err}")
        return done

    def start(self, *arguments, prefix=(), **options):
        """The same, without waiting for its end."""
        options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "stdin": subprocess.DEVNULL, **options}
        return subprocess.Popen([*prefix, *self.command(*arguments)], **options)

    def event_lines(self, first, count):
        for number in range(first, first + count):
            slug = self.slugs[number % len(self.slugs)]
            yield json.dumps({
                "event": "DOCUMENTO_CREADO", "company": slug, "key": f"doc-{number}",
                "recipient": {"nombre": "Ana", "apellido": "Núñez", "email": f"ana{number}@clientes.example"},
                "documento": {"tipo_documento": "Factura", "numero_documento": str(number)},
                "vehiculo": {"marca": "Toyota", "modelo": "Yaris", "patente": "ABCD12"},
            }) + "\n"

    def enqueue(self, count):
        file = self.folder / "events.jsonl"
        file.write_text("".join(self.event_lines(self.events, count)))
        self.must("enqueue", str(file))
        self.events += count

    @contextlib.contextmanager
    def database(self, timeout=30.0):
        connection = sqlite3.connect(self.store, timeout=timeout, isolation_level=None)
        try:
            yield connection
        finally:
            connection.close()

    def query(self, sql, *values):
        with self.database() as connection:
            return connection.execute(sql, values).fetchall()

    def number(self, sql, *values):
        return self.query(sql, *values)[0][0]

    def waiting(self):
        return self.number(f"SELECT count(*) FROM notification WHERE status IN {WAITING}")

    def in_hand(self):
        return self.number(f"SELECT count(*) FROM notification WHERE status IN {IN_HAND}")

    def make_everything_due(self):
        """Retries lie minutes ahead: instead of waiting, SQL moves them to now and trusts the accounts again."""
        with self.database() as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("UPDATE notification SET due_at = ?1 WHERE status IN ('queued', 'retry_wait')"
                               " AND due_at > ?1", (int(time.time()),))
            connection.execute("UPDATE account SET state = 'ok', retry_at = NULL, failures = 0 WHERE state <> 'ok'")
            connection.execute("COMMIT")

    def recover(self, rounds=8):
        """Runs process-queue until nothing waits. Returns the complaints: a run that failed, or work that stayed."""
        complaints = []
        for _ in range(rounds):
            done = self.run("process-queue")
            if done.code != 0:
                complaints.append(f"a recovery run ended with {done.code}: {done.err.strip()}")
            if self.waiting() == 0:
                return complaints
            self.make_everything_due()
        return complaints + [f"{self.waiting()} rows still wait after {rounds} recovery runs"]
