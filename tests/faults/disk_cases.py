"""Disks that are full, read-only, limited or failing."""

import os
import pathlib
import resource
import shutil
import subprocess
import tempfile

from faults import injection
from faults.case import STORE_ERROR, Site, Skip, small_file_system

AS_NOBODY = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]


class Filler:
    """A file that eats the free space."""

    def __init__(self, folder):
        self.path = folder / "filler"

    def fill(self, spare=0):
        with open(self.path, "wb", buffering=0) as file:
            size = 0
            try:
                while True:
                    size += file.write(bytes(4096))
            except OSError:
                pass
            file.truncate(max(0, size - spare))

    def remove(self):
        self.path.unlink()


def full_disk():
    """The disk becomes full before or during the run: it stops with a clear error, later it goes on by itself."""
    loud = 0
    for after in (0, 1, 5, 20, 60):
        for spare in (0, 4096, 16384, 65536):
            with small_file_system("4m") as folder, Site(rows=200, folder=folder, delay=0.01) as site:
                filler = Filler(folder)
                if after == 0:
                    filler.fill(spare)
                site.peer.on_message = lambda count: filler.fill(spare) if count == after else None
                done = site.run()
                if done.code != 0:
                    loud += 1
                    yield from (f"full after {after}, {spare} bytes left: {text}" for text in site.loud(done))
                if filler.path.exists():
                    filler.remove()
                yield from (f"full after {after}, {spare} bytes left: {text}" for text in site.afterwards())
    if loud == 0:
        yield "no run has met the full disk"


def read_only_for_nobody():
    """Store and folder that the user may not write: refused before anything is sent."""
    if os.geteuid() != 0 or not shutil.which("setpriv"):
        raise Skip("becoming another user needs root and setpriv")
    modes = (("file", 0o444, 0o777), ("folder", 0o666, 0o555), ("unreadable", 0o600, 0o777))
    for title, file_mode, folder_mode in modes:
        with Site() as site:
            site.rewind()
            os.chmod(site.store, file_mode)
            os.chmod(site.folder, folder_mode)
            done = site.run(prefix=AS_NOBODY)
            yield from (f"{title}: {text}" for text in site.refused(done))
            os.chmod(site.folder, 0o755)
            os.chmod(site.store, 0o600)
            for leftover in site.folder.glob("store.db?*"):
                leftover.unlink()
            yield from (f"{title}: {text}" for text in site.afterwards())


def read_only_file_system():
    """A file system mounted read-only: refused, even for root."""
    with small_file_system("4m") as folder, Site(folder=folder) as site:
        subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
        yield from site.refused(site.run())
        subprocess.run(["mount", "-o", "remount,rw", str(folder)], check=True)
        yield from site.afterwards()


def file_size_limit():
    """RLIMIT_FSIZE: an error, not death by SIGXFSZ."""
    loud = 0
    with Site(rows=60) as site:
        size = site.store.stat().st_size
        for limit in (0, 512, 4096, 8192, 32768, size - 4096, size, size + 4096, size + 16384):
            site.rewind()
            done = site.run(preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))
            if done.code != 0:
                loud += 1
                yield from (f"limit {limit}: {text}" for text in site.loud(done))
            yield from (f"limit {limit}: {text}" for text in site.afterwards())
    if loud == 0:
        yield "no run has met the limit"


def failing_calls(syscalls, error):
    """Every k-th call of each kind fails, once or from then on; each failure of the store must be loud."""
    if not injection.available():
        raise Skip("strace is missing or may not trace here")
    with Site(rows=12, connections=2) as site, tempfile.TemporaryDirectory() as folder:
        site.rewind()
        calls = injection.count_calls(lambda prefix: site.run(prefix=prefix))
        loud = 0
        for syscall in syscalls:
            for when in (f"{k}{repeat}" for k in range(1, calls[syscall] + 1) for repeat in ("", "+")):
                site.rewind()
                log = pathlib.Path(folder, "calls")
                done = site.run(prefix=injection.inject(syscall, f"error={error}:when={when}", str(log)))
                hit = [line for line in log.read_text(errors="replace").splitlines() if "INJECTED" in line]
                # SQLite does not mind when the entry of a new journal in its folder is not synced.
                serious = any(str(site.store) in line for line in hit)
                loud += done.code == STORE_ERROR
                if serious or done.code != 0:
                    yield from (f"{syscall} {when} {error}: {text}" for text in site.loud(done))
                yield from (f"{syscall} {when} {error}: {text}" for text in site.afterwards())
        if loud == 0:
            yield "no call has failed: nothing has been proved"


def failing_syncs():
    """fdatasync or fsync says EIO, at every k."""
    yield from failing_calls(("fdatasync", "fsync"), "EIO")


def failing_writes():
    """pwrite64 says ENOSPC, at every k."""
    yield from failing_calls(("pwrite64",), "ENOSPC")


CASES = (full_disk, read_only_for_nobody, read_only_file_system, file_size_limit, failing_syncs, failing_writes)
