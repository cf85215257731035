"""Kills of setup and enqueue, signals, closed standard streams, unwritable logs, too few file descriptors."""

import resource
import signal

from faults import injection
from faults.case import STORE_ERROR, Site, Skip
from faults.workshop import Finished

STOPPED = 128 + signal.SIGTERM


def kills_of(run, most):
    """Yields a place and the injecting prefix for up to `most` calls of each kind that `run(prefix)` makes."""
    if not injection.available():
        raise Skip("strace is missing or may not trace here")
    calls = injection.count_calls(run)
    for syscall in ("openat", "fcntl", "write", "pwrite64", "fdatasync", "fsync", "close"):
        for k in range(1, calls[syscall] + 1, max(1, calls[syscall] // most)):
            yield f"{syscall} {k}", injection.inject(syscall, f"signal=KILL:when={k}")


def killed_setup():
    """The first setup dies at any moment: the next one completes what is there."""
    with Site(rows=3) as site:
        workshop = site.workshop

        def set_up(prefix=()):
            for leftover in (*site.folder.glob("store.db*"), *site.folder.glob("*.key")):
                leftover.unlink()
            return workshop.run("setup", "--non-interactive", prefix=prefix)

        for place, prefix in kills_of(set_up, 15):
            set_up(prefix)
            done = workshop.run("setup", "--non-interactive")
            if done.code != 0:
                yield f"{place}: the next setup ended with {done.code}: {done.err.strip()}"
                continue
            site.peer.forget()
            workshop.events = 0
            workshop.enqueue(site.rows)
            yield from (f"{place}: {text}" for text in site.afterwards())


def killed_enqueue():
    """An enqueue dies at any moment and is repeated: every event is there once."""
    with Site(rows=3) as site:
        workshop = site.workshop
        file = site.folder / "more.jsonl"
        file.write_text("".join(workshop.event_lines(workshop.events, 500)))

        def enqueue(prefix=()):
            site.rewind()
            return workshop.run("enqueue", str(file), prefix=prefix)

        for place, prefix in kills_of(enqueue, 15):
            enqueue(prefix)
            workshop.must("enqueue", str(file))
            rows = workshop.number("SELECT count(*) FROM notification JOIN message ON notification_id = id")
            if rows != 503:
                yield f"{place}: {rows} notifications instead of 503"
        site.rows = 503
        yield from site.afterwards()


def terminated(site, done, where):
    """Complaints unless SIGTERM ended the run as promised: in flight finished, the rest released."""
    if done.code == -signal.SIGTERM and site.peer.messages == 0 and site.workshop.in_hand() == 0:
        return  # before it had begun
    if done.code != STOPPED:
        yield f"{where}: exit code {done.code} instead of {STOPPED}: {done.err.strip()}"
    if site.workshop.in_hand():
        yield f"{where}: {site.workshop.in_hand()} rows are left in hand"
    unknown = site.workshop.number("SELECT count(*) FROM attempt WHERE outcome = 'uncertain' OR outcome IS NULL")
    if unknown:
        yield f"{where}: {unknown} messages in flight were not finished"
    if done.err:
        yield f"{where}: it complained: {done.err.strip()}"
    yield from (f"{where}: {text}" for text in site.oracle(waiting_allowed=True))


def sigterm():
    """SIGTERM at many system calls of a run: 143, nothing in hand, everything in flight finished."""
    if not injection.available():
        raise Skip("strace is missing or may not trace here")
    with Site(rows=20, connections=4) as site:
        site.rewind()
        calls = injection.count_calls(lambda prefix: site.run(prefix=prefix))
        stopped = 0
        for syscall in ("openat", "fdatasync", "pwrite64", "connect", "sendto", "recvfrom", "poll"):
            for k in range(1, calls[syscall] + 1, max(1, calls[syscall] // 20)):
                site.rewind()
                done = site.run(prefix=injection.inject(syscall, f"signal=TERM:when={k}"))
                if done.code == 0:
                    continue  # this time there were fewer calls
                # strace counts the calls of each thread: where both come so far there are two signals, and the second
                # ends a run at once, as it should.
                if done.code != -signal.SIGTERM:
                    stopped += done.code == STOPPED
                    yield from terminated(site, done, f"{syscall} {k}")
                yield from (f"{syscall} {k}: {text}" for text in site.afterwards())
        if stopped < 20:
            yield f"only {stopped} runs have met the signal while at work"


def sigterm_after_messages():
    """SIGTERM when the server has taken so many messages, its answers still out: they are waited for."""
    for after in (1, 2, 5, 9, 13, 19, 20):
        with Site(rows=20, connections=4, delay=0.1) as site:
            process = site.workshop.start("process-queue")
            site.peer.on_message = lambda count: process.send_signal(signal.SIGTERM) if count == after else None
            _, err = process.communicate(timeout=60)
            done = Finished(process.returncode, "", err.decode(errors="replace"))
            yield from terminated(site, done, f"after {after}")
            yield from (f"after {after}: {text}" for text in site.afterwards())


def all_sent(site, done, where):
    if done.code != 0 or site.workshop.waiting():
        yield f"{where}: exit code {done.code}, {site.workshop.waiting()} rows still wait: {done.err.strip()}"
    yield from (f"{where}: {text}" for text in site.oracle())


def closed_streams():
    """Standard streams that are closed or full: sending goes on, and nothing of it lands in the store."""
    with Site() as site:
        for shell in ("<&-", ">&-", "2>&-", "<&- >&- 2>&-", ">/dev/full", "2>/dev/full", ">/dev/full 2>/dev/full"):
            site.rewind()
            done = site.run(prefix=["sh", "-c", f'exec "$@" {shell}', "sh"])
            yield from all_sent(site, done, shell)


def unwritable_log():
    """A log on /dev/full, in a folder that is missing, a log that is a folder: said once, sending goes on."""
    for place in ("/dev/full", "missing/folder/run.log", "."):
        with Site(log=f'file = "{place}"\nlevel = "debug"') as site:
            site.rewind()
            done = site.run()
            yield from all_sent(site, done, place)
            if done.err.count("warning:") != 1 or place.strip("./") not in done.err:
                yield f"{place}: one warning that names the log was expected: {done.err.strip()!r}"


def few_descriptors():
    """RLIMIT_NOFILE from hopeless to scarce: a clean end, nothing lost, and later everything goes."""
    with Site(rows=20, connections=8) as site:
        for limit in range(4, 26):
            site.rewind()
            done = site.run(preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit)))
            # 127: the loader could not even open the libraries.
            if done.code not in (0, 1, 3, STORE_ERROR, 127):
                yield f"limit {limit}: exit code {done.code}: {done.err.strip()}"
            elif done.code != 0 and not done.err:
                yield f"limit {limit}: exit code {done.code} without a word"
            yield from (f"limit {limit}: {text}" for text in site.afterwards())


CASES = (killed_setup, killed_enqueue, sigterm, sigterm_after_messages, closed_streams, unwritable_log, few_descriptors)
