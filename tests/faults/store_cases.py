"""Stores that are damaged, of another version, locked, removed or replaced."""

import os
import random
import shutil
import sqlite3
import subprocess
import threading
import time

from faults.case import STORE_ERROR, Site

MUTANTS = 320


def flip_bits(chance, octets, count):
    for _ in range(count):
        octets[chance.randrange(len(octets))] ^= 1 << chance.randrange(8)


def zero(chance, octets, length):
    start = chance.randrange(len(octets))
    octets[start:start + length] = bytes(len(octets[start:start + length]))


def scribble(chance, octets, length):
    start = chance.randrange(len(octets))
    octets[start:start + length] = chance.randbytes(len(octets[start:start + length]))


def cut(chance, octets):
    del octets[chance.randrange(len(octets)):]


MUTATIONS = (
    ("one bit", lambda chance, octets: flip_bits(chance, octets, 1)),
    ("a bit of the header", lambda chance, octets: flip_bits(chance, memoryview(octets)[:100], 1)),
    ("twenty bits", lambda chance, octets: flip_bits(chance, octets, 20)),
    ("two hundred bits", lambda chance, octets: flip_bits(chance, octets, 200)),
    ("zeros", lambda chance, octets: zero(chance, octets, 512)),
    ("a page of zeros", lambda chance, octets: zero(chance, octets, 4096)),
    ("noise", lambda chance, octets: scribble(chance, octets, 1024)),
    ("truncated", cut),
)


def unrecorded(site):
    """How many messages were sent that the store has no attempt for; None when the damage hides the answer."""
    try:
        with site.workshop.database() as connection:
            connection.text_factory = lambda octets: octets.decode(errors="replace")
            recorded = {row[0] for row in connection.execute(
                "SELECT m.message_id FROM attempt a JOIN message m ON m.notification_id = a.notification_id")}
        return len(set(site.peer.snapshot()) - recorded)
    except (sqlite3.Error, UnicodeDecodeError):  # the latter when an error repeats damaged text
        return None


def damaged_store():
    """Mutants of a good store: no crash, no hang, exit code 0, 1, or 4 with the file's name, no send unrecorded."""
    chance = random.Random(20260101)
    ends = {}
    with Site(rows=20) as site:
        for number in range(MUTANTS):
            title, mutate = MUTATIONS[number % len(MUTATIONS)]
            site.rewind()
            octets = bytearray(site.store.read_bytes())
            mutate(chance, octets)
            site.store.write_bytes(octets)
            try:
                done = site.run(timeout=60)
            except subprocess.TimeoutExpired:
                yield f"mutant {number}, {title}: still running after a minute"
                continue
            ends[done.code] = ends.get(done.code, 0) + 1
            if done.code == STORE_ERROR:
                yield from (f"mutant {number}, {title}: {text}" for text in site.loud(done))
            elif done.code not in (0, 1):
                yield f"mutant {number}, {title}: exit code {done.code}: {done.err.strip()}"
            if unrecorded(site):
                yield f"mutant {number}, {title}: messages were sent without an attempt in the store"
    print(f"    exit codes of {MUTANTS} damaged stores: {dict(sorted(ends.items()))}")


def due_rows_that_are_gone():
    """An index that names due rows which the table no longer has: said loudly, not looked for over and over."""
    with Site(rows=3) as site:
        with site.workshop.database() as connection:
            entry = connection.execute("SELECT * FROM sqlite_schema WHERE name = 'notification_due'").fetchone()
            connection.execute("PRAGMA writable_schema = ON")
            connection.execute("DELETE FROM sqlite_schema WHERE name = 'notification_due'")
        with site.workshop.database() as connection:
            connection.execute("DELETE FROM notification WHERE id < 3")
            connection.execute("PRAGMA writable_schema = ON")
            connection.execute("INSERT INTO sqlite_schema VALUES (?, ?, ?, ?, ?)", entry)
        try:
            yield from site.loud(site.run(timeout=60))
        except subprocess.TimeoutExpired:
            yield "still running after a minute"


def whole_file(content):
    with Site() as site:
        site.store.write_bytes(content)
        yield from site.refused(site.run())
        if site.store.read_bytes() != content:
            yield "the file was changed"


