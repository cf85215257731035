#!/usr/bin/env python3
"""Eight runs at once on one store of several companies, killed at random moments and started again, then the oracle.

While they die, a ninth process keeps enqueueing events and is killed too: what it repeats must not come twice. Before
that, runs are suspended past their lease (the lease is moved into the past with SQL), another run takes over, and the
suspended one goes on: its late result must be recorded. Needs $EGARAGE_NOTIFY. Exit code 1 when anything was lost, stuck
or uncovered.

A run lives for a random number of messages that the server takes, from all runs together, or for a random time, whichever
is over first: on a slow machine most runs would otherwise die before they have sent anything.
"""

import argparse
import pathlib
import random
import signal
import sqlite3
import sys
import tempfile
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from faults import oracle
from faults.workshop import IN_HAND, Workshop
from support.counting_smtp import CountingSmtp

COMPANIES, CONNECTIONS = 5, 2  # per account
BATCH = 1000                   # events per enqueue
MESSAGES_OF_A_LIFE = 100


class Carnage:
    """Keeps runs going and kills them until `kills` have died."""

    def __init__(self, workshop, peer, arguments):
        self.peer = peer
        self.workshop, self.runs, self.wanted = workshop, arguments.runs, arguments.kills
        self.longest = arguments.longest
        self.random = random.Random(arguments.seed)
        self.lock = threading.Lock()
        self.kills = self.ended = self.enqueue_kills = 0
        self.complaints = []

    def is_over(self):
        return self.kills >= self.wanted or len(self.complaints) > 10

    def complain(self, text):
        with self.lock:
            self.complaints.append(text)

    def live_and_die(self, command):
        """Runs the command for a random while. Whether it had to be killed."""
        time_is_up = time.monotonic() + self.random.uniform(0.01, self.longest)
        enough = self.peer.messages + self.random.randrange(MESSAGES_OF_A_LIFE)
        process = self.workshop.start(*command)
        while process.poll() is None:
            if time.monotonic() > time_is_up or self.peer.messages > enough:
                time.sleep(self.random.uniform(0, 0.01))
                process.kill()
                process.communicate()
                return True
            time.sleep(0.003)
        err = process.communicate()[1].decode(errors="replace").strip()
        if process.returncode != 0:
            self.complain(f"{command[0]} ended with {process.returncode}: {err}")
        return False

    def keep_sending(self):
        while not self.is_over():
            killed = self.live_and_die(["process-queue"])
            with self.lock:
                self.kills += killed
                self.ended += not killed

    def keep_feeding(self):
        """Enqueues whenever little is left; a killed enqueue is repeated whole until it has ended well."""
        file = self.workshop.folder / "events.jsonl"
        while not self.is_over():
            if self.workshop.waiting() > 3 * BATCH:
                time.sleep(0.05)
                continue
            file.write_text("".join(self.workshop.event_lines(self.workshop.events, BATCH)))
            while self.live_and_die(["enqueue", str(file)]):
                self.enqueue_kills += 1
            self.workshop.events += BATCH

    def rage(self):
        threads = [threading.Thread(target=self.keep_sending) for _ in range(self.runs)]
        threads.append(threading.Thread(target=self.keep_feeding))
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()


def print_findings(title, findings):
    print(f"{title}: {findings.rows} rows, {findings.lost} lost, {findings.stuck} stuck, {findings.duplicates}"
          f" duplicates, {findings.uncovered} uncovered, {findings.uncertain} uncertain attempts, {findings.held} rows held")
    for text in findings.complaints:
        print(f"VIOLATION {text}")


