#!/usr/bin/env python3
"""CPU of a process-queue run that finds nothing due in a store with a million finished notifications."""

import subprocess

import measure
from product import due_store, send_all

LIMIT_MS = 30


def main():
    arguments = measure.parser(__doc__, rounds=20)
    arguments.add_argument("--rows", type=int, default=1_000_000, help="finished notifications in the store")
    options = measure.parse(arguments)
    measure.needs("smtp-sink")
    with measure.work_folder(options) as folder:
        measure.print_machine(folder)
        product = finished_store(options, folder)
        print(f"store: {product.store.stat().st_size / 2**20:,.0f} MiB\n")
        idle, start = Series(), Series()
        for _ in range(options.rounds):
            idle.add(product.process_queue(0))
            start.add(measure.must(measure.run_measured([options.binary, "--version"]), "--version"))
        print(f"## Nothing due, {options.rows:,} finished notifications, {options.rounds} rounds")
        measure.table(["run", "CPU ms", "user", "system", "wall ms", "peak MiB"],
                      [["process-queue", *idle.cells()], ["--version (loading the program)", *start.cells()]])
        median = idle.cpu.median
        print(f"reach: under {LIMIT_MS} ms of CPU: {'yes' if median < LIMIT_MS else 'NO'}")
        if median >= LIMIT_MS:
            break_down(product)
        print(f"at the end: {measure.load()}")


class Series:
    def __init__(self):
        self.cpu, self.user, self.system, self.wall = (measure.Figures() for _ in range(4))
        self.peak = ""

    def add(self, usage):
        self.cpu.add(usage.cpu * 1000)
        self.user.add(usage.user * 1000)
        self.system.add(usage.system * 1000)
        self.wall.add(usage.wall * 1000)
        self.peak = usage.peak_text()

    def cells(self):
        return [*(figures.text("{:.1f}") for figures in (self.cpu, self.user, self.system, self.wall)), self.peak]


def finished_store(options, folder):
    """Made by the product itself: enqueued, sent, finished. Kept in --workdir, where memory.py may have left one."""
    product = due_store(options, folder, options.rows)
    if not (product.folder / "finished").exists():
        measure.note(f"sending {options.rows:,} messages …")
        with measure.smtp_sink() as sink:
            send_all(product, sink, options.rows)
    return product


def break_down(product):
    """Where the time goes, as far as the tools are installed."""
    command = [str(product.binary), "--config", str(product.config), "--quiet", "process-queue"]
    if measure.find_program("strace"):
        subprocess.run(["strace", "-f", "-c", "-w", *command])
    if measure.find_program("perf"):
        record = str(product.folder / "perf.data")
        subprocess.run(["perf", "record", "-q", "-e", "cpu-clock", "-F", "20000", "-o", record, *command])
        subprocess.run(["perf", "report", "--stdio", "--no-children", "--percent-limit", "1", "-i", record])


if __name__ == "__main__":
    main()
