"""strace as a fault injector: which system calls a run makes, and how to make the k-th of a kind fail or kill."""

import collections
import re
import shutil
import subprocess
import tempfile

# Everything by which a run touches the store, the network, the log or time.
SYSCALLS = ("pwrite64", "pread64", "write", "read", "lseek", "fdatasync", "fsync", "ftruncate", "unlink", "openat",
            "close", "fcntl", "newfstatat", "socket", "connect", "getsockopt", "sendto", "sendmsg", "recvfrom",
            "recvmsg", "poll", "ppoll")
CALL = re.compile(r"^(?:\d+\s+)?(\w+)\(")


def available():
    """Whether strace is there and the system lets it trace."""
    if not shutil.which("strace"):
        return False
    tried = subprocess.run(["strace", "-qq", "-o", "/dev/null", "true"], capture_output=True, check=False)
    return tried.returncode == 0


def inject(syscall, fault, log="/dev/null"):
    """The command prefix that injects `fault`, such as `signal=KILL:when=3` or `error=EIO:when=2+`.

    The log has a line per call, with the names of the files; what was injected is marked INJECTED.
    """
    return ["strace", "-f", "-qq", "-y", "-o", log, "-e", f"trace={syscall}", "-e", f"inject={syscall}:{fault}"]


def count_calls(run):
    """How often each of SYSCALLS is made by `run(prefix)`, which must end well."""
    with tempfile.NamedTemporaryFile("r") as log:
        done = run(["strace", "-f", "-qq", "-o", log.name, "-e", "trace=" + ",".join(SYSCALLS)])
        if done.code != 0:
            raise AssertionError(f"the run to count calls in ended with {done.code}: {done.err}")
        return collections.Counter(found.group(1) for found in map(CALL.match, log) if found)
