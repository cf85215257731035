#!/usr/bin/env python3
"""Sends due messages into smtp-sink, beside `smtp-source -d` with messages of the same size, on as many connections."""

import functools
import os
import socket
import subprocess
import time

import events
import measure
import recorder
import rounds
from product import Product

WIRE_OCTETS = 6_000
ONE_WAY_MS = 25
LATENCY_MESSAGES = {1: 100, 16: 2_000, 64: 5_000}  # a round of the slower contestant stays below 30 s
COMPANY = events.COMPANIES[:1]
TLS_NONE = {"transport": "smtp", "host": "127.0.0.1", "tls": "none"}


class Contest:
    """Both contestants, the same messages, the store before the run."""

    def __init__(self, options, folder):
        self.folder = folder
        self.product = Product(options.binary, folder, events.company_tables(COMPANY), TLS_NONE | {"port": 25})
        self.padding = self.find_padding()
        self.message = folder / "message.eml"
        self.message.write_bytes(self.record(self.padding))
        self.octets = self.message.stat().st_size
        self.source_length = self.find_source_length()

    def fresh_store(self, count, padding):
        self.product.clear()
        self.product.set_up()
        self.product.enqueue(events.documents(count, padding))

    def record(self, padding):
        with recorder.recording() as (port, messages):
            self.product.email = TLS_NONE | {"port": port}
            self.fresh_store(1, padding)
            self.product.process_queue(1, "--concurrency", "1")
        return messages[0]

    def find_padding(self):
        """How long a text makes a message of the wanted size; the text stands in it twice, plain and as HTML."""
        bare, padded = len(self.record(0)), len(self.record(1_000))
        return max(0, round((WIRE_OCTETS - bare) * 1_000 / (padded - bare)))

    def find_source_length(self):
        """smtp-source adds headers of its own to what it is told to send."""
        told = 5_000
        with recorder.recording() as (port, messages):
            subprocess.run(source_command(told, 1, 1, port), check=True)
        return self.octets - (len(messages[0]) - told)

    @functools.cache
    def saved_store(self, count):
        measure.note(f"enqueueing {count:,} messages …")
        self.fresh_store(count, self.padding)
        return self.product.save(self.product.folder / f"due-{count}.db")

    def ours(self, port, connections, count, **tls):
        self.product.restore(self.saved_store(count))
        self.product.use_account(**(TLS_NONE | {"port": port} | tls))
        return self.product.process_queue(count, "--concurrency", connections)

    def source(self, port, connections, count):
        command = source_command(self.source_length, connections, count, port)
        return measure.must(measure.run_measured(command), "smtp-source")

    def blast(self, port, connections, count, ca_file=None):
        scheme = "smtps" if ca_file else "smtp"
        command = [measure.built("blast", "-lcurl"), f"{scheme}://127.0.0.1:{port}", connections, count, self.message]
        return measure.must(measure.run_measured(command + ([ca_file] if ca_file else [])), "blast")


def source_command(length, connections, count, port):
    return [measure.find_program("smtp-source"), "-d", "-l", str(length), "-s", str(connections), "-m", str(count),
            f"127.0.0.1:{port}"]


def show(lines, reach):
    rows = []
    for connections, line in lines.items():
        row = [connections, line.rates["ours"].text(), line.rates["smtp-source"].text(),
               line.ratios["smtp-source"].text("{:.2f}"), reach.get(connections, "")]
        if "limit" in line.rates:
            row += [line.rates["limit"].text(), line.ratios["limit"].text("{:.2f}")]
        row += [line.cpu_text("ours"), line.cpu_text("smtp-source"), line.peak]
        rows.append(row)
    has_limit = any("limit" in line.rates for line in lines.values())
    measure.table(["connections", "egarage-notify msg/s", "smtp-source -d msg/s", "ratio", "reach",
                   *(["limit msg/s", "of limit"] if has_limit else []),
                   "CPU µs/msg (user+sys)", "smtp-source CPU", "peak MiB"], rows)


def loopback(contest, options):
    with measure.smtp_sink() as sink:
        lines = rounds.play(options.rounds, options.connections or [1, 4, 16], {
            "ours": lambda connections, count: contest.ours(sink.port, connections, count),
            "smtp-source": lambda connections, count: contest.source(sink.port, connections, count),
            "limit": lambda connections, count: contest.blast(sink.port, connections, count),
        }, lambda _: options.messages)
    print(f"## Loopback, {options.messages:,} messages of {contest.octets:,} octets, {options.rounds} rounds")
    show(lines, {16: "≥ 1.0"})


