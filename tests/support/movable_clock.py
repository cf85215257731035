"""The clocks of a run of the binary, wall and steady, moved by the test instead of waited for (libfaketime)."""
import datetime
import functools
import glob
import os
import subprocess

from support import cli


@functools.cache
def why_not():
    """Empty when clocks can be moved here, else the reason in a few words."""
    libraries = glob.glob("/usr/lib/*/faketime/libfaketime.so.1")
    if not libraries:
        return "libfaketime is missing (package faketime)"
    done = subprocess.run([cli.BINARY, "--version"], env={**os.environ, "LD_PRELOAD": libraries[0]},
                          capture_output=True, check=False)
    return "" if done.returncode == 0 else "this build does not run under libfaketime"


def right_at(moment):
    """The environment of a run that begins at that moment (UTC); its steady clock is the true one."""
    return {"LD_PRELOAD": glob.glob("/usr/lib/*/faketime/libfaketime.so.1")[0], "DONT_FAKE_MONOTONIC": "1", "TZ": "UTC",
            "FAKETIME": moment.astimezone(datetime.timezone.utc).strftime("@%Y-%m-%d %H:%M:%S")}


class Clock:
    """A clock that starts right and jumps ahead on command; `environment` is what a run needs to live by it."""

    def __init__(self, folder):
        self._file = folder / "clock"
        self._ahead = 0
        self.move(0)
        self.environment = {"LD_PRELOAD": glob.glob("/usr/lib/*/faketime/libfaketime.so.1")[0],
                            "FAKETIME_TIMESTAMP_FILE": str(self._file), "FAKETIME_NO_CACHE": "1"}

    def move(self, seconds):
        self._ahead += seconds
        fresh = self._file.with_suffix(".new")
        fresh.write_text(f"+{self._ahead}s\n")
        fresh.replace(self._file)
