#!/usr/bin/env python3
"""Sends WhatsApp messages to nginx over TLS, beside `h2load --h1` with the same body on as many connections."""

import functools
import http.client
import json
import os
import ssl
import time

import events
import measure
import rounds
from product import Product

ONE_WAY_MS = 25
DUE, PACE, PACED_SECONDS = 20_000, 80, 65
NUMBER = "106540352242922"
PATH = f"/v25.0/{NUMBER}/messages"
TOKEN = "t" * 200
# nginx puts random digits in: no two messages have the same id.
ANSWER = json.dumps({"messaging_product": "whatsapp", "contacts": [{"input": "+56912345678", "wa_id": "56912345678"}],
                     "messages": [{"id": "wamid.$request_id", "message_status": "accepted"}]})
# As fast as the configuration allows, and to everybody: everybody gets one message.
UNPACED = {"per_second": 100_000}


class Contest:
    """The contestants: each is told where nginx or the link before it listens, connections and messages."""

    def __init__(self, options, folder):
        self.folder = folder
        self.authority = rounds.make_certificates(folder)
        self.product = Product(options.binary, folder / "product", events.company_tables(events.COMPANIES[:1]),
                               {"transport": "file"})
        self.body = folder / "body.json"
        self.body.write_text(self.record())
        self.octets = self.body.stat().st_size

    def record(self):
        """The body of a request."""
        self.product.whatsapp = {"transport": "file"}
        self.fresh_store(1)
        self.product.process_queue(1)
        message, = (self.product.folder / "outbox").rglob("*.json")
        return json.dumps(json.loads(message.read_text())["request"], ensure_ascii=False, separators=(",", ":"))

    def fresh_store(self, count):
        self.product.clear()
        self.product.set_up()
        self.product.enqueue(events.reminders(count))

    @functools.cache
    def saved_store(self, count):
        measure.note(f"enqueueing {count:,} messages …")
        self.fresh_store(count)
        return self.product.save(self.product.folder / f"due-{count}.db")

    def due(self, port, count, pace):
        """A store with so many messages due, of an account that ends at `port`."""
        self.product.restore(self.saved_store(count))
        token = self.folder / "token"
        token.write_text(TOKEN)
        token.chmod(0o600)
        self.product.whatsapp = {
            "transport": "cloud", "phone_number_id": NUMBER, "token": f"file:{token}", "ca_file": str(self.authority),
            "url": f"https://127.0.0.1:{port}", "pace": pace}
        self.product.set_up()

    def process_queue(self, port, on_uncertain, connections, count):
        company = self.product.companies[0]
        self.product.companies = [company | {"events": {"MANTENIMIENTO_RECORDATORIO": {"on_uncertain": on_uncertain}}}]
        self.due(port, count, UNPACED)
        return self.product.process_queue(count, "--concurrency", connections)

    @functools.cached_property
    def program(self):
        libraries = [measure.SOURCE / "build/release/lib" / f"libegarage_{name}.a" for name in ("channels", "core")]
        if missing := [str(library) for library in libraries if not library.exists()]:
            raise SystemExit(f"error: missing: {', '.join(missing)}\nhint: cmake --preset release && "
                             "cmake --build --preset release")
        return measure.built("http_blast", f"-I{measure.SOURCE / 'lib'}", *libraries, "-lcurl", "-lsodium", "-lfmt",
                             "-ldate-tz")

    def sender(self, port, connections, count, *rate):
        command = [self.program, url(port), connections, count, self.body, self.authority, *rate]
        return measure.must(measure.run_measured(command), "http_blast")

    def h2load(self, port, connections, count):
        command = [measure.find_program("h2load"), "--h1", "-n", count, "-c", connections, "-t", "1", "-d", self.body,
                   "-H", "Content-Type: application/json", "-H", f"Authorization: Bearer {TOKEN}", url(port)]
        usage = measure.must(measure.run_measured(command), "h2load")
        if f"{count} succeeded, 0 failed" not in usage.output:
            raise SystemExit(f"error: h2load did not succeed\n{usage.output}")
        return usage

    def contestants(self, port):
        """By name, ours first: with the policy that WhatsApp has by itself."""
        return {"process-queue": functools.partial(self.process_queue, port, "hold"),
                "resend": functools.partial(self.process_queue, port, "resend"),
                "sender": functools.partial(self.sender, port), "h2load": functools.partial(self.h2load, port)}

    def nginx(self):
        port = measure.free_port()
        configuration = self.folder / "nginx.conf"
        user = "user nobody nogroup;" if os.geteuid() == 0 else ""
        temporary = "\n".join(f"{kind}_temp_path {self.folder / kind};"
                              for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        configuration.write_text(
            f"{user}\ndaemon off;\nmaster_process off;\npid {self.folder / 'nginx.pid'};\nerror_log /dev/null;\n"
            f"events {{ worker_connections 1024; }}\nhttp {{ access_log off; {temporary}\n"
            f"keepalive_requests 100000000; keepalive_timeout 300s; tcp_nodelay on;\n"
            f"server {{ listen 127.0.0.1:{port} ssl; ssl_certificate {self.folder / 'server.pem'};\n"
            f"ssl_certificate_key {self.folder / 'server.key'}; ssl_session_cache shared:s:1m; ssl_protocols TLSv1.2 TLSv1.3;\n"
            f"default_type application/json; location / {{ return 200 '{ANSWER}'; }} }} }}\n")
        return measure.Peer([measure.find_program("nginx"), "-c", configuration], port)


def url(port):
    return f"https://127.0.0.1:{port}{PATH}"


def show(lines, reach):
    *names, peer = next(iter(lines.values())).rates
    rows = []
    for connections, line in lines.items():
        row = [connections]
        for name in names:
            row += [line.rates[name].text(), f"{line.share(name, peer).text('{:.2f}')}"]
        rows.append([*row, line.rates[peer].text(), reach(connections), *(line.cpu_text(name) for name in (*names, peer)),
                     line.peak])
    measure.table(["connections", *(head for name in names for head in (f"{name} msg/s", f"of {peer}")),
                   f"{peer} msg/s", "reach", *(f"{name} CPU µs/msg" for name in (*names, peer)), "peak MiB"], rows)


def loopback(contest, options):
    with contest.nginx() as server:
        lines = rounds.play(options.rounds, options.connections or [1, 4, 16], contest.contestants(server.port),
                            lambda _: options.messages)
    print(f"## Loopback with TLS, {options.messages:,} requests of {contest.octets} octets, {options.rounds} rounds")
    show(lines, lambda connections: "≥ 0.3" if connections == 16 else "")


def round_trip_ms(contest, port):
    """Of a request on a kept connection, median of 5."""
    context = ssl.create_default_context(cafile=contest.authority)
    connection = http.client.HTTPSConnection("127.0.0.1", port, context=context)
    taken = measure.Figures()
    for _ in range(6):
        began = time.monotonic()
        connection.request("POST", PATH, contest.body.read_bytes())
        connection.getresponse().read()
        taken.add((time.monotonic() - began) * 1000)
    connection.close()
    del taken.values[0]  # it opened the connection
    return taken.median


def latency(contest, options):
    with contest.nginx() as server, rounds.delayed(server.port, ONE_WAY_MS) as port:
        round_trip = round_trip_ms(contest, port)
        lines = rounds.play(options.rounds, options.connections or [32], contest.contestants(port),
                            lambda connections: connections * 200)
    print(f"## {round_trip:.1f} ms round trip, {options.rounds} rounds")
    show(lines, lambda connections: f"≥ {0.9 * connections * 1000 / round_trip:,.0f} msg/s")


def pace(contest, options):
    rows = []
    with contest.nginx() as server:
        for connections in options.connections or [8, 16]:
            contest.due(server.port, DUE, {"per_second": PACE})
            usage = contest.product.run("--json", "process-queue", "--deadline", f"{PACED_SECONDS}s",
                                        "--concurrency", connections)
            sent = json.loads(measure.must(usage, "process-queue").output)["accepted"]
            rows.append([connections, f"{100 * usage.cpu / usage.wall:.2f}", f"{usage.cpu * 1e6 / sent:.0f}",
                         f"{sent:,}", f"{usage.wall:.1f}", f"{sent / usage.wall:.1f}"])
    print(f"## {DUE:,} messages due, at {PACE} a second; the run is ended after {PACED_SECONDS} s")
    measure.table(["connections", "CPU % of one (reach: < 2)", "CPU µs/msg", "messages", "s", "msg/s"], rows)


CASES = {"loopback": loopback, "latency": latency, "pace": pace}


def main():
    options = rounds.parse(__doc__, CASES, (20_000, "on loopback"),
                           "comma-separated (default: 1,4,16; with latency 32; with a pace 8,16)", measure.parse)
    measure.needs("nginx", "h2load", "openssl")
    with measure.work_folder(options) as folder:
        rounds.run(CASES, Contest(options, folder), options)


if __name__ == "__main__":
    main()