def tls(contest, options):
    certificates = rounds.make_certificates(contest.product.folder)
    with measure.smtp_sink() as sink, tls_in_front_of(sink.port, contest.product.folder) as terminator:
        spent = {}

        def noting(name, run):
            def measured(connections, count):
                before = terminator.cpu()
                usage = run(connections, count)
                spent.setdefault(name, measure.Figures()).add((terminator.cpu() - before) * 1e6 / count)
                return usage
            return measured

        lines = rounds.play(options.rounds, options.connections or [1, 4, 16], {
            "ours": noting("ours", lambda connections, count: contest.ours(
                terminator.port, connections, count, tls="implicit", ca_file=str(certificates))),
            "smtp-source": lambda connections, count: contest.source(sink.port, connections, count),
            "limit": noting("limit", lambda connections, count: contest.blast(
                terminator.port, connections, count, certificates)),
        }, lambda _: options.messages)
    print(f"## TLS for egarage-notify and the limit, none for smtp-source, {options.messages:,} messages of "
          f"{contest.octets:,} octets, {options.rounds} rounds")
    show(lines, {connections: "≥ 0.7" for connections in lines})
    print(f"The TLS terminator itself costs {spent['ours'].median:.0f} µs of CPU per message of egarage-notify, "
          f"{spent['limit'].median:.0f} µs per message of the limit.\n")


def tls_in_front_of(port, folder):
    accept = measure.free_port()
    configuration = folder / "nginx.conf"
    user = "user nobody nogroup;" if os.geteuid() == 0 else ""
    configuration.write_text(
        f"load_module /usr/lib/nginx/modules/ngx_stream_module.so;\n{user}\ndaemon off;\nmaster_process off;\n"
        f"pid {folder / 'nginx.pid'};\nerror_log /dev/null;\nevents {{ worker_connections 1024; }}\n"
        f"stream {{ server {{ listen 127.0.0.1:{accept} ssl; ssl_certificate {folder / 'server.pem'};\n"
        f"ssl_certificate_key {folder / 'server.key'}; proxy_buffer_size 64k; tcp_nodelay on;\n"
        f"proxy_pass 127.0.0.1:{port}; }} }}\n")
    return measure.Peer([measure.find_program("nginx"), "-c", configuration], accept)


def round_trip_ms(port):
    """Of a NOOP, median of 5."""
    taken = measure.Figures()
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.recv(4096)
        for _ in range(5):
            began = time.monotonic()
            connection.sendall(b"NOOP\r\n")
            connection.recv(4096)
            taken.add((time.monotonic() - began) * 1000)
    return taken.median


def latency(contest, options):
    with measure.smtp_sink() as sink:
        with rounds.delayed(sink.port, 0) as port:
            capacity = 20_000 / contest.source(port, 16, 20_000).wall
        with rounds.delayed(sink.port, ONE_WAY_MS) as port:
            round_trip = round_trip_ms(port)
            lines = rounds.play(options.rounds, options.connections or [1, 16, 64], {
                "ours": lambda connections, count: contest.ours(port, connections, count),
                "smtp-source": lambda connections, count: contest.source(port, connections, count),
            }, lambda connections: LATENCY_MESSAGES.get(connections, connections * 80))
    print(f"## {round_trip:.1f} ms round trip, messages of {contest.octets:,} octets, {options.rounds} rounds")
    show(lines, {64: "≥ 3.3"})
    ceilings = ", ".join(f"{connections * 1000 / round_trip:,.0f} with {connections}" for connections in lines)
    print(f"One round trip per message, without end of a run or start, would be {ceilings} connections.\n"
          f"The proxy that delays carries {capacity:,.0f} msg/s of smtp-source when its delay is 0.\n")


CASES = {"loopback": loopback, "latency": latency, "tls": tls}


def main():
    options = rounds.parse(__doc__, CASES, (20_000, "due messages, on loopback and with TLS"),
                           "comma-separated (default: 1,4,16; with latency 1,16,64)", measure.parse)
    measure.needs("smtp-sink", "smtp-source", "openssl", *(["nginx"] if "tls" in options.cases else []))
    with measure.work_folder(options) as folder:
        rounds.run(CASES, Contest(options, folder / "smtp"), options)


if __name__ == "__main__":
    main()
