"""What the benchmarks share: the product in a folder of its own, measured runs, peers, medians and tables."""

import argparse
import contextlib
import dataclasses
import os
import pathlib
import platform
import resource
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
SOURCE = HERE.parent.parent


def parser(description, rounds):
    result = argparse.ArgumentParser(description=description, formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    result.add_argument("--binary", type=pathlib.Path, help="egarage-notify to measure",
                        default=os.environ.get("EGARAGE_NOTIFY", SOURCE / "build/release/app/egarage-notify"))
    result.add_argument("--rounds", type=int, default=rounds, help="how often each figure is taken")
    result.add_argument("--workdir", type=pathlib.Path,
                        help="folder on the disk to measure; large stores stay there for the next run "
                             "(without it: a temporary folder in /var/tmp, removed at the end)")
    return result


def parse(arguments_parser):
    options = arguments_parser.parse_args()
    options.binary = pathlib.Path(options.binary).resolve()
    if not os.access(options.binary, os.X_OK):
        raise SystemExit(f"error: {options.binary} is not there\nhint: cmake --preset release && "
                         "cmake --build --preset release, or name another one with --binary")
    return options


@contextlib.contextmanager
def work_folder(options):
    if options.workdir:
        options.workdir.mkdir(parents=True, exist_ok=True)
        yield options.workdir.resolve()
    else:
        with tempfile.TemporaryDirectory(prefix="egarage-bench-", dir="/var/tmp") as folder:
            yield pathlib.Path(folder)


@dataclasses.dataclass
class Usage:
    """What a process cost. Seconds, and KiB of memory."""
    wall: float
    user: float
    system: float
    peak_kib: int
    own_peak_kib: int  # Linux counts the memory of the process that called exec: a peak below this says nothing
    code: int
    output: str

    @property
    def cpu(self):
        return self.user + self.system

    def peak_text(self):
        if self.peak_kib <= self.own_peak_kib:
            return f"≤ {self.own_peak_kib / 1024:.0f}"
        return f"{self.peak_kib / 1024:.1f}"


def run_measured(arguments, input_file=None):
    """Runs a program to its end; its standard output must be short."""
    own_peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with tempfile.TemporaryFile() as output, open(input_file or os.devnull, "rb") as standard_input:
        began = time.monotonic()
        process = subprocess.Popen([str(part) for part in arguments], stdin=standard_input, stdout=output)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        return Usage(wall, usage.ru_utime, usage.ru_stime, usage.ru_maxrss, own_peak, process.returncode,
                     output.read().decode())


def must(usage, what):
    if usage.code != 0:
        raise SystemExit(f"error: {what} ended with exit code {usage.code}\n{usage.output}")
    return usage


def built(name, *libraries):
    """A C++ program of this folder, compiled when it is not there or older than its source or a library's file."""
    source = HERE / f"{name}.cpp"
    program = pathlib.Path(tempfile.gettempdir()) / f"egarage-bench-{os.getuid()}-{name.replace('/', '-')}"
    files = [source, *(library for library in libraries if isinstance(library, pathlib.Path))]
    if not program.exists() or program.stat().st_mtime < max(file.stat().st_mtime for file in files):
        subprocess.run([os.environ.get("CXX", "g++"), "-std=c++20", "-O2", "-Wall", "-Wextra", "-o", program, source,
                        *libraries], check=True)
    return program


def needs(*programs):
    missing = [program for program in programs if not find_program(program)]
    if missing:
        raise SystemExit(f"error: missing: {', '.join(missing)}\nhint: tests/bench/README.md names the packages")


def find_program(name):
    return shutil.which(name, path=os.environ["PATH"] + ":/usr/sbin:/sbin")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Peer:
    """A server of the benchmark, ended with it."""

    def __init__(self, arguments, port):
        self.port = port
        self.process = subprocess.Popen([str(part) for part in arguments], stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 10
        while True:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                return
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise SystemExit(f"error: {arguments[0]} does not come up")
            time.sleep(0.05)

    def cpu(self):
        """Seconds so far, of all threads and finished children."""
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return sum(int(field) for field in fields[11:15]) / os.sysconf("SC_CLK_TCK")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()


def smtp_sink():
    port = free_port()
    user = ["-u", "nobody"] if os.geteuid() == 0 else []
    return Peer([find_program("smtp-sink"), *user, f"127.0.0.1:{port}", "1000"], port)


class Figures:
    """One number per round."""

    def __init__(self):
        self.values = []

    def add(self, value):
        self.values.append(value)

    @property
    def median(self):
        return statistics.median(self.values)

    def text(self, form="{:,.0f}"):
        low, high = form.format(min(self.values)), form.format(max(self.values))
        return f"{form.format(self.median)} ({low}–{high})"


def table(headings, rows):
    cells = [headings, *[[str(cell) for cell in row] for row in rows]]
    widths = [max(len(row[column]) for row in cells) for column in range(len(headings))]
    for number, row in enumerate(cells):
        print("  ".join(cell.ljust(width) if column == 0 else cell.rjust(width)
                        for column, (cell, width) in enumerate(zip(row, widths))).rstrip())
        if number == 0:
            print("  ".join("-" * width for width in widths))
    print(flush=True)


def fsync_ms(folder):
    """What one small durable write costs on this disk: the median of 50."""
    taken = []
    with tempfile.TemporaryFile(dir=folder) as file:
        for _ in range(50):
            began = time.monotonic()
            file.write(b"x" * 4096)
            file.flush()
            os.fsync(file.fileno())
            taken.append(time.monotonic() - began)
    return statistics.median(taken) * 1000


def print_machine(folder):
    print(f"machine: {os.cpu_count()} CPUs, {platform.system()} {platform.release()}, fsync {fsync_ms(folder):.2f} ms, "
          f"{load()}", flush=True)


def load():
    return "load average " + " ".join(f"{value:.2f}" for value in os.getloadavg())


def note(text):
    """Progress, apart from the tables."""
    print(text, file=sys.stderr, flush=True)
