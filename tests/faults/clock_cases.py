"""Clocks that jump: two hours back, ten years ahead, between runs and during one (libfaketime)."""

import glob
import os
import signal
import time

from faults import injection
from faults.case import Site, Skip
from faults.random_kills import take_lease_away
from faults.workshop import IN_HAND

JUMPS = ("-2h", "+10y")


def faketime(**settings):
    """An environment in which the wall clock is another; the clock that only counts stays as it is."""
    libraries = glob.glob("/usr/lib/*/faketime/libfaketime.so.1")
    if not libraries:
        raise Skip("libfaketime is missing (package faketime)")
    settings |= {"LD_PRELOAD": libraries[0], "DONT_FAKE_MONOTONIC": "1", "FAKETIME_DONT_RESET": "1"}
    return os.environ | settings


def others_clock(jump):
    return faketime(FAKETIME=jump)


def killed_run_then_jump():
    """A run dies by the true clock; the next one lives in another time and must take over all the same."""
    if not injection.available():
        raise Skip("strace is missing or may not trace here")
    for jump in JUMPS:
        with Site() as site:
            for k in (4, 8, 12):
                site.rewind()
                site.run(prefix=injection.inject("sendto", f"signal=KILL:when={k}"))
                if site.workshop.in_hand() == 0:
                    yield f"{jump}, kill {k}: the killed run held nothing: nothing has been proved"
                done = site.run(env=others_clock(jump))
                if done.code != 0:
                    yield f"{jump}, kill {k}: exit code {done.code}: {done.err.strip()}"
                if site.workshop.in_hand():
                    yield f"{jump}, kill {k}: {site.workshop.in_hand()} rows are still in the dead run's hand"
                yield from (f"{jump}, kill {k}: {text}" for text in site.afterwards())


def killed_in_the_future():
    """A run dies ten years ahead; the true clock's next run takes over and sends everything, without any help."""
    if not injection.available():
        raise Skip("strace is missing or may not trace here")
    with Site() as site:
        site.run(prefix=injection.inject("sendto", "signal=KILL:when=8"), env=others_clock("+10y"))
        if site.workshop.in_hand() == 0:
            yield "the killed run held nothing: nothing has been proved"
        done = site.run()
        if done.code != 0 or site.workshop.waiting():
            yield f"exit code {done.code}, {site.workshop.waiting()} rows still wait"
        yield from site.oracle()


def alive_in_the_future():
    """A run with leases ten years ahead is suspended: no believable lease, so another run takes over."""
    with Site(rows=40, delay=0.05) as site:
        process = site.workshop.start("process-queue", env=others_clock("+10y"))
        while site.peer.messages < 8 and process.poll() is None:
            time.sleep(0.001)
        # Only suspends at a moment at which the store is free; the leases are put back to where they were.
        if not take_lease_away(site.workshop, process):
            yield "the run ended too soon: nothing has been proved"
            return
        with site.workshop.database() as connection:
            connection.execute(f"UPDATE notification SET lease_at = lease_at + 315360000 WHERE status IN {IN_HAND}")
        done = site.run()
        if done.code != 0 or site.workshop.in_hand():
            yield f"not taken over: exit code {done.code}, {site.workshop.in_hand()} rows in hand"
        process.send_signal(signal.SIGCONT)
        _, err = process.communicate(timeout=120)
        if process.returncode != 0:
            yield f"the suspended run ended with {process.returncode}: {err.decode(errors='replace').strip()}"
        yield from site.afterwards()


def set_back_between_runs():
    """What was enqueued before the clock was set back waits for its time, quietly; then it goes."""
    with Site() as site:
        done = site.run(env=others_clock("-2h"))
        if done.code != 0 or done.err or site.peer.messages:
            yield f"exit code {done.code}, {site.peer.messages} messages sent: {done.err.strip()}"
        done = site.run()
        if done.code != 0 or site.workshop.waiting():
            yield f"afterwards: exit code {done.code}, {site.workshop.waiting()} rows still wait"
        yield from site.oracle()


def jump_during_run():
    """The clock jumps while messages are on the wire: the run goes on to its end, each message once."""
    for jump in JUMPS:
        with Site(rows=60, delay=0.02) as site:
            clock = site.folder / "clock"
            clock.write_text("+0\n")

            def set_clock(count, clock=clock, jump=jump):
                if count == 5:
                    clock.write_text(jump + "\n")

            site.peer.on_message = set_clock
            done = site.run(env=faketime(FAKETIME_TIMESTAMP_FILE=str(clock), FAKETIME_NO_CACHE="1"), timeout=60)
            if done.code != 0:
                yield f"{jump}: exit code {done.code}: {done.err.strip()}"
            if any(copies != 1 for copies in site.peer.snapshot().values()):
                yield f"{jump}: messages were sent more than once"
            yield from (f"{jump}: {text}" for text in site.afterwards())


def trouble_in_the_future():
    """No server while the clock is ten years ahead: back in the present nothing may wait for ten years."""
    with Site() as site:
        port = site.peer.port
        with site.workshop.database() as connection:
            connection.execute("UPDATE account SET settings = json_set(settings, '$.port', 9)")
        site.run(env=others_clock("+10y"))
        with site.workshop.database() as connection:
            connection.execute("UPDATE account SET settings = json_set(settings, '$.port', ?)", (port,))
        # The longest wait between two attempts is 6 hours and a fifth.
        done = site.run(env=others_clock("+8h"))
        if done.code != 0 or site.workshop.waiting():
            account = site.workshop.query("SELECT state, datetime(retry_at, 'unixepoch') FROM account"
                                          " WHERE retry_at IS NOT NULL")
            due = site.workshop.query("SELECT datetime(max(due_at), 'unixepoch') FROM notification")
            yield (f"exit code {done.code}, {site.workshop.waiting()} rows still wait, due {due[0][0]},"
                   f" account in trouble until {account}")
        yield from site.afterwards()


def many_starts_beside_living_run():
    """Nobody dies, the clock is right: runs that begin beside a living one take nothing from it."""
    with Site(rows=1200, delay=0.1) as site:
        first = site.workshop.start("process-queue")
        others = []
        while first.poll() is None and len(others) < 400:
            while sum(other.poll() is None for other in others) >= 6:
                time.sleep(0.005)
            others.append(site.workshop.start("process-queue", "--limit", "1"))
        for process in (first, *others):
            err = process.communicate(timeout=120)[1].decode(errors="replace").strip()
            if process.returncode != 0:
                yield f"exit code {process.returncode}: {err}"
        lost = site.workshop.number("SELECT count(*) FROM audit WHERE reason LIKE 'run % was lost %'")
        if lost:
            yield f"{lost} rows were taken from runs that were alive"
        if any(copies > 1 for copies in site.peer.snapshot().values()):
            yield "messages were sent more than once"
        yield from site.afterwards()


CASES = (many_starts_beside_living_run, killed_run_then_jump, killed_in_the_future, alive_in_the_future,
         set_back_between_runs, jump_during_run, trouble_in_the_future)
