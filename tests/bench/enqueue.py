#!/usr/bin/env python3
"""Enqueues a file of events over all seven codes: read, checked, rendered, deduplicated and durable."""

import json

import events
import measure
from product import Product

REACH = 20_000


def main():
    arguments = measure.parser(__doc__, rounds=5)
    arguments.add_argument("--events", type=int, default=50_000, help="lines of the file")
    options = measure.parse(arguments)
    with measure.work_folder(options) as folder:
        measure.print_machine(folder)
        product = Product(options.binary, folder / "enqueue", events.company_tables(), {"transport": "file"})
        file = product.folder / "events.jsonl"
        with open(file, "w", encoding="utf-8") as lines:
            lines.writelines(events.of_all_codes(options.events))
        print(f"file: {file.stat().st_size / options.events:.0f} octets per event\n")
        first, again = Series("first"), Series("the same file again")
        for number in range(options.rounds):
            product.clear()
            product.set_up()
            first.add(product.run("--json", "enqueue", file), options.events)
            again.add(product.run("--json", "enqueue", file), options.events)
            measure.note(f"round {number + 1} of {options.rounds} done, {measure.load()}")
        print(f"## {options.events:,} events, {options.rounds} rounds")
        measure.table(["run", "events/s", "CPU µs/event", "user", "system", "events per CPU second", "created",
                       "duplicates", "skipped", "refused", "peak MiB"], [first.cells(), again.cells()])
        print(f"reach: {REACH:,} events/s, durable: {'yes' if first.rate.median >= REACH else 'NO'}")
        print(f"at the end: {measure.load()}")


class Series:
    def __init__(self, name):
        self.name = name
        self.rate, self.cpu, self.user, self.system, self.per_cpu = (measure.Figures() for _ in range(5))

    def add(self, usage, count):
        measure.must(usage, "enqueue")
        self.report, self.count, self.peak = json.loads(usage.output), count, usage.peak_text()
        self.rate.add(count / usage.wall)
        self.cpu.add(usage.cpu * 1e6 / count)
        self.user.add(usage.user * 1e6 / count)
        self.system.add(usage.system * 1e6 / count)
        self.per_cpu.add(count / usage.cpu)

    def cells(self):
        def share(number):
            return f"{number:,} ({100 * number / self.count:.0f} %)"
        report = self.report
        skipped = sum(report["skipped"].values())
        return [self.name, self.rate.text(), self.cpu.text("{:.1f}"), f"{self.user.median:.1f}",
                f"{self.system.median:.1f}", f"{self.per_cpu.median:,.0f}", share(report["created"]),
                share(report["duplicates"]), share(skipped), share(report["refused"]), self.peak]


if __name__ == "__main__":
    main()