def random_kills(folder, arguments):
    with CountingSmtp(delay=0.05) as peer:
        workshop = Workshop(folder, peer.port, companies=COMPANIES, connections=CONNECTIONS)
        workshop.enqueue(4 * BATCH)
        carnage = Carnage(workshop, peer, arguments)
        began = time.monotonic()
        carnage.rage()
        seconds = time.monotonic() - began
        sent = peer.messages
        peer.delay = 0
        complaints = carnage.complaints + workshop.recover()
        findings = oracle.examine(workshop.store, peer.snapshot(), workshop.events, COMPANIES * CONNECTIONS,
                                  runs_were_killed=True)
        findings.complaints = complaints + findings.complaints
        if findings.uncertain == 0:
            findings.complaints.append("no kill has met a message in flight: nothing has been proved")
    print(f"{carnage.kills} runs killed in {seconds:.0f} s with {arguments.runs} at once, {carnage.ended} ended by"
          f" themselves, {carnage.enqueue_kills} enqueues killed, {sent} messages sent meanwhile")
    print_findings("random kills", findings)
    return findings


def take_lease_away(workshop, process):
    """Suspends the run outside any transaction and moves its leases into the past. False when it had ended before."""
    while process.poll() is None:
        process.send_signal(signal.SIGSTOP)
        try:
            with workshop.database(timeout=0.05) as connection:
                connection.execute("BEGIN IMMEDIATE")
                connection.execute(f"UPDATE notification SET lease_at = ? WHERE status IN {IN_HAND}",
                                   (int(time.time()) - 1,))
                connection.execute("COMMIT")
            return True
        except sqlite3.OperationalError:  # it holds the store at this very moment
            process.send_signal(signal.SIGCONT)
            time.sleep(0.003)
    return False


def suspend(workshop, peer, after_messages, *other_run):
    """One suspended run: taken over by `other_run`, then continued. Returns the complaints."""
    process = workshop.start("process-queue")
    until = peer.messages + after_messages
    while peer.messages < until and process.poll() is None:
        time.sleep(0.001)
    suspended = take_lease_away(workshop, process)
    complaints = []
    if suspended:
        other = workshop.run("process-queue", *other_run)
        if other.code != 0:
            complaints.append(f"the run that took over ended with {other.code}: {other.err.strip()}")
        process.send_signal(signal.SIGCONT)
    _, err = process.communicate(timeout=120)
    if process.returncode != 0:
        complaints.append(f"the suspended run ended with {process.returncode}: {err.decode(errors='replace').strip()}")
    return complaints


def suspensions(folder, arguments):
    chance = random.Random(arguments.seed)
    with CountingSmtp(delay=0.1) as peer:
        workshop = Workshop(folder, peer.port, connections=4)
        complaints = []
        for number in range(arguments.stops):
            workshop.enqueue(40)
            # With a limit the other run sends next to nothing: then the late result alone settles the rows.
            other_run = ("--limit", "1") if number % 2 else ()
            complaints += suspend(workshop, peer, chance.randrange(1, 30), *other_run)
            complaints += workshop.recover()
        late = workshop.number("SELECT count(*) FROM attempt WHERE presumed_uncertain AND outcome = 'accepted'")
        presumed = workshop.number("SELECT count(*) FROM attempt WHERE presumed_uncertain")
        silent = workshop.number("SELECT count(*) FROM attempt WHERE presumed_uncertain AND outcome = 'uncertain'")
        findings = oracle.examine(workshop.store, peer.snapshot(), workshop.events, 4)
        findings.complaints = complaints + findings.complaints
    if late == 0:
        findings.complaints.append("no late result was recorded: nothing has been proved")
    if silent:
        findings.complaints.append(f"{silent} of {presumed} attempts of suspended runs never got their late result")
    print(f"{arguments.stops} runs suspended past their lease, {presumed} attempts taken over, {late} accepted late")
    print_findings("suspensions", findings)
    return findings


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=2000)
    parser.add_argument("--runs", type=int, default=8, help="process-queue runs at the same time")
    parser.add_argument("--longest", type=float, default=10.0, metavar="SECONDS", help="longest life of a run")
    parser.add_argument("--stops", type=int, default=20, help="runs suspended past their lease")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    bad = False
    with tempfile.TemporaryDirectory(prefix="egarage-random-kills-") as folder:
        if arguments.stops:
            bad |= bool(suspensions(f"{folder}/stops", arguments).complaints)
        if arguments.kills:
            bad |= bool(random_kills(f"{folder}/kills", arguments).complaints)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
