"""The short form of tests/faults: 26 kills, SIGTERM, and stores that must be refused. Under a minute."""

import os
import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from faults import disk_cases, injection, kill_sweep, process_cases, store_cases
from faults.case import Site, Skip

# Of each kind of call the first, and others spread over the run: in the claim, on the wire, in the settlement.
KILL_POINTS = {"pwrite64": 8, "fdatasync": 6, "sendto": 6, "recvfrom": 6}


def kills():
    """A few points of the kill sweep."""
    if not injection.available():
        raise Skip("strace is missing or may not trace here")
    with kill_sweep.Bench() as bench:
        calls = bench.count_calls()
        points = [(kind, 1 + calls[kind] * i // count) for kind, count in KILL_POINTS.items() for i in range(count)]
        reached = 0
        for _, findings, killed in kill_sweep.sweep([bench], points):
            reached += killed
            yield from findings.complaints
        if reached < len(points) // 2:
            yield f"only {reached} of {len(points)} runs were killed"


def damaged_beginning():
    """A store cut in the middle, and one whose first page is noise."""
    with Site() as site:
        good = site.store.read_bytes()
        for title, content in (("cut", good[:len(good) // 2]), ("first page", bytes(range(256)) * 16 + good[4096:])):
            site.rewind()
            site.store.write_bytes(content)
            yield from (f"{title}: {text}" for text in site.refused(site.run()))


CASES = (kills, process_cases.sigterm_after_messages, process_cases.closed_streams, store_cases.newer_schema,
         store_cases.not_a_store, damaged_beginning, disk_cases.read_only_for_nobody)


def main():
    failed = 0
    for case in CASES:
        began = time.monotonic()
        try:
            complaints = list(case())
        except Skip as reason:
            print(f"{case.__name__}: skipped, {reason}")
            continue
        print(f"{case.__name__}: {'FAILED' if complaints else 'ok'} ({time.monotonic() - began:.1f} s)")
        for text in complaints:
            print(f"    {text}")
        failed += bool(complaints)
    sys.exit(1 if failed else 0)


if "EGARAGE_NOTIFY" not in os.environ:
    sys.exit("EGARAGE_NOTIFY must name the binary to test")
main()
