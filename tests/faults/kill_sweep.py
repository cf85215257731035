#!/usr/bin/env python3
"""kill -9 at every system call of a run that sends 20 messages over 4 connections, then recovery, then the oracle.

Each point starts from the same store: the run dies at the k-th call of one kind (strace), later runs clear up until
nothing waits (retries are moved to now with SQL instead of waiting for their minutes), and the store is compared with
what the SMTP server has counted. Needs $EGARAGE_NOTIFY and strace. Exit code 1 when anything was lost, stuck or uncovered.
"""

import argparse
import concurrent.futures
import contextlib
import pathlib
import queue
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from faults import injection, oracle
from faults.case import Site

MESSAGES, CONNECTIONS = 20, 4
KILLED = -9


class Bench(Site):
    """A server and a store to be used again for point after point, by one point at a time."""

    def __init__(self):
        super().__init__(rows=MESSAGES, connections=CONNECTIONS)

    def count_calls(self):
        self.rewind()
        return injection.count_calls(lambda prefix: self.run(prefix=prefix))

    def kill_at(self, syscall, k):
        """The findings of one point, and whether the run was still alive to be killed there."""
        self.rewind()
        done = self.run(prefix=injection.inject(syscall, f"signal=KILL:when={k}"))
        complaints = []
        if done.code not in (0, KILLED):
            complaints.append(f"instead of dying the run ended with {done.code}: {done.err.strip()}")
        complaints += self.workshop.recover()
        findings = self.examine()
        findings.complaints = [f"{syscall} {k}: {text}" for text in complaints + findings.complaints]
        return findings, done.code == KILLED

    def examine(self):
        return oracle.examine(self.store, self.peer.snapshot(), MESSAGES, CONNECTIONS, runs_were_killed=True)


def sweep(benches, points):
    """Yields (syscall, findings, reached) for each (syscall, k), using all benches at once."""
    free = queue.Queue()
    for bench in benches:
        free.put(bench)

    def one(point):
        bench = free.get()
        try:
            return (point[0], *bench.kill_at(*point))
        finally:
            free.put(bench)

    with concurrent.futures.ThreadPoolExecutor(len(benches)) as pool:
        yield from pool.map(one, points)


def parser_for(description):
    parser = argparse.ArgumentParser(description=description.splitlines()[0])
    parser.add_argument("--jobs", type=int, default=2, help="points tried at the same time")
    parser.add_argument("--only", metavar="SYSCALL", action="append", help="only this kind; may be repeated")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only every N-th call of each kind")
    return parser


def play(make_bench, arguments):
    """Tries all the points that the arguments choose and reports; the exit code."""
    if not injection.available():
        raise SystemExit("strace is missing or may not trace here")

    began = time.monotonic()
    with contextlib.ExitStack() as sites:
        benches = [sites.enter_context(make_bench()) for _ in range(arguments.jobs)]
        calls = benches[0].count_calls()
        kinds = [kind for kind in injection.SYSCALLS if calls[kind] and kind in (arguments.only or injection.SYSCALLS)]
        points = [(kind, k) for kind in kinds for k in range(1, calls[kind] + 1, arguments.every)]
        if not points:
            raise SystemExit("nothing to do: the run makes no such call")
        totals = {kind: oracle.Findings() for kind in kinds}
        reached = dict.fromkeys(kinds, 0)
        for kind, findings, killed in sweep(benches, points):
            totals[kind].add(findings)
            reached[kind] += killed
    return report(totals, reached, len(points), time.monotonic() - began)


def report(totals, reached, tried, seconds):
    heads = ("points", "lost", "stuck", "duplicates", "uncovered", "uncertain")
    print(f"{'killed at':<12}" + "".join(f"{head:>11}" for head in heads))
    everything = oracle.Findings()
    for kind, findings in totals.items():
        everything.add(findings)
        print_row(kind, reached[kind], findings)
    print_row("all", sum(reached.values()), everything)
    print(f"{tried} runs tried, {sum(reached.values())} killed, {seconds:.0f} s")
    for text in everything.complaints:
        print(f"VIOLATION {text}")
    return 1 if everything.complaints or sum(reached.values()) == 0 else 0


def print_row(name, points, findings):
    figures = (points, findings.lost, findings.stuck, findings.duplicates, findings.uncovered, findings.uncertain)
    print(f"{name:<12}" + "".join(f"{figure:>11}" for figure in figures))


if __name__ == "__main__":
    sys.exit(play(Bench, parser_for(__doc__).parse_args()))
