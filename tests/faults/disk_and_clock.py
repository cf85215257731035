#!/usr/bin/env python3
"""What breaks around the program: disks, store files, clocks, signals and streams. Best run as root.

Every case says ok, FAILED with what went wrong, or skipped with what the system lacks. Needs $EGARAGE_NOTIFY; uses
strace and libfaketime. Exit code 1 when a case failed.
"""

import argparse
import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from faults import clock_cases, disk_cases, process_cases, store_cases
from faults.case import Skip

CASES = (*store_cases.CASES, *disk_cases.CASES, *clock_cases.CASES, *process_cases.CASES)


def run(case):
    """Runs one case and prints its line. Whether it failed."""
    began = time.monotonic()
    try:
        complaints = list(case())
        word = "FAILED" if complaints else "ok"
    except Skip as reason:
        complaints, word = [], f"skipped: {reason}"
    print(f"{case.__name__:<30}{word}  ({time.monotonic() - began:.0f} s)", flush=True)
    for text in complaints[:10]:
        print(f"    {text}")
    if len(complaints) > 10:
        print(f"    … and {len(complaints) - 10} more")
    return bool(complaints)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0],
                                     formatter_class=argparse.RawDescriptionHelpFormatter,
                                     epilog="\n".join(f"{case.__name__}: {case.__doc__}" for case in CASES))
    parser.add_argument("--only", metavar="CASE", action="append", choices=[case.__name__ for case in CASES])
    arguments = parser.parse_args()
    chosen = [case for case in CASES if not arguments.only or case.__name__ in arguments.only]
    return 1 if sum([run(case) for case in chosen]) else 0


if __name__ == "__main__":
    sys.exit(main())
