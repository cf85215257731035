"""Contestants in turn, on the same numbers of connections; links with latency; certificates for them."""

import contextlib
import subprocess

import measure


class Line:
    """What one number of connections gave over all rounds; `ours` is who the ratios are about."""

    def __init__(self, ours="ours"):
        self.ours = ours
        self.rates, self.cpu, self.ratios = {}, {}, {}
        self.peak = ""
        self.peak_kib = 0

    def add(self, name, usage, count):
        self.rates.setdefault(name, measure.Figures()).add(count / usage.wall)
        self.cpu.setdefault(name, []).append((usage.user * 1e6 / count, usage.system * 1e6 / count))
        if name == self.ours and usage.peak_kib >= self.peak_kib:
            self.peak, self.peak_kib = usage.peak_text(), usage.peak_kib

    def end_round(self):
        last = {name: rates.values[-1] for name, rates in self.rates.items()}
        for name, rate in last.items():
            if name != self.ours:
                self.ratios.setdefault(name, measure.Figures()).add(last[self.ours] / rate)

    def share(self, name, peer):
        """The ratio of two contestants, round by round."""
        result = measure.Figures()
        for rate, peer_rate in zip(self.rates[name].values, self.rates[peer].values):
            result.add(rate / peer_rate)
        return result

    def cpu_text(self, name):
        user, system = measure.Figures(), measure.Figures()
        for one_user, one_system in self.cpu[name]:
            user.add(one_user)
            system.add(one_system)
        return f"{user.median + system.median:.0f} ({user.median:.0f}+{system.median:.0f})"


def play(rounds, all_connections, contestants, count_of):
    """Rounds of all contestants in turn, for each number of connections. The first contestant is ours."""
    lines = {connections: Line(next(iter(contestants))) for connections in all_connections}
    for number in range(rounds):
        for connections, line in lines.items():
            count = count_of(connections)
            for name, run in contestants.items():
                line.add(name, run(connections, count), count)
            line.end_round()
        measure.note(f"round {number + 1} of {rounds} done, {measure.load()}")
    return lines


def parse(description, cases, messages, connections, parse_with):
    """The options of a script of several cases. `messages`: (default, help); `connections`: help."""
    arguments = measure.parser(description, rounds=5)
    arguments.add_argument("--messages", type=int, default=messages[0], help=messages[1])
    arguments.add_argument("--connections", type=lambda text: [int(part) for part in text.split(",")], help=connections)
    arguments.add_argument("--cases", type=lambda text: text.split(","), default=list(cases),
                           help="comma-separated, of " + ", ".join(cases))
    options = parse_with(arguments)
    if unknown := set(options.cases) - set(cases):
        arguments.error(f"no such case: {', '.join(unknown)}")
    return options


def run(cases, contest, options):
    measure.print_machine(contest.folder)
    print()
    for case in options.cases:
        cases[case](contest, options)
    print(f"at the end: {measure.load()}")


def make_certificates(folder):
    """An authority and a certificate for 127.0.0.1 beside it. Gives the authority's file."""
    authority, key = folder / "ca.pem", folder / "ca.key"
    openssl("-keyout", key, "-out", authority, "-subj", "/CN=Benchmark CA",
            "-addext", "basicConstraints=critical,CA:TRUE")
    openssl("-keyout", folder / "server.key", "-out", folder / "server.pem", "-subj", "/CN=127.0.0.1", "-CA", authority,
            "-CAkey", key, "-addext", "subjectAltName=IP:127.0.0.1", "-addext", "basicConstraints=CA:FALSE")
    return authority


def openssl(*arguments):
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                    "-days", "2", *map(str, arguments)], check=True, capture_output=True)


@contextlib.contextmanager
def delayed(port, one_way_ms):
    process = subprocess.Popen([measure.built("delay_proxy"), str(port), str(one_way_ms)], stdout=subprocess.PIPE,
                               text=True)
    try:
        yield int(process.stdout.readline())
    finally:
        process.terminate()
        process.wait()
