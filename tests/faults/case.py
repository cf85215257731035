"""What the cases of disk_and_clock.py have in common."""

import contextlib
import os
import pathlib
import shutil
import subprocess
import tempfile

from faults import oracle
from faults.workshop import Workshop
from support.counting_smtp import CountingSmtp

STORE_ERROR = 4


class Skip(Exception):
    """The system forbids this case; the text says what it lacks."""


class Site(contextlib.ExitStack):
    """A server and a store with `rows` waiting notifications, below `folder` or in a folder of its own."""

    def __init__(self, rows=20, connections=4, folder=None, delay=0.0, log="", prepare=None):
        super().__init__()
        self.rows, self.connections = rows, connections
        self.folder = pathlib.Path(folder or self.enter_context(tempfile.TemporaryDirectory(prefix="egarage-fault-")))
        os.chmod(self.folder, 0o755)
        self.peer = self.enter_context(CountingSmtp(delay=delay))
        self.workshop = Workshop(self.folder, self.peer.port, connections=connections, log=log)
        self.workshop.enqueue(rows)
        if prepare:
            prepare(self.workshop)
        self.store = self.workshop.store
        self.pristine = self.folder / "pristine"
        shutil.copyfile(self.store, self.pristine)

    def rewind(self):
        for leftover in self.folder.glob("store.db*"):
            leftover.unlink()
        shutil.copyfile(self.pristine, self.store)
        os.chmod(self.store, 0o600)
        self.peer.forget()

    def run(self, **options):
        return self.workshop.run("process-queue", **options)

    def loud(self, done):
        """Complaints unless the run has refused as it should: exit code 4, an error that names the store, a hint."""
        if done.code != STORE_ERROR:
            yield f"exit code {done.code} instead of {STORE_ERROR}: {done.err.strip()}"
        elif "error:" not in done.err or str(self.store) not in done.err or "hint:" not in done.err:
            yield f"the error does not name the store or has no hint: {done.err.strip()}"

    def refused(self, done):
        """The same, and nothing has been sent."""
        yield from self.loud(done)
        if self.peer.messages:
            yield f"{self.peer.messages} messages were sent"

    def afterwards(self):
        """Complaints unless it all ends well once the fault is gone."""
        yield from self.workshop.recover()
        yield from self.oracle()

    def oracle(self, waiting_allowed=False):
        yield from oracle.examine(self.store, self.peer.snapshot(), self.rows, self.connections,
                                  waiting_allowed).complaints


@contextlib.contextmanager
def small_file_system(size):
    """A tmpfs of that size, e.g. "2m"."""
    if os.geteuid() != 0:
        raise Skip("mounting needs root")
    with tempfile.TemporaryDirectory(prefix="egarage-mount-") as folder:
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder], capture_output=True,
                              check=False)
        if done.returncode != 0:
            raise Skip("tmpfs cannot be mounted here: " + done.stderr.decode().strip())
        try:
            yield pathlib.Path(folder)
        finally:
            subprocess.run(["umount", "-l", folder], check=True)
