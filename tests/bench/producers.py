#!/usr/bin/env python3
"""The producers in a full store: an ordinary daily run, and a run with nothing new, for growing numbers of vehicles."""

import datetime
import json
import subprocess

import directory_store
import measure
from product import Product

PRODUCERS = ["check-subscriptions", "schedule-maintenance", "check-payments", "check-inactive"]
DAILY_S, IDLE_S, PEAK_MIB = 30, 2, 200


def main():
    arguments = measure.parser(__doc__, rounds=3)
    arguments.add_argument("--vehicles", type=lambda text: [int(part) for part in text.split(",")],
                           default=[10_000, 100_000], help="vehicles of each store, comma-separated; five documents each")
    arguments.add_argument("--companies", type=int, help="companies of each store (without it: one for 500 vehicles)")
    options = measure.parse(arguments)
    known = known_commands(options.binary)
    producers = [name for name in PRODUCERS if name in known]
    with measure.work_folder(options) as folder:
        measure.print_machine(folder)
        print(f"producers in this program: {', '.join(producers)}\n")
        growth = []
        for vehicles in options.vehicles:
            growth.append(measure_size(options, folder, vehicles, producers))
        print("## Growth: all producers together")
        measure.table(["vehicles", "documents", "companies", "daily s", "created", "nothing new s", "peak MiB",
                       "ms per 1,000 vehicles", "nothing new, the same"], growth)
        print(f"reach at 1,000,000 vehicles: daily under {DAILY_S} s and {PEAK_MIB} MiB, nothing new under {IDLE_S} s")
        print(f"at the end: {measure.load()}")


def known_commands(binary):
    return subprocess.run([binary, "--help"], capture_output=True, check=True, text=True).stdout.split()


def measure_size(options, folder, vehicles, producers):
    companies = options.companies or max(1, vehicles // 500)
    product = full_product(options, folder, companies, vehicles, producers)
    daily = {name: Series() for name in producers}
    idle = {name: Series() for name in producers}
    first = directory_store.EVE + datetime.timedelta(days=1)
    product.restore(product.folder / "full.db")
    for number in range(options.rounds):
        for series in (daily, idle):
            for name in producers:
                series[name].add(run(product, name, first + datetime.timedelta(days=number)))
        directory_store.mark_sent(product.store)
        measure.note(f"{vehicles:,} vehicles: day {number + 1} of {options.rounds} done, {measure.load()}")
    counted = directory_store.counts(product.store)
    print(f"## {vehicles:,} vehicles, {options.rounds} days: " +
          ", ".join(f"{count:,} {table}s" for table, count in counted.items() if table != "company") +
          f", {companies:,} companies, store {product.store.stat().st_size / 2**20:,.0f} MiB")
    measure.table(["run", "wall s", "CPU s", "peak MiB", "created", "cancelled", "skipped"],
                  [[name, *daily[name].cells()] for name in producers] +
                  [[f"{name}, nothing new", *idle[name].cells()] for name in producers])
    day_wall, idle_wall = (sum(series[name].wall.median for name in producers) for series in (daily, idle))
    created = sum(daily[name].created.median for name in producers)
    peak = max(daily[name].peak_kib for name in producers) / 1024
    return [f"{vehicles:,}", f"{counted['document']:,}", f"{companies:,}", f"{day_wall:.2f}",
            f"{created:,.0f} ({100 * created / vehicles:.1f} %)", f"{idle_wall:.2f}", f"{peak:.1f}",
            f"{day_wall * 1e6 / vehicles:.1f}", f"{idle_wall * 1e6 / vehicles:.2f}"]


def run(product, name, day):
    return measure.must(product.run("--json", name, "--at", f"{day}T15:00:00Z"), name)


class Series:
    def __init__(self):
        self.wall, self.cpu, self.created, self.cancelled, self.skipped = (measure.Figures() for _ in range(5))
        self.peak, self.peak_kib = "", 0

    def add(self, usage):
        report = json.loads(usage.output)
        if report.get("failed"):
            raise SystemExit(f"error: texts cannot be rendered: {report['failed'][0]}")
        self.wall.add(usage.wall)
        self.cpu.add(usage.cpu)
        self.created.add(len(report["created"]))
        self.cancelled.add(len(report["cancelled"]))
        self.skipped.add(len(report["skipped"]))
        if usage.peak_kib > self.peak_kib:
            self.peak, self.peak_kib = usage.peak_text(), usage.peak_kib

    def cells(self):
        return [self.wall.text("{:.2f}"), self.cpu.text("{:.2f}"), self.peak, self.created.text(),
                self.cancelled.text(), self.skipped.text()]


def full_product(options, folder, companies, vehicles, producers):
    """With `full.db` in its folder: filled, and run once on the eve, so that its backlog is told and sent."""
    product = Product(options.binary, folder / f"producers-{companies}-{vehicles}", list(company_tables(companies)),
                      {"transport": "file"})
    saved = product.folder / "full.db"
    if not saved.exists():
        measure.note(f"filling a store with {vehicles:,} vehicles of {companies:,} companies …")
        product.clear()
        product.set_up()
        directory_store.fill(product.store, companies, vehicles)
        for name in producers:
            usage = run(product, name, directory_store.EVE)
            measure.note(f"{name} on the eve: {usage.wall:.1f} s, {usage.peak_text()} MiB, "
                         f"{len(json.loads(usage.output)['created']):,} created")
        directory_store.mark_sent(product.store)
        product.store.rename(saved)
    return product


def company_tables(count):
    """In one zone and open around the clock, so that all of them are at work; a subscription ends every day."""
    for number in range(count):
        ends = directory_store.EVE + datetime.timedelta(days=number % 400 - 20)
        yield {"slug": f"taller-{number:05d}", "nombre_taller": f"Taller {number}", "pais": "CL",
               "admin": {"nombre": "Marta Ríos", "email": f"marta{number}@example.cl"},
               "subscription": {"ends": str(ends), "plan": "premium", "active": True}}


if __name__ == "__main__":
    main()
