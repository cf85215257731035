#!/usr/bin/env python3
"""kill -9 at every write, fsync, truncation and removal of commands that change the store without sending, then the same again.

The producers, `import`, `sync` and `purge` each start from the same store, die at the k-th call of one kind (strace) and
are run again to their end. Then every row of every table must be as after an undisturbed run, times of change aside: what
had been committed is not done twice, what had not is not missing. The file must be sound and nothing left beside it.
Needs $EGARAGE_NOTIFY and strace; `sync` needs Django. Exit code 1 when a store differed.
"""

import contextlib
import functools
import pathlib
import shutil
import sqlite3
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from faults import injection, kill_sweep, oracle
from faults.case import Skip
from faults.command_cases import CASES, TEXT
from faults.workshop import Workshop

WRITES = ("pwrite64", "write", "fdatasync", "fsync", "ftruncate", "unlink")
# Real clocks write these, so they differ from run to run.
CLOCKS = {"updated_at", "at"}


class Place(Workshop):
    """An installation that sends to files."""

    def __init__(self, folder, host):  # pylint: disable=super-init-not-called
        self.folder = pathlib.Path(folder)
        self.config, self.store = self.folder / "egarage-notify.toml", self.folder / "store.db"
        text = '[host]\ndatabase = "host.sqlite3"\n' if host else ""
        self.config.write_text(TEXT.format(host=text), encoding="utf-8")
        self.config.chmod(0o600)
        self.must("setup", "--non-interactive")


def rows_of(store):
    """Every table's rows, times of change left out."""
    connection = sqlite3.connect(f"file:{store}?mode=ro", uri=True)
    with contextlib.closing(connection):
        tables = [name for name, in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        result = {}
        for table in tables:
            columns = [row[1] for row in connection.execute(f"PRAGMA table_xinfo({table})") if row[1] not in CLOCKS]
            result[table] = sorted(connection.execute(f"SELECT {', '.join(columns)} FROM {table}"), key=repr)
        return result


def complaints_about(store):
    connection = sqlite3.connect(f"file:{store}?mode=ro", uri=True)
    with contextlib.closing(connection):
        for check in ("integrity_check", "foreign_key_check"):
            found = connection.execute(f"PRAGMA {check}").fetchall()
            if found not in ([("ok",)], []):
                yield f"{check}: {found[:3]}"


class CommandBench(contextlib.ExitStack):
    """A store before one of the commands, to be used again for point after point."""

    def __init__(self, name):
        super().__init__()
        prepare, self.command, self.beside = CASES[name]
        self.place = Place(self.enter_context(tempfile.TemporaryDirectory(prefix="egarage-fault-")), name == "sync")
        prepare(self.place)
        self.store, self.pristine = self.place.store, self.place.folder / "pristine"
        shutil.copyfile(self.store, self.pristine)
        before = rows_of(self.store)
        self.rewind()
        self.run()
        self.wanted = rows_of(self.store)
        if self.wanted == before:
            raise SystemExit(f"{name} has changed nothing: nothing would be proved")

    def rewind(self):
        for leftover in self.place.folder.glob("store.db*"):
            leftover.unlink()
        shutil.copyfile(self.pristine, self.store)
        self.store.chmod(0o600)
        if self.beside:
            self.beside(self.place)

    def run(self, **options):
        return self.place.run(*self.command, cwd=self.place.folder, **options)

    def count_calls(self):
        self.rewind()
        return injection.count_calls(lambda prefix: self.run(prefix=prefix))

    def kill_at(self, syscall, k):
        """The findings of one point, and whether the command was still at work to be killed there."""
        self.rewind()
        killed = self.run(prefix=injection.inject(syscall, f"signal=KILL:when={k}"))
        done = self.run()
        findings = oracle.Findings()
        if killed.code not in (0, kill_sweep.KILLED):
            findings.complain(f"instead of dying it ended with {killed.code}: {killed.err.strip()}")
        if done.code != 0 or done.err:
            findings.complain(f"the second run ended with {done.code}: {done.err.strip()}")
        for text in complaints_about(self.store):
            findings.complain(text)
        self.compare(rows_of(self.store), findings)
        if files := sorted(path.name for path in (self.place.folder / "outbox").glob("*")):
            findings.complain(f"the outbox still holds {files}")
        findings.complaints = [f"{self.command[0]}, {syscall} {k}: {text}" for text in findings.complaints]
        return findings, killed.code == kill_sweep.KILLED

    def compare(self, rows, findings):
        for table, wanted in self.wanted.items():
            missing = [row for row in wanted if row not in rows[table]] if rows[table] != wanted else []
            surplus = [row for row in rows[table] if row not in wanted] if rows[table] != wanted else []
            findings.lost += len(missing)
            findings.duplicates += len(surplus)
            if missing or surplus or len(rows[table]) != len(wanted):
                findings.complain(f"{table}: missing {missing[:2]}, too much {surplus[:2]}")


def main():
    parser = kill_sweep.parser_for(__doc__)
    parser.add_argument("--command", action="append", choices=CASES, help="only this command; may be repeated")
    arguments = parser.parse_args()
    arguments.only = arguments.only or WRITES
    bad = 0
    for name in arguments.command or CASES:
        print(f"\n{name}")
        try:
            bad |= kill_sweep.play(functools.partial(CommandBench, name), arguments)
        except Skip as reason:
            print(f"skipped: {reason}")
    return bad


if __name__ == "__main__":
    sys.exit(main())
