#!/usr/bin/env python3
"""Peak memory of process-queue with 20,000 and with 1,000,000 rows due: a short run, and a whole one."""

import measure
from product import due_store, send_all, send_some

LIMIT_MIB = 64


def main():
    arguments = measure.parser(__doc__, rounds=3)
    arguments.add_argument("--rows", type=lambda text: [int(part) for part in text.split(",")],
                           default=[20_000, 1_000_000], help="rows due, comma-separated")
    arguments.add_argument("--concurrency", type=int, default=64, help="connections of the account")
    arguments.add_argument("--limit", type=int, default=5_000, help="messages of a short run")
    arguments.add_argument("--skip-whole", action="store_true", help="short runs only")
    options = measure.parse(arguments)
    measure.needs("smtp-sink")
    with measure.work_folder(options) as folder, measure.smtp_sink() as sink:
        measure.print_machine(folder)
        print()
        rows = []
        for count in options.rows:
            product = due_store(options, folder, count)
            connections = ["--concurrency", options.concurrency]
            few = min(options.limit, count)
            for _ in range(options.rounds):
                rows.append(cells(count, few, send_some(product, sink, few, *connections)))
            if not options.skip_whole:
                rows.append(cells(count, count, send_all(product, sink, count, *connections)))
        print(f"## Peak memory, {options.concurrency} connections")
        measure.table(["rows due", "messages sent", "peak MiB", f"< {LIMIT_MIB}", "msg/s", "CPU µs/msg"], rows)
        print(f"at the end: {measure.load()}")


def cells(count, messages, usage):
    measure.note(f"{count:,} due, {messages:,} sent, {measure.load()}")
    return [f"{count:,}", f"{messages:,}", usage.peak_text(), "yes" if usage.peak_kib < LIMIT_MIB * 1024 else "NO",
            f"{messages / usage.wall:,.0f}", f"{usage.cpu * 1e6 / messages:.0f}"]


if __name__ == "__main__":
    main()