def not_a_store():
    """An empty file, a text, zeros, another program's database, a folder, nothing at all."""
    for title, content in (("empty", b""), ("text", b"This is no database.\n" * 400), ("zeros", bytes(8192))):
        yield from (f"{title}: {text}" for text in whole_file(content))
    with Site() as site:
        site.store.unlink()
        yield from (f"absent: {text}" for text in site.refused(site.run()))
        site.store.mkdir()
        yield from (f"folder: {text}" for text in site.refused(site.run()))
        site.store.rmdir()
        with site.workshop.database() as connection:
            connection.executescript("CREATE TABLE other (a); INSERT INTO other VALUES (1);")
        yield from (f"another database: {text}" for text in site.refused(site.run()))


def newer_schema():
    """A schema newer than the program: refused and left as it is."""
    with Site() as site:
        site.workshop.query("PRAGMA user_version = 99")
        before = site.store.read_bytes()
        done = site.run()
        yield from site.refused(done)
        if "newer" not in done.err:
            yield f"the error does not say what is wrong: {done.err.strip()}"
        if site.store.read_bytes() != before:
            yield "the store was changed"


def held_in_wal():
    """Another program has switched the store to WAL and holds it: refused; afterwards it is switched back."""
    with Site() as site:
        with site.workshop.database() as other:
            other.execute("PRAGMA journal_mode = WAL")
            other.execute("BEGIN")
            other.execute("SELECT count(*) FROM notification").fetchone()
            yield from site.refused(site.run())
            other.execute("COMMIT")
        yield from site.afterwards()


def hold(site, begin, seconds, ready=None):
    with site.workshop.database(timeout=60) as other:
        other.execute(begin)
        other.execute("SELECT count(*) FROM notification").fetchone()
        if ready:
            ready.set()
        time.sleep(seconds)
        other.execute("ROLLBACK")


def locked(begin, seconds, during):
    """Another program holds a transaction of that kind, from before the run or from its third message on."""
    with Site(rows=60, delay=0.02) as site:
        ready = threading.Event()
        holder = threading.Thread(target=hold, args=(site, begin, seconds, ready))
        if during:
            site.peer.on_message = lambda count: holder.start() if count == 3 else None
        else:
            holder.start()
            ready.wait()
        done = site.run()
        holder.join()
        # SQLite waits 30 seconds for a lock.
        if seconds > 30:
            yield from (site.loud(done) if during else site.refused(done))
        elif done.code != 0:
            yield f"did not wait: exit code {done.code}: {done.err.strip()}"
        yield from site.afterwards()


def lock_holders():
    """A writer and a reader that hold the store for one second and for forty."""
    threads, complaints = [], []

    def one(begin, seconds, during):
        title = f"{begin} for {seconds} s {'during' if during else 'before'} the run"
        complaints.extend(f"{title}: {text}" for text in locked(begin, seconds, during))

    for begin in ("BEGIN IMMEDIATE", "BEGIN"):
        for seconds in (1, 40):
            for during in (False, True):
                threads.append(threading.Thread(target=one, args=(begin, seconds, during)))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    yield from complaints


def lost_during_run(lose):
    """`lose(site)` takes the store away after 5 of 900 messages; the run must notice before its next group."""
    with Site(rows=900, delay=0.01) as site:
        site.peer.on_message = lambda count: lose(site) if count == 5 else None
        done = site.run()
        yield from site.loud(done)
        if "removed or replaced" not in done.err:
            yield f"the error does not say what is wrong: {done.err.strip()}"
        if site.peer.messages > 5 + site.connections + 256:
            yield f"{site.peer.messages - 5} messages were sent after the store was lost"
        if site.store.exists():
            with site.workshop.database() as connection:
                if connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                    yield "the new store was damaged"
                if connection.execute("SELECT count(*) FROM notification WHERE status <> 'queued'").fetchone()[0]:
                    yield "the run has written into the new store"


def removed_store():
    """The store is unlinked while a run is at work."""
    yield from lost_during_run(lambda site: site.store.unlink())


def replaced_store():
    """The store is replaced by a copy while a run is at work."""
    def replace(site):
        copy = site.folder / "copy"
        shutil.copyfile(site.pristine, copy)
        os.replace(copy, site.store)

    yield from lost_during_run(replace)


CASES = (damaged_store, due_rows_that_are_gone, not_a_store, newer_schema, held_in_wal, lock_holders,
         removed_store, replaced_store)
